//! `demo`: be a server on standard input and output.

use clap::Args;

use super::{args::say, problem::Problem};
use crate::{
    demo::{self, Fault},
    model::{Exit, Revision},
};

/// Be a server: correct in every revision, wrong on demand
///
/// Speaks MCP on standard input and output. With `--fault` it breaks one rule, to see what a host or a test makes of it.
#[derive(Debug, Args)]
pub struct Demo {
    /// Do this wrong; may be repeated
    #[arg(long, value_name = "NAME", value_parser = super::target::fault)]
    fault: Vec<Fault>,
    /// Speak only this revision; may be repeated
    #[arg(long, value_name = "REVISION")]
    revision: Vec<Revision>,
    /// Print the names of all faults, and what each breaks
    #[arg(long)]
    list_faults: bool,
}

impl Demo {
    pub(super) fn carry_out(self) -> Result<Exit, Problem> {
        if self.list_faults {
            say(&faults());
            return Ok(Exit::Clean);
        }
        let revisions = if self.revision.is_empty() { Revision::ALL.to_vec() } else { self.revision };
        let options = demo::Options { faults: self.fault, revisions, script: None };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Problem::Internal(format!("cannot start: {error}")))?;
        let code = runtime.block_on(demo::serve(tokio::io::stdin(), tokio::io::stdout(), options));
        // A read of standard input that is still under way must not keep the process.
        runtime.shutdown_background();
        std::process::exit(code)
    }
}

fn faults() -> String {
    Fault::ALL.iter().map(|fault| format!("{:30} {}\n", fault.name(), fault.breaks())).collect()
}
