//! Servers of files.

use super::{files::FileArgs, parts::Parts};
use crate::cli::{Environment, problem::Problem};

/// The servers that are meant by the options, or the only one of `litmus.toml`.
pub(super) fn find(_files: &FileArgs, subcommand: &str, _environment: &Environment) -> Result<Vec<Parts>, Problem> {
    Err(Problem::Usage(format!(
        "there is nothing to test; name the command that starts your server, or `--demo`\n  \
         try: mcp-litmus {subcommand} -- node server.js"
    )))
}
