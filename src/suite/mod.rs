//! The suite language: Markdown text in, checks out. Keeps what a suite file means; refuses all IO.
//!
//! `docs/suites.md` is the contract. A file goes through `markdown` (sections and blocks), `head` and `yaml` (trees
//! whose nodes know their place), `block` and `steps` (what the keys mean), `names` (what refers to what), and `build`.

mod arm;
mod check;
mod decode;
mod decoder;
mod error;
mod example;
mod pattern;
mod scope;
mod script;
mod suggest;
mod tree;
mod yaml;

pub use arm::{Arm, Expect, Outcome, Subject};
pub use check::{Body, Check, SessionKind, Suite, Watch, WatchOn, WatchRule};
pub use error::SuiteError;
pub use example::{Alternative, Example, ExampleServer, Say};
pub use pattern::{Mismatch, Pattern, brief};
pub use scope::{Scope, Unfilled};
pub use script::{Action, For, Let, List, Meta, Notify, Payload, Raw, Send, Step, Wait};

/// The JSON Schema of the blocks.
pub fn block_schema() -> serde_json::Value {
    serde_json::Value::Bool(true)
}
