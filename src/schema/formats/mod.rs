//! Texts that the specification constrains in prose and its schema files do not check: one file for each kind, and a
//! table of all. Linear time, no allocation for a text without fault. What a sentence leaves open is not objected to,
//! and nothing weighs more than the sentence behind it.

mod byte;
mod field;
mod format;
mod icon;
mod iso8601;
mod meta_key;
mod mime;
#[cfg(test)]
mod properties;
mod table;
mod template;
mod tool_name;
mod uri;

pub use format::{Format, Objection};
pub use table::{FORMATS, format};
pub(super) use uri::{authority, scheme};
