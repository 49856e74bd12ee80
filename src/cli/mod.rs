//! The command line: one file a subcommand. The only room that knows both runs and reports.

mod args;
mod campaign_sinks;
mod check;
mod confine;
mod dashes;
mod demo;
mod environment;
mod explain;
mod fuzz;
mod init;
mod list;
mod manual;
mod message;
mod outputs;
mod problem;
mod redact;
mod refusal;
mod rehearse;
mod report;
mod schema;
mod secrets;
mod selection;
mod settings;
mod shell;
mod sinks;
mod suites;
mod target;
mod test;
mod validate;
mod words;

pub use args::main;
pub use environment::Environment;
