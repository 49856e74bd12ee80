//! A server as a child process that talks over its stdin and stdout.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Instant;

use tokio::process::{Child, Command};
use tokio::sync::Notify;

use super::connection::{Connection, Ends, Exited, connect};
use super::failure::LaunchFailure;
use super::live::{Entry, VARIABLE, new_mark};
use super::os::{self, Group};

/// What to start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Launch {
    /// The program, looked up on PATH unless it is a path.
    pub program: OsString,
    /// Its arguments.
    pub args: Vec<OsString>,
    /// Its working folder; ours if there is none.
    pub cwd: Option<PathBuf>,
    /// Added to the environment that it inherits.
    pub env: Vec<(OsString, OsString)>,
}

/// Start a server. Needs a running tokio runtime.
pub fn launch(launch: &Launch) -> Result<Connection, LaunchFailure> {
    let mark = new_mark();
    let started = Instant::now();
    let mut child = command(launch, &mark).spawn().map_err(|error| LaunchFailure::explain(launch, &error))?;
    let (Some(stdin), Some(stdout), Some(stderr), Some(pid)) =
        (child.stdin.take(), child.stdout.take(), child.stderr.take(), child.id())
    else {
        return Err(LaunchFailure::without_pipes(launch));
    };
    let group = Group::new(pid, mark);
    let entry = Entry::new(group.clone());
    let ends = Ends { stdin, stdout, stderr, group: Some(group), started, transport: "stdio" };
    Ok(connect(ends, |stop| live(child, stop, entry)))
}

fn command(launch: &Launch, mark: &str) -> Command {
    let mut command = Command::new(&launch.program);
    command.args(&launch.args).envs(launch.env.iter().cloned()).env(VARIABLE, mark);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    if let Some(folder) = &launch.cwd {
        command.current_dir(folder);
    }
    os::isolate(&mut command);
    command
}

/// The entry lives as long as the process.
async fn live(mut child: Child, stop: Arc<Notify>, _entry: Entry) -> Exited {
    loop {
        tokio::select! {
            status = child.wait() => {
                return status.map_or(Exited { code: None, signal: None }, os::exited);
            }
            () = stop.notified() => {
                let _ = child.start_kill();
            }
        }
    }
}
