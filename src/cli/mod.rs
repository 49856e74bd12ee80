//! The command line: one file a subcommand. The only room that knows both runs and reports.

mod args;
mod check;
mod demo;
mod environment;
mod explain;
mod list;
mod problem;
mod rehearse;
mod report;
mod schema;
mod sinks;
mod suites;
mod target;
mod test;

pub use args::main;
pub use environment::Environment;
