//! Which servers there are and how they are tested, as files say it: `litmus.toml`, and what hosts and editors keep.
//!
//! Pure: texts in, values out. Reads no file, no environment, and starts nothing.

mod expand;
mod settings;
mod words;

pub use expand::{Expanded, Lack, Scope, expand, is_only_variables};
pub use settings::{Permit, Settings, Text, Tools};
pub use words::{Call, Revisions, Transport, duration, jobs};
