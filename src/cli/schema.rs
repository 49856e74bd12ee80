//! `schema`: the JSON Schemas of what can be written and read.

use clap::{Args, ValueEnum};

use super::args::say;
use crate::{model::Exit, report, suite};

/// Print the JSON Schema of a file format
///
/// With the one of suites, an editor completes and checks their YAML blocks; the others are for programs that read reports.
#[derive(Debug, Args)]
pub struct Schema {
    /// The format
    #[arg(value_name = "FORMAT")]
    of: Of,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Of {
    /// The YAML blocks of a suite
    Suite,
    /// The JSON report
    Report,
    /// A line of the NDJSON events
    Events,
}

impl Schema {
    pub(super) fn carry_out(self) -> Exit {
        let schema = match self.of {
            Of::Suite => suite::block_schema(),
            Of::Report => report::json::schema(),
            Of::Events => report::ndjson::schema(),
        };
        say(&format!("{schema:#}\n"));
        Exit::Clean
    }
}
