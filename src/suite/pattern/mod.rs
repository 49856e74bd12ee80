//! Patterns: data that looks like what it fits. Keeps what they mean; refuses to know where a subject comes from.

mod decode;
mod describe;
mod fit;
mod grammar;
mod mismatch;
mod number;
mod operate;
mod schema;
#[cfg(test)]
mod tests;
mod text;
mod tree;

pub(super) use grammar::operator_schemas;
pub use mismatch::{Mismatch, brief};
pub use tree::Pattern;
