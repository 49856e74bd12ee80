//! How an answer is judged: arms, of which the first that fits decides.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{List, Pattern};

/// What an arm decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Go on.
    Pass,
    /// Note a warning and go on.
    Warn,
    /// End the check as *not applicable*.
    Skip,
    /// Note a failure and end the check.
    Fail,
}

impl Outcome {
    /// Every outcome, in the order of the documentation.
    pub const ALL: [Self; 4] = [Self::Pass, Self::Warn, Self::Skip, Self::Fail];

    /// The key that begins the arm.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Warn => "warn",
            Self::Skip => "skip",
            Self::Fail => "fail",
        }
    }
}

/// One line of a decision.
#[derive(Clone, Debug)]
pub struct Arm {
    /// What it decides.
    pub outcome: Outcome,
    /// What it fits.
    pub pattern: Pattern,
    /// Why, in the words of the suite; empty only for `pass`. May hold variables.
    pub because: String,
    /// The line in the file.
    pub line: u32,
}

/// What is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The answer to the latest `send` or `raw`.
    Latest,
    /// The answer to the request of this `as:` name.
    Label(String),
    /// A value: a text that holds a variable, such as `{{tool.inputSchema}}`.
    Value(String),
    /// What the server has said by itself since the check began.
    Heard,
    /// Everything that it lists, all pages.
    Listed(List),
    /// The answer to the handshake.
    Handshake,
    /// The end of the process.
    Exit,
    /// How much memory its process holds.
    Memory,
}

/// Waits for an answer and decides.
#[derive(Clone, Debug)]
pub struct Expect {
    /// The first that fits decides; if none does, that is a failure.
    pub arms: Vec<Arm>,
    /// What is judged.
    pub of: Subject,
    /// Replaces the time limit.
    pub within: Option<Duration>,
}

impl Expect {
    /// Whether an arm looks for silence, so that a sentinel has to tell it from slowness.
    pub fn looks_for_silence(&self) -> bool {
        let tolerant = self.arms.iter().filter(|arm| arm.outcome != Outcome::Fail);
        tolerant.into_iter().any(|arm| arm.pattern.mentions("silence"))
    }

    /// Whether an arm looks at how the answer came over HTTP.
    pub fn looks_at_http(&self) -> bool {
        self.arms.iter().any(|arm| arm.pattern.mentions("http"))
    }
}
