//! One sandbox for all servers of a run: made once, put around each launch, removed in the end.

use std::{
    ffi::OsString,
    io,
    path::{Path, PathBuf},
};

use thiserror::Error;

use super::{
    caches,
    confinement::Confinement,
    folder::Folder,
    homes,
    level::{Door, SandboxLevel},
    order::{Network, Order},
    plan::Plan,
    probe::Able,
    processes, runner,
    surroundings::Surroundings,
};
use crate::transport::{LaunchFailure, stdio::Launch};

/// Why there is no sandbox.
#[derive(Debug, Error)]
pub enum SandboxError {
    /// There is nowhere to put it.
    #[error("no folder for the sandbox can be made below {}: {why}; set `TMPDIR`, or use `--sandbox off`", .below.display())]
    Folder {
        /// The temporary folder of the system.
        below: PathBuf,
        /// What the system says.
        why: io::Error,
    },
    /// Nobody can tell what this system can do.
    #[error("{} cannot be started to confine servers: {why}; use `--sandbox off`", .program.display())]
    Program {
        /// What should be this program.
        program: PathBuf,
        /// What the system says.
        why: io::Error,
    },
}

/// A sandbox. Dropping it removes its folder; end its servers before.
#[derive(Debug)]
pub struct Sandbox {
    own_program: PathBuf,
    confinement: Confinement,
    surroundings: Surroundings,
    folder: Option<Folder>,
}

impl Sandbox {
    /// Find out what can be had, and make the folder. `own_program` is `mcp-litmus` itself.
    pub fn prepare(level: SandboxLevel, own_program: &Path, door: Door) -> Result<Self, SandboxError> {
        let refused = |why| SandboxError::Program { program: own_program.to_owned(), why };
        let asks = level == SandboxLevel::Full && cfg!(target_os = "linux");
        let able = if asks { Able::ask(own_program).map_err(refused)? } else { Able::default() };
        let below = std::env::temp_dir();
        let folder = (level != SandboxLevel::Off).then(|| Folder::create(&below)).transpose();
        Ok(Self {
            // Servers are started in another folder.
            own_program: std::path::absolute(own_program).map_err(refused)?,
            confinement: Confinement::of(level, door, able, processes::most()),
            surroundings: Surroundings::read(),
            folder: folder.map_err(|why| SandboxError::Folder { below, why })?,
        })
    }

    /// What is in force.
    pub fn confinement(&self) -> &Confinement {
        &self.confinement
    }

    /// What is in force, in one line.
    pub fn describe(&self) -> String {
        self.confinement.to_string()
    }

    /// The folder below which a server may write; there is none when it is `off`.
    pub fn root(&self) -> Option<&Path> {
        self.folder.as_ref().map(Folder::root)
    }

    /// The launch of the same server within. Starts nothing; a program that is not there is told here.
    pub fn wrap(&self, launch: &Launch) -> Result<Launch, LaunchFailure> {
        match &self.folder {
            None => Ok(launch.clone()),
            Some(folder) => Ok(self.confined(Plan::of(launch, folder, &self.surroundings)?, launch, folder)),
        }
    }

    fn confined(&self, plan: Plan, launch: &Launch, folder: &Folder) -> Launch {
        let env = self.variables(launch, folder);
        let Plan { program, args, cwd, mut writable } = plan;
        let command: Vec<OsString> = std::iter::once(program).chain(args).collect();
        writable.insert(0, folder.root().to_owned());
        let order = Order {
            probe: false,
            writable: if self.confinement.landlock.is_some() { writable } else { Vec::new() },
            network: self.confinement.network,
            processes: self.confinement.processes,
            command,
        };
        through(&self.own_program, &order, cwd, env)
    }

    /// What the user gives comes last, and holds.
    fn variables(&self, launch: &Launch, folder: &Folder) -> Vec<(OsString, OsString)> {
        let mut variables = caches::variables(&self.surroundings);
        variables.extend(homes::variables(folder, &self.surroundings));
        variables.extend(runner::python_path(&launch.program, &launch.args, &self.surroundings));
        if self.confinement.network != Network::Open {
            let unset = caches::OFFLINE.iter().filter(|(name, _)| self.surroundings.variable(name).is_none());
            variables.extend(unset.map(|(name, value)| (name.into(), value.into())));
        }
        variables.extend(launch.env.iter().cloned());
        variables
    }
}

/// A launch by way of this program.
#[cfg(unix)]
fn through(own_program: &Path, order: &Order, cwd: PathBuf, env: Vec<(OsString, OsString)>) -> Launch {
    Launch { program: own_program.into(), args: order.words(), cwd: Some(cwd), env }
}

/// Where a process cannot become another one, there are only other folders.
#[cfg(not(unix))]
fn through(_own_program: &Path, order: &Order, cwd: PathBuf, env: Vec<(OsString, OsString)>) -> Launch {
    let mut command = order.command.iter().cloned();
    Launch { program: command.next().unwrap_or_default(), args: command.collect(), cwd: Some(cwd), env }
}
