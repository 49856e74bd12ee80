//! The settings of a run: the command line goes before what the server's entry in a file says, that before the
//! defaults of the file, and those before what is built in.

use std::{path::PathBuf, time::Duration};

use clap::{Args, ValueEnum};

use super::selection::Selection;
use crate::{
    config::{self, Call, Revisions, Tools},
    report,
    session::Limits,
};

/// What is built in.
const TIMEOUT: Duration = Duration::from_secs(10);
const STARTUP: Duration = Duration::from_secs(60);

// The options of a run. No `///`: it would become the help of the command.
#[derive(Debug, Args)]
pub struct Given {
    #[command(flatten)]
    selection: Selection,
    /// The protocol revision to speak: its date, `newest` or `all` that the server speaks [default: newest]
    #[arg(long, value_name = "REVISION", help_heading = "Selection")]
    revision: Option<Revisions>,
    /// Which tools may be called [default: read-only]
    ///
    /// Calling a tool may have effects. By default, only those are called that say of themselves that they only read
    /// (`readOnlyHint: true`). A configuration can name others, with their arguments.
    #[arg(long, value_name = "WHICH", help_heading = "Selection")]
    call: Option<Call>,
    /// How many processes of the server may run beside the main one [default: one for each core]
    #[arg(short, long, value_name = "N", value_parser = config::jobs, help_heading = "Limits")]
    jobs: Option<usize>,
    /// How long to wait for an answer, as 500ms, 10s or 2m [default: 10s]
    #[arg(long, value_name = "TIME", value_parser = config::duration, help_heading = "Limits")]
    timeout: Option<Duration>,
    /// How long to wait for the first answer of a process; longer, because installers are slow [default: 60s]
    #[arg(long, value_name = "TIME", value_parser = config::duration, help_heading = "Limits")]
    startup_timeout: Option<Duration>,
    /// The seed of every random choice, to repeat a run; each run prints its own
    #[arg(long, value_name = "N", value_parser = seed, help_heading = "Limits")]
    seed: Option<u64>,
    /// Let `warnings` fail the run, too
    #[arg(long, value_name = "warnings", help_heading = "Reports", hide_possible_values = true)]
    deny: Option<Deny>,
    /// Write a report: console, junit, json or ndjson, to standard output or to a file; may be repeated
    ///
    /// One of them at most can go to standard output; it takes the place of what a person reads there.
    #[arg(long, value_name = "FORMAT[=FILE]", value_parser = report::format::parse, help_heading = "Reports")]
    report: Vec<report::Request>,
    /// Show every check as it ends, and every line on the wire; cut nothing, list everything
    #[arg(short, long, help_heading = "Reports")]
    pub(super) verbose: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Warnings fail the run
    Warnings,
}

/// The settings that hold.
#[derive(Debug)]
pub(super) struct Settled {
    pub(super) selection: Selection,
    pub(super) revision: Revisions,
    pub(super) tools: Tools,
    pub(super) jobs: usize,
    pub(super) limits: Limits,
    pub(super) seed: u64,
    pub(super) deny_warnings: bool,
    pub(super) reports: Vec<report::Request>,
}

impl Given {
    /// Put over what a file says, whose reports are read already.
    pub(super) fn over(&self, file: &config::Settings, reports: Vec<report::Request>) -> Settled {
        let call = self.call.or(file.call).unwrap_or_default();
        let answer = self.timeout.or(file.timeout).unwrap_or(TIMEOUT);
        let startup = self.startup_timeout.or(file.startup_timeout).unwrap_or(STARTUP);
        Settled {
            selection: self.selection.or(file.only.as_deref(), file.skip.as_deref()),
            revision: self.revision.or(file.revision).unwrap_or_default(),
            tools: file.tools(call),
            jobs: self.jobs.or(file.jobs).unwrap_or_else(one_for_each_core),
            limits: Limits { startup, answer, ..Limits::default() },
            seed: self.seed.unwrap_or_else(|| fastrand::u64(0..1_000_000)),
            deny_warnings: self.deny == Some(Deny::Warnings) || file.deny_warnings == Some(true),
            reports: if self.report.is_empty() { reports } else { self.report.clone() },
        }
    }

    /// The options that change what a check finds, as the user would give them again.
    pub(super) fn again(&self) -> Vec<String> {
        let call = self.call.filter(|call| *call != Call::default()).map(|call| format!("--call {}", call.name()));
        let given = |name: &str, time: Option<Duration>, default: Duration| {
            time.filter(|time| *time != default).map(|time| format!("--{name} {}ms", time.as_millis()))
        };
        let times = [given("timeout", self.timeout, TIMEOUT), given("startup-timeout", self.startup_timeout, STARTUP)];
        call.into_iter().chain(times.into_iter().flatten()).collect()
    }
}

/// The place of a report of one server among several: its name goes before the ending.
pub(super) fn beside(path: &std::path::Path, server: &str) -> PathBuf {
    let plain = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' };
    let server: String = server.chars().map(plain).collect();
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().map_or(String::new(), |ending| format!(".{}", ending.to_string_lossy()));
    path.with_file_name(format!("{stem}-{server}{ending}"))
}

fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| "write a number, the one that a run has printed".to_owned())
}

fn one_for_each_core() -> usize {
    std::thread::available_parallelism().map_or(2, |cores| cores.get().clamp(1, 8))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        given: Given,
    }

    fn given(words: &[&str]) -> Given {
        Line::parse_from(std::iter::once(&"x").chain(words)).given
    }

    #[test]
    fn the_command_line_goes_before_the_file_and_the_file_before_what_is_built_in() {
        let file =
            config::Settings { call: Some(Call::All), jobs: Some(3), deny_warnings: Some(true), ..Default::default() };
        let settled = given(&["--jobs", "2"]).over(&file, Vec::new());
        assert_eq!((settled.jobs, settled.tools.policy, settled.deny_warnings), (2, Call::All, true));
        assert_eq!((settled.limits.answer, settled.revision), (TIMEOUT, Revisions::Newest));
        assert_eq!(given(&["--call", "none"]).over(&file, Vec::new()).tools.policy, Call::None);
    }

    #[test]
    fn what_is_given_is_given_again() {
        assert_eq!(given(&["--call", "read-only", "--timeout", "10s", "-j", "2"]).again(), Vec::<String>::new());
        assert_eq!(given(&["--call", "all", "--timeout", "2s"]).again(), ["--call all", "--timeout 2000ms"]);
    }

    #[test]
    fn reports_of_several_servers_lie_side_by_side() {
        assert_eq!(beside(Path::new("out/litmus.xml"), "my/server"), Path::new("out/litmus-my-server.xml"));
        assert_eq!(beside(Path::new("report"), "a"), Path::new("report-a"));
    }
}
