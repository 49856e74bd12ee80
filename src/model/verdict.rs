//! The words for how a check ended.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The server did what the sentence demands.
    Pass,
    /// The server broke a binding sentence.
    Fail,
    /// The server broke a recommendation, or did what the sentence tolerates but clients do not expect.
    Warn,
    /// Nothing was tested; the reason says why.
    Skip,
    /// We could not judge, and it is our fault.
    Error,
}

/// Why nothing was tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Skip {
    /// The server does not offer what the check is about.
    NotApplicable,
    /// The server offers it, but nothing allowed us to try, or nothing came by.
    NotExercised,
}

impl Verdict {
    /// The word that reports print.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Warn => "warn",
            Self::Skip => "skip",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Skip {
    /// The words that reports print.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotApplicable => "not applicable",
            Self::NotExercised => "not exercised",
        }
    }
}

impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
