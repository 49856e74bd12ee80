//! The eight levels of log messages.

use serde_json::Value;

use super::failure::{Failure, malformed};

/// Their names, least severe first.
pub const NAMES: [&str; 8] = ["debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"];

/// A level of severity. Greater is more severe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Level(usize);

impl Level {
    /// What is logged when nobody chose.
    pub const INFO: Self = Self(1);

    /// All of them, least severe first.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..NAMES.len()).map(Self)
    }

    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        NAMES.get(self.0).copied().unwrap_or("emergency")
    }

    /// Reads a name.
    pub fn read(value: Option<&Value>) -> Result<Self, Failure> {
        let found = value.and_then(Value::as_str).and_then(|text| NAMES.iter().position(|name| *name == text));
        found.map(Self).ok_or_else(|| malformed(format!("the level has to be one of {}", NAMES.join(", "))))
    }
}
