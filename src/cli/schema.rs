//! `schema`: the JSON Schemas of what can be written and read.

use clap::{Args, ValueEnum};

use super::{args::say, manual, message::Messages, problem::Problem, validate};
use crate::{config, model::Exit, report, suite};

/// Print the JSON Schema of a file format, or of messages
///
/// With the one of suites, an editor completes and checks their YAML blocks, with that of `config` it does so for
/// litmus.toml; those of reports, campaigns, events and validations are for programs that read them. `message` is what may be said in a revision of the protocol: any message, that of one
/// method, what it is answered with, or a type.
#[derive(Debug, Args)]
#[command(after_help = manual::SCHEMA_EXAMPLES)]
pub struct Schema {
    /// The format
    #[arg(value_name = "FORMAT")]
    of: Of,
    #[command(flatten)]
    messages: Messages,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Of {
    /// The YAML blocks of a suite
    Suite,
    /// The JSON report
    Report,
    /// The JSON report of a campaign of fuzzing
    Campaign,
    /// A line of the NDJSON events
    Events,
    /// `litmus.toml`
    Config,
    /// What `validate --format json` prints
    Validation,
    /// The messages of a revision of the protocol
    Message,
}

impl Schema {
    pub(super) fn carry_out(self) -> Result<Exit, Problem> {
        if self.of != Of::Message && self.messages.is_given() {
            let wrong = "`--revision`, `--method`, `--result` and `--type` go with `schema message`";
            return Err(Problem::Usage(format!("{wrong}\n  try: mcp-litmus schema message --revision newest")));
        }
        let schema = match self.of {
            Of::Suite => suite::block_schema(),
            Of::Report => report::json::schema(),
            Of::Campaign => report::campaign::json::schema(),
            Of::Events => report::ndjson::schema(),
            Of::Config => config::schema(),
            Of::Validation => validate::schema(),
            Of::Message => self.messages.document()?,
        };
        say(&format!("{schema:#}\n"));
        Ok(Exit::Clean)
    }
}
