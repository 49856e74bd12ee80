//! The server that is meant: a command, or the demo.

use std::{ffi::OsString, path::PathBuf, sync::Arc};

use clap::Args;

use super::{Environment, problem::Problem, secrets::Secrets, shell::spelled};
use crate::{
    demo::Fault,
    run::Launcher,
    transport::stdio::{self, Launch},
};

// The server to test. No `///`: it would become the help of the command.
#[derive(Debug, Args)]
pub struct Target {
    /// The command that starts the server, behind `--`: a program and its arguments
    #[arg(last = true, value_name = "COMMAND", hide = true)]
    command: Vec<OsString>,
    /// Test the built-in demo server instead of a command
    #[arg(long, conflicts_with = "command", help_heading = "Server")]
    demo: bool,
    /// Let the demo server do this wrong, as `mcp-litmus demo --list-faults` names it; may be repeated
    #[arg(long, value_name = "NAME", value_parser = fault, help_heading = "Server")]
    fault: Vec<Fault>,
    /// A variable for the server, beside those that it inherits; may be repeated
    ///
    /// No output shows its value: wherever the server repeats it, it reads `[redacted NAME]`. So do the values of
    /// inherited variables whose names end like those of secrets: `..._TOKEN`, `..._SECRET`, `..._PASSWORD`,
    /// `..._API_KEY`, `..._CREDENTIALS`. Values of fewer than 6 characters are left as they are.
    #[arg(long, value_name = "NAME=VALUE", value_parser = variable, help_heading = "Server")]
    env: Vec<(String, String)>,
    /// The folder to start the server in
    #[arg(long, value_name = "FOLDER", help_heading = "Server")]
    cwd: Option<PathBuf>,
}

impl Target {
    /// How to start it, and how the user would name it again. `options` are those of the run that matter to it.
    pub fn launcher(&self, subcommand: &str, options: &[String]) -> Result<(Launcher, String), Problem> {
        if !self.demo && !self.fault.is_empty() {
            let name = self.fault.first().map_or("", |fault| fault.name());
            let message = "only the demo server has faults; `--fault` goes with `--demo`";
            return Err(Problem::Usage(format!("{message}\n  try: mcp-litmus {subcommand} --demo --fault {name}")));
        }
        let command = self.command()?;
        let Some((program, args)) = command.split_first() else {
            return Err(Problem::Usage(format!(
                "there is nothing to test; name the command that starts your server, or `--demo`\n  \
                 try: mcp-litmus {subcommand} -- node server.js"
            )));
        };
        let launch = Launch {
            program: program.clone(),
            args: args.to_vec(),
            cwd: self.cwd.clone(),
            env: self.env.iter().map(|(name, value)| (name.into(), value.into())).collect(),
        };
        let named = if self.demo { self.demo_name() } else { format!("-- {}", spelled(&command)) };
        let words = options.iter().cloned().chain(self.surroundings()).chain([named]);
        let again = words.collect::<Vec<_>>().join(" ");
        // Nothing but a command needs no `--` to be told from the options.
        let again = again.strip_prefix("-- ").map(str::to_owned).unwrap_or(again);
        Ok((Launcher::Process(Arc::new(move || stdio::launch(&launch))), again))
    }

    /// What must not be shown: the variables that were given, and those inherited ones that are named like secrets.
    pub fn secrets(&self, environment: &Environment) -> Secrets {
        let given = self.env.iter().chain(&environment.secrets);
        Secrets::of(given.map(|(name, value)| (name.as_str(), value.as_str())))
    }

    fn command(&self) -> Result<Vec<OsString>, Problem> {
        if !self.demo {
            return Ok(self.command.clone());
        }
        let this = std::env::current_exe()
            .map_err(|error| Problem::Internal(format!("cannot find this program to start the demo: {error}")))?;
        let faults = self.fault.iter().flat_map(|fault| ["--fault".into(), fault.name().into()]);
        Ok([this.into(), "demo".into()].into_iter().chain(faults).collect())
    }

    /// The folder and the variables, as the user would give them again; no value of a variable is shown.
    fn surroundings(&self) -> Vec<String> {
        let folder = self.cwd.iter().map(|folder| format!("--cwd {}", spelled(&[folder.clone().into_os_string()])));
        let variables = self.env.iter().map(|(name, _)| format!("--env {name}=\"${name}\""));
        folder.chain(variables).collect()
    }

    fn demo_name(&self) -> String {
        let faults = self.fault.iter().map(|fault| format!(" --fault {}", fault.name()));
        format!("--demo{}", faults.collect::<String>())
    }
}

fn variable(text: &str) -> Result<(String, String), String> {
    let named = text.split_once('=').filter(|(name, _)| !name.is_empty());
    let (name, value) = named.ok_or("write it as NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// A fault of the demo server, by its name.
pub(super) fn fault(text: &str) -> Result<Fault, String> {
    text.parse().map_err(|_| {
        let scored = Fault::ALL.iter().map(|fault| (strsim::jaro_winkler(text, fault.name()), fault.name()));
        let near = scored.filter(|(likeness, _)| *likeness > 0.8).max_by(|a, b| a.0.total_cmp(&b.0));
        let meant = near.map_or(String::new(), |(_, name)| format!("did you mean `{name}`? "));
        format!("no such fault; {meant}`mcp-litmus demo --list-faults` names them all")
    })
}
