//! Patterns: data that looks like what it fits. Keeps what they mean; refuses to know where a subject comes from.

mod tree;

pub use tree::{Mismatch, Pattern};
