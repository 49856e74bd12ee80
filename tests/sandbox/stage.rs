//! How the tests start something in a sandbox, and what they need of the system.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        LazyLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use libtest_mimic::{Failed, Trial};
use mcp_litmus::{
    sandbox::{Confinement, Door, Network, Sandbox, SandboxLevel},
    transport::stdio::Launch,
};

/// This program, as it is installed.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_mcp-litmus");

/// What a test needs of the system.
#[derive(Clone, Copy)]
pub enum Needs {
    Nothing,
    Landlock,
    LandlockOfTcp,
    Namespace,
}

/// A test: its name, what it needs, and what it does.
pub type Row = (&'static str, Needs, fn());

pub fn trial((name, needs, test): Row) -> Trial {
    let run = move || {
        test();
        Ok(())
    };
    let required = std::env::var_os("MCP_LITMUS_REQUIRE_SANDBOX").is_some_and(|value| !value.is_empty());
    match needs.missing() {
        None => Trial::test(name, run),
        Some(missing) if required => Trial::test(name, move || Err(Failed::from(format!("there is no {missing}")))),
        Some(missing) => Trial::test(format!("{name} (needs {missing})"), || Ok(())).with_ignored_flag(true),
    }
}

impl Needs {
    fn missing(self) -> Option<&'static str> {
        static ABLE: LazyLock<Confinement> = LazyLock::new(|| *sandbox(SandboxLevel::Full).confinement());
        match self {
            Self::Nothing => None,
            Self::Landlock => ABLE.landlock.is_none().then_some("Landlock"),
            Self::LandlockOfTcp => ABLE.landlock.is_none_or(|version| version < 4).then_some("Landlock 4"),
            Self::Namespace => (ABLE.network != Network::Own).then_some("namespaces"),
        }
    }
}

pub fn sandbox(level: SandboxLevel) -> Sandbox {
    Sandbox::prepare(level, Path::new(PROGRAM), Door::Stdio).expect("a sandbox")
}

/// The folder of a sandbox.
pub fn root(sandbox: &Sandbox) -> &Path {
    sandbox.root().expect("a folder")
}

pub fn launch(program: &str, args: &[&str]) -> Launch {
    Launch { program: program.into(), args: args.iter().map(OsString::from).collect(), ..Launch::default() }
}

/// Start it within, and give its lines and its exit code.
pub fn play(sandbox: &Sandbox, inner: &Launch) -> (Vec<String>, Option<i32>) {
    let wrapped = sandbox.wrap(inner).unwrap_or_else(|failure| panic!("{failure}"));
    let output = command(&wrapped).stdin(Stdio::null()).output().expect("it starts");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    (text.lines().map(str::to_owned).collect(), output.status.code())
}

/// The lines of a shell within.
pub fn sh(sandbox: &Sandbox, script: &str) -> Vec<String> {
    play(sandbox, &launch("sh", &["-c", script])).0
}

pub fn command(launch: &Launch) -> Command {
    let mut command = Command::new(&launch.program);
    command.args(&launch.args).envs(launch.env.iter().cloned());
    if let Some(folder) = &launch.cwd {
        command.current_dir(folder);
    }
    command
}

/// A folder outside of every sandbox.
pub struct Outside(PathBuf);

impl Outside {
    pub fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("sandbox-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&path).expect("a folder");
        Self(path.canonicalize().expect("a folder"))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn text(&self) -> String {
        self.0.display().to_string()
    }

    /// A script that can be started.
    pub fn script(&self, name: &str, text: &str) -> PathBuf {
        use std::os::unix::fs::PermissionsExt;
        let path = self.0.join(name);
        fs::write(&path, format!("#!/bin/sh\n{text}\n")).expect("a script");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a script");
        path
    }
}

impl Drop for Outside {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
