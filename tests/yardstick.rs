//! Our validators beside the official JSON Schemas of every revision: the same verdict on official examples, on valid
//! messages and on broken ones, except for a written list of differences, each of them explained.
//!
//! Where the official files are not at hand (see `official.rs`) every trial is an ignored one.

mod demo_client;

#[path = "yardstick/compare.rs"]
mod compare;
#[path = "yardstick/compile.rs"]
mod compile;
#[path = "yardstick/conditions.rs"]
mod conditions;
#[path = "yardstick/demo.rs"]
mod demo;
#[path = "yardstick/differences.rs"]
mod differences;
#[path = "yardstick/flavour.rs"]
mod flavour;
#[path = "yardstick/generate.rs"]
mod generate;
#[path = "yardstick/harness.rs"]
mod harness;
#[path = "yardstick/mutate.rs"]
mod mutate;
#[path = "yardstick/narrow.rs"]
mod narrow;
#[path = "yardstick/official.rs"]
mod official;
#[path = "yardstick/ours.rs"]
mod ours;
#[path = "yardstick/parts.rs"]
mod parts;
#[path = "yardstick/plan.rs"]
mod plan;
#[path = "yardstick/reach.rs"]
mod reach;
#[path = "yardstick/subjects.rs"]
mod subjects;
#[path = "yardstick/table.rs"]
mod table;
#[path = "yardstick/trials.rs"]
mod trials;
#[path = "yardstick/values.rs"]
mod values;
#[path = "yardstick/wire.rs"]
mod wire;

use std::{path::Path, process::ExitCode};

use libtest_mimic::{Arguments, Failed, Trial};
use mcp_litmus::model::Revision;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = vec![
        plain("harness: sees wrong opinions", harness::sees_wrong_opinions),
        plain("harness: makes values for conditionals", harness::makes_values_for_conditionals),
        plain("differences: docs/messages.md lists them", table::is_fresh),
        trial("tables", "no row is stale", trials::tables),
        trial("demo server", "closed definitions say no", demo::closed_definitions_say_no),
    ];
    for revision in Revision::ALL {
        let date = revision.as_str();
        trials.push(trial(date, "everything is reached", move |folder| trials::coverage(folder, revision)));
        trials.push(trial(date, "the demo server fits", move |folder| demo::messages(folder, revision)));
        trials.push(trial(date, "differences are narrow", move |folder| narrow::differences(folder, revision)));
        trials.push(trial(date, "same verdict", move |folder| trials::verdicts(folder, revision)));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn trial(of: &str, says: &str, run: impl FnOnce(&Path) -> Result<(), String> + Send + 'static) -> Trial {
    let name = format!("{of}: {says}");
    if let Some(folder) = official::folder() {
        return Trial::test(name, move || run(&folder).map_err(Failed::from));
    }
    let missing = "needs the official schemas, at MCP_SPEC_SCHEMA";
    Trial::test(format!("{name} ({missing})"), move || Err(Failed::from(missing))).with_ignored_flag(true)
}

fn plain(name: &str, run: fn() -> Result<(), String>) -> Trial {
    Trial::test(name, move || run().map_err(Failed::from))
}
