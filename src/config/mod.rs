//! Which servers there are and how they are tested, as files say it: `litmus.toml`, and what hosts and editors keep.
//!
//! Pure: texts in, values out. Reads no file, no environment, and starts nothing. A file goes through `toml` or `json`
//! (values that know their place), then `litmus` or `hosts` (what the keys mean); `expand` fills in variables when a
//! server is chosen, so that nobody needs the secrets of the others.

mod env_file;
mod error;
mod expand;
mod grammar;
mod hosts;
mod json;
mod litmus;
mod node;
mod server;
mod settings;
mod split;
mod suggest;
mod take;
mod toml;
mod words;

pub use env_file::variables;
pub use error::ConfigError;
pub use expand::{Expanded, Lack, Scope, expand, is_only_variables};
pub use grammar::schema;
pub use server::{Config, Server, workspace};
pub use settings::{Permit, Settings, Text, Tools};
pub use split::words as command_words;
pub use suggest::nearest;
pub use words::{Call, Revisions, Transport, duration, jobs};
