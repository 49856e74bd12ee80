//! What a campaign of fuzzing tells: how it goes, what it finds, and the whole of it at the end.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Excerpt, Exit, Revision, ServerInfo, Severity, event::Unreachable};

/// What kind of damage was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The process died.
    Crash,
    /// A request, or every request, stays without an answer.
    Hang,
    /// Something on its stdout is no message.
    Corruption,
    /// A rule of the protocol was broken, or what worked before does not any more.
    Violation,
    /// Its memory grows with each request.
    Leak,
    /// It says what it should keep: a stack trace, a path, a secret.
    Leakage,
}

impl Kind {
    /// All of them, worst first.
    pub const ALL: [Self; 6] = [Self::Crash, Self::Hang, Self::Corruption, Self::Violation, Self::Leak, Self::Leakage];

    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Crash => "crash",
            Self::Hang => "hang",
            Self::Corruption => "corruption",
            Self::Violation => "violation",
            Self::Leak => "leak",
            Self::Leakage => "leakage",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Something that a campaign found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Discovery {
    /// What kind of damage.
    pub kind: Kind,
    /// What makes it one and the same: kind, place and masked message. Stable between runs.
    pub key: String,
    /// What happened, in a line.
    pub title: String,
    /// How bad it is.
    pub severity: Severity,
    /// The strategy that found it.
    pub strategy: String,
    /// The check whose rule was broken, if it is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub check: Option<String>,
    /// Why it matters, or what is known of it.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub because: String,
    /// The suite file that shows it, as a path.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reproducer: Option<String>,
    /// Whether it happened again each time that it was tried in a fresh process.
    pub confirmed: bool,
    /// How often it was tried again, and how often it happened.
    pub tried: (u32, u32),
    /// How often it was seen.
    pub count: u64,
    /// How many messages it was shrunk to, and how many bytes these have.
    pub size: (usize, usize),
    /// How many seconds into the campaign it was seen first.
    pub after: f64,
    /// The conversation that shows it.
    pub transcript: Vec<Excerpt>,
    /// The conversation in which it was seen first, when it did not happen again.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub first: Vec<Excerpt>,
    /// The last lines that the server wrote to its stderr.
    pub stderr: Vec<String>,
}

/// How a campaign goes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Pulse {
    /// Seconds since it began.
    pub seconds: f64,
    /// Of how many, if that is limited.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub limit: Option<f64>,
    /// Messages sent.
    pub messages: u64,
    /// Messages a second, lately.
    pub rate: f64,
    /// How many cases are kept because they showed something new.
    pub corpus: usize,
    /// How many different behaviours were seen.
    pub behaviours: usize,
    /// How many processes of the server were started.
    pub processes: u64,
    /// Findings by kind, in the order of [`Kind::ALL`].
    pub findings: [usize; 6],
    /// What is being done: the name of a strategy, or that a finding is confirmed.
    pub doing: String,
}

/// The whole of a campaign.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Campaign {
    /// How the user named the server.
    pub target: String,
    /// How the server names itself.
    pub server: ServerInfo,
    /// The revision that was spoken; none when it could not be spoken to.
    pub revision: Option<Revision>,
    /// `stdio`, `http` or `sse`.
    pub transport: String,
    /// What was found, worst first.
    pub findings: Vec<Discovery>,
    /// Messages sent.
    pub messages: u64,
    /// How long it took.
    pub seconds: f64,
    /// The seed of every random choice.
    pub seed: u64,
    /// How it stood at the end.
    pub pulse: Pulse,
    /// What each strategy did.
    pub strategies: Vec<Effort>,
    /// What the user should know of how it was done: the sandbox, tools that were not called.
    pub notes: Vec<String>,
    /// Why the server could not be spoken to, if so.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unreachable: Option<Unreachable>,
    /// Whether somebody ended it.
    pub interrupted: bool,
}

/// What a strategy did.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Effort {
    /// Its name.
    pub strategy: String,
    /// How many cases it made.
    pub cases: u64,
    /// How many of them showed something new.
    pub new: u64,
}

impl Campaign {
    /// The exit code: findings that were confirmed and are no mere advice count.
    pub fn exit(&self) -> Exit {
        let counts = |finding: &&Discovery| finding.confirmed && finding.severity == Severity::Fail;
        match (&self.unreachable, self.findings.iter().find(counts), self.interrupted, self.messages) {
            (Some(_), ..) => Exit::Unreachable,
            (_, _, true, _) => Exit::Interrupted,
            (_, Some(_), ..) => Exit::Findings,
            (.., 0) => Exit::NothingTested,
            _ => Exit::Clean,
        }
    }
}

/// What happens in a campaign.
#[derive(Clone, Debug)]
pub enum CampaignEvent {
    /// The server was met: its name, the revision and the transport, and what the user should know.
    Met(Box<Campaign>),
    /// How it goes.
    Pulse(Pulse),
    /// Something was found, and tried again.
    Found(Box<Discovery>),
}
