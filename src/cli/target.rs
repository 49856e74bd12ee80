//! The server that is meant: a command, a URL, both, the demo, or a server of a file.

mod conflict;
mod demo;
mod files;
mod find;
mod header;
mod http;
mod named;
mod parts;

use std::{ffi::OsString, path::PathBuf, sync::Arc};

use clap::Args;

use self::{files::FileArgs, http::HttpArgs, parts::Parts};
use super::{Environment, problem::Problem, shell};
use crate::{
    config::{Scope, Settings},
    demo::Fault,
    report,
    run::{Address, Launcher, Style},
    session::Limits,
    transport::{
        LaunchFailure,
        http::{Dialer, HttpLimits, Remote},
        stdio::{self, Launch},
    },
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
    #[command(flatten)]
    http: HttpArgs,
    #[command(flatten)]
    files: FileArgs,
}

/// A server, ready to be started or reached. There is a command, an address, or both.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// Its name in a file.
    pub name: Option<String>,
    /// How it is started.
    pub launch: Option<Launch>,
    /// Where it is.
    pub remote: Option<Remote>,
    /// Which transport is spoken at its address.
    pub style: Style,
    /// The words that name it again on the command line, without its secrets.
    pub again: Vec<String>,
    /// What must not be shown, by the names that are shown instead.
    pub secrets: Vec<(String, String)>,
    /// What its file says of its runs.
    pub settings: Settings,
    /// The reports that its file asks for.
    pub reports: Vec<report::Request>,
    /// The suites that its file names.
    pub suites: Vec<PathBuf>,
}

impl Target {
    /// Each server that is meant.
    pub fn resolve(&self, subcommand: &str, environment: &Environment) -> Result<Vec<Resolved>, Problem> {
        self.consistent(subcommand)?;
        if !self.demo && self.command.is_empty() && self.http.url.is_none() {
            let servers = named::find(&self.files, subcommand, environment)?;
            return servers.into_iter().map(|parts| self.put_over(parts, environment)).collect();
        }
        Ok(vec![self.put_over(Parts::default(), environment)?])
    }

    /// What the command line says, put over what a file says.
    fn put_over(&self, mut parts: Parts, environment: &Environment) -> Result<Resolved, Problem> {
        let variable = |name: &str| environment.variable(name);
        let scope = Scope { variable: &variable, workspace: shell::here() };
        let names = self.http.header.iter().map(|(name, _)| name.as_str());
        let names: Vec<&str> = names.chain(self.http.bearer.as_ref().map(|_| "Authorization")).collect();
        parts.without(&names);
        self.http.put_over(&mut parts, &scope)?;
        if let Some(folder) = &self.cwd {
            parts.again.push(format!("--cwd {}", shell::quoted(&folder.to_string_lossy())));
            parts.cwd = Some(folder.clone());
        }
        for (name, value) in &self.env {
            parts.set_env(name, value);
            parts.again.push(format!("--env {name}=\"${name}\""));
        }
        if self.demo {
            demo::put(&mut parts, &self.fault, &scope)?;
        } else if !self.command.is_empty() {
            parts.again.push(format!("-- {}", shell::spelled(&self.command)));
            parts.command.clone_from(&self.command);
        }
        parts.fit().map_err(Problem::Usage)?;
        Ok(parts.resolved())
    }
}

/// An address with the patience of a run. Whoever asks has the shorter one: an exchange goes on after that, so that a
/// late answer is seen to be one.
fn patient(remote: &Remote, limits: &Limits) -> Remote {
    let patience = limits.answer * 3;
    // The first answer may take as long as the user says, and what it is that does not come in time is told.
    let (connect, first_byte) = (remote.limits.connect.min(limits.startup), patience.max(limits.startup));
    let within = HttpLimits { connect, first_byte, ..HttpLimits::within(patience) };
    Remote { limits: within, ..remote.clone() }
}

impl Resolved {
    /// How conversations with it come about. `limits` are those of the run.
    pub fn launcher(&self, limits: &Limits) -> Result<Launcher, Problem> {
        match (&self.remote, self.launch.clone()) {
            (None, Some(launch)) => Ok(Launcher::Process(Arc::new(move || stdio::launch(&launch)))),
            (Some(remote), command) => {
                let remote = patient(remote, limits);
                let dialer = Dialer::network(&remote)
                    .map_err(|LaunchFailure { what, hint, .. }| Problem::Usage(format!("{what}: {hint}")))?;
                Ok(Launcher::Address(Arc::new(Address { remote, dialer, style: self.style, command })))
            }
            (None, None) => Err(Problem::Internal("the target has neither a command nor an address".to_owned())),
        }
    }

    /// How the user would name it again. `options` are those of the run that matter to it.
    pub fn named(&self, options: &[String]) -> String {
        let again = options.iter().chain(&self.again).cloned().collect::<Vec<_>>().join(" ");
        // Nothing but a command needs no `--` to be told from the options.
        again.strip_prefix("-- ").map(str::to_owned).unwrap_or(again)
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
