//! A pattern, decoded.

use serde_json::Value;

use crate::suite::Scope;

/// Data that looks like what it fits.
#[derive(Clone, Debug)]
pub struct Pattern;

/// Why a subject does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The place in the subject: `result.tools[3].name`.
    pub place: String,
    /// What fits there.
    pub expected: String,
    /// What is there.
    pub got: String,
}

impl Pattern {
    /// Whether `subject` fits.
    pub fn fit(&self, _subject: &Value, _scope: &Scope) -> Result<(), Mismatch> {
        Ok(())
    }
    /// What it expects, in one line.
    pub fn describe(&self) -> String {
        String::new()
    }
    /// Whether it looks at a member of this name, at the top of the subject.
    pub fn mentions(&self, _member: &str) -> bool {
        false
    }
}
