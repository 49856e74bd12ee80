//! `report`: the events of a run, rendered again without a server.

use std::{
    fs::File,
    io::BufReader,
    path::{Path, PathBuf},
};

use clap::Args;

use super::{
    Environment,
    environment::Color,
    manual,
    problem::Problem,
    secrets::Secrets,
    sinks::{Sinks, Wishes},
};
use crate::{
    model::Exit,
    report::{self, ndjson},
};

/// Render the events of a run again
///
/// `mcp-litmus check --report ndjson=events.ndjson -- COMMAND` writes them. No server is started; the exit code is 0,
/// whatever the run had found.
#[derive(Debug, Args)]
#[command(after_long_help = manual::formats())]
pub struct Report {
    /// The events, as `--report ndjson=FILE` has written them
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// Write a report: console, junit, json or ndjson, to standard output or to a file; may be repeated
    #[arg(long, value_name = "FORMAT[=FILE]", value_parser = report::format::parse)]
    report: Vec<report::Request>,
    /// List everything
    #[arg(short, long)]
    verbose: bool,
}

impl Report {
    pub(super) fn carry_out(mut self, environment: &Environment, color: Color) -> Result<Exit, Problem> {
        let file = File::open(&self.from).map_err(|error| Problem::file(&self.from, "read", &error))?;
        if self.report.is_empty() {
            self.report.extend(report::format::parse("console").ok());
        }
        self.spare_the_events()?;
        // What is in the file was redacted when it was written.
        let secrets = Secrets::default();
        let wishes = Wishes { requests: self.report, secrets, color, verbose: self.verbose, live: false };
        let sinks = Sinks::open(wishes, environment)?;
        ndjson::read(BufReader::new(file), |event| sinks.event(event)).map_err(|bad| self::bad(&self.from, &bad))?;
        sinks.finish()?;
        Ok(Exit::Clean)
    }

    /// A report must not be written over the events that it is made from.
    fn spare_the_events(&self) -> Result<(), Problem> {
        let from = self.from.canonicalize().ok();
        let over = |path: &PathBuf| from.is_some() && path.canonicalize().ok() == from;
        match self.report.iter().filter_map(|request| request.path.as_ref()).find(|path| over(path)) {
            Some(path) => Err(Problem::Usage(format!("{} would be overwritten; name another file", path.display()))),
            None => Ok(()),
        }
    }
}

fn bad(path: &Path, bad: &ndjson::BadEvents) -> Problem {
    let hint = if bad.what.contains("EOF while parsing") && bad.line > 1 {
        "; the end of the file seems to be missing: without its last line, the rest can be rendered"
    } else {
        ""
    };
    Problem::Usage(format!("{}:{}: {}{hint}", path.display(), bad.line, bad.what))
}
