//! What a check has to say against a server: expected, got, and the bytes that prove it.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth saying; clean unless warnings are denied.
    Warn,
    /// A binding sentence is broken.
    Fail,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// How much it weighs.
    pub severity: Severity,
    /// What the specification has the server do.
    pub expected: String,
    /// What the server did.
    pub got: String,
    /// Why it matters, in the words of the check.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub because: String,
    /// The place: a member of a message (`tools[3].inputSchema.type`) or a step of the suite (`tools.md:41`).
    #[serde(rename = "where", default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// How often it was seen; the evidence is the first time.
    pub count: u64,
    /// The conversation around it, oldest first.
    pub transcript: Vec<Excerpt>,
}

/// Who said a line of a transcript.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From us to the server.
    Sent,
    /// From the server to us.
    Received,
    /// From the server to its stderr.
    Stderr,
    /// What happened without words: started, stdin closed, killed, exited.
    Event,
}

impl Direction {
    /// One column that tells the directions apart.
    pub const fn arrow(self) -> &'static str {
        match self {
            Self::Sent => "-->",
            Self::Received => "<--",
            Self::Stderr => "err",
            Self::Event => "***",
        }
    }
}

/// One line of a transcript, as evidence: bounded in length, and safe to decode.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Excerpt {
    /// Microseconds since the process was started.
    pub at_us: u64,
    /// Who said it.
    pub direction: Direction,
    /// The bytes as text; what is not UTF-8 is replaced, what is too long is cut and says so.
    pub text: String,
}

impl fmt::Display for Excerpt {
    /// Strings of a server are hostile: a writer has to escape this for its medium.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = self.at_us / 1000;
        write!(f, "{:>5}.{:03}s {} {}", millis / 1000, millis % 1000, self.direction.arrow(), self.text)
    }
}
