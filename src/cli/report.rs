//! `report`: the events of a run, rendered again without a server.

use std::{fs::File, io::BufReader, path::PathBuf};

use clap::Args;

use super::{
    Environment,
    environment::Color,
    problem::Problem,
    sinks::{Sinks, Wishes},
};
use crate::{
    model::Exit,
    report::{self, ndjson},
};

/// Render the events of a run again
///
/// `mcp-litmus check --report ndjson=events.ndjson -- COMMAND` writes them.
#[derive(Debug, Args)]
pub struct Report {
    /// The events
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// The reports to write: console, junit, json or ndjson, `=FILE` behind it for a file
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
        let wishes = Wishes { requests: self.report, color, verbose: self.verbose, live: false };
        let sinks = Sinks::open(wishes, environment)?;
        ndjson::read(BufReader::new(file), |event| sinks.event(&event))
            .map_err(|bad| Problem::Usage(format!("{}: {bad}", self.from.display())))?;
        sinks.finish()?;
        Ok(Exit::Clean)
    }
}
