//! Stand-in.

use crate::model::Severity;

/// A format of a text.
pub struct Format {
    /// Its name.
    pub name: &'static str,
    /// What it asks for.
    pub expected: &'static str,
    /// What is wrong with a text.
    pub check: fn(&str) -> Option<Objection>,
}

/// What is wrong with a text.
pub struct Objection {
    /// How much it weighs.
    pub severity: Severity,
    /// Why.
    pub why: String,
}

/// All formats.
pub const FORMATS: &[Format] = &[];

/// The format of a name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}
