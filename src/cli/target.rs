//! The server that is meant: a command, or the demo.

use std::{ffi::OsString, path::PathBuf, sync::Arc};

use clap::Args;

use super::problem::Problem;
use crate::{
    demo::Fault,
    run::Launcher,
    transport::stdio::{self, Launch},
};

/// The server to test
#[derive(Debug, Args)]
pub struct Target {
    /// The command that starts the server, behind `--`
    #[arg(last = true, value_name = "COMMAND")]
    command: Vec<OsString>,
    /// Test the built-in demo server
    #[arg(long, conflicts_with = "command")]
    demo: bool,
    /// Make the demo server do this wrong; `mcp-litmus demo --list-faults` names them
    #[arg(long, value_name = "NAME", requires = "demo")]
    fault: Vec<Fault>,
    /// A variable for the server's environment, beside those that it inherits
    #[arg(long, value_name = "NAME=VALUE", value_parser = variable)]
    env: Vec<(String, String)>,
    /// The folder to start the server in
    #[arg(long, value_name = "FOLDER")]
    cwd: Option<PathBuf>,
}

impl Target {
    /// How to start it, and how the user would name it again.
    pub fn launcher(&self, subcommand: &str) -> Result<(Launcher, String), Problem> {
        let command = self.command()?;
        let Some((program, args)) = command.split_first() else {
            return Err(Problem::Usage(format!(
                "there is nothing to test; name the command that starts your server: \
                 `mcp-litmus {subcommand} -- node server.js`, or try `--demo`"
            )));
        };
        let launch = Launch {
            program: program.clone(),
            args: args.to_vec(),
            cwd: self.cwd.clone(),
            env: self.env.iter().map(|(name, value)| (name.into(), value.into())).collect(),
        };
        let named = if self.demo { self.demo_name() } else { spelled(&command) };
        Ok((Arc::new(move || stdio::launch(&launch)), named))
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

    fn demo_name(&self) -> String {
        let faults = self.fault.iter().map(|fault| format!(" --fault {}", fault.name()));
        format!("--demo{}", faults.collect::<String>())
    }
}

fn variable(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write it as NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// A command as it can be pasted into a shell.
fn spelled(command: &[OsString]) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:=@%+,".contains(c);
    let quoted = |word: &OsString| {
        let word = word.to_string_lossy();
        if !word.is_empty() && word.chars().all(plain) {
            word.into_owned()
        } else {
            format!("'{}'", word.replace('\'', r"'\''"))
        }
    };
    command.iter().map(quoted).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_spelled_for_a_shell() {
        let words = ["node", "my server.js", "it's", ""].map(OsString::from);
        assert_eq!(spelled(&words), r"node 'my server.js' 'it'\''s' ''");
    }
}
