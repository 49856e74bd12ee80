//! The suite language: Markdown text in, checks out. Keeps what a suite file means; refuses all IO.
//!
//! `docs/suites.md` is the contract. A file goes through `markdown` and `section` (headings and blocks), `head` and `yaml`
//! (trees whose nodes know their place), `decode` (trees to the types of `block` and `verb`), `steps`, `request`, `arms`,
//! `server`, `answers` and `pattern` (what the keys mean), `names` (what refers to what), `transports` (what goes where), and
//! comes out of `build`.

mod address;
mod answer;
mod answers;
mod arm;
mod arms;
mod block;
mod build;
mod check;
mod decode;
mod decoder;
mod error;
mod example;
mod facts;
mod grammar;
mod head;
mod headers;
mod http;
mod judge;
mod markdown;
mod names;
mod pattern;
mod payload;
mod request;
mod scope;
mod script;
mod section;
mod seen;
mod server;
mod steps;
mod suggest;
mod transports;
mod tree;
mod values;
mod verb;
mod yaml;

pub use answer::{Content, HttpAnswer};
pub use arm::{Arm, Expect, Outcome, Subject};
pub use check::{Body, Check, SessionKind, Suite, Watch, WatchOn};
pub use error::SuiteError;
pub use example::{Alternative, Example, ExampleServer, Say};
pub use grammar::block_schema;
pub use http::{HeaderValue, Http, HttpBody, Until};
pub use pattern::{Mismatch, Pattern, brief};
pub use scope::{Scope, Unfilled};
pub use script::{Action, For, Let, List, Meta, Notify, Payload, Raw, Send, Step, Wait};
