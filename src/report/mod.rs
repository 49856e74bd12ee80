//! Events in, text out. Knows facts, no session: whatever is shown was in an event.
//!
//! A new format is one file here and one row in `format.rs`; one for campaigns is one in `campaign`, likewise.

pub mod campaign;
mod columns;
pub mod console;
pub mod escape;
mod evidence;
pub mod format;
pub mod json;
pub mod junit;
mod layout;
pub mod ndjson;
pub mod record;
mod sarif;
mod style;
mod words;

pub use format::{BadRequest, FORMATS, Format, Options, Render, Request};
pub use ndjson::BadEvents;
pub use record::Record;
