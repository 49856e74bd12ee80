//! What a server did that it may not do.

use crate::model::{Severity, campaign::Kind};

/// Something that a server did.
#[derive(Clone, Debug, PartialEq)]
pub struct Offence {
    /// What kind of damage it is.
    pub kind: Kind,
    /// What makes it one and the same, apart from its kind.
    pub key: String,
    /// What happened, in a line.
    pub title: String,
    /// Why that matters.
    pub because: String,
    /// The check whose rule is broken.
    pub check: Option<String>,
    /// How bad it is.
    pub severity: Severity,
}

impl Offence {
    /// An offence that counts.
    pub fn new(kind: Kind, key: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            kind,
            key: key.into(),
            title: title.into(),
            because: String::new(),
            check: None,
            severity: Severity::Fail,
        }
    }

    /// The same, with why it matters.
    #[must_use]
    pub fn because(mut self, because: impl Into<String>) -> Self {
        self.because = because.into();
        self
    }

    /// Whether both are one and the same.
    pub fn is(&self, other: &Self) -> bool {
        (self.kind, &self.key) == (other.kind, &other.key)
    }
}
