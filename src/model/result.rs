//! One check on one revision, judged.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CheckId, Finding, Level, Revision, Skip, Source, Verdict};

/// How one check ended on one revision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CheckResult {
    /// The check.
    pub check: CheckId,
    /// Its heading.
    pub title: String,
    /// Its keyword.
    pub level: Level,
    /// How it ended.
    pub verdict: Verdict,
    /// Why it was skipped, or what went wrong on our side; empty otherwise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Which kind of skip it is; absent otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skip: Option<Skip>,
    /// The revision that was spoken.
    pub revision: Revision,
    /// `stdio`, `memory`, `http`, `sse`.
    pub transport: String,
    /// How long it took.
    pub duration_ms: f64,
    /// How many messages or values it judged.
    pub judged: u64,
    /// What it found.
    pub findings: Vec<Finding>,
    /// The address of the sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spec: Option<String>,
    /// Where the check is written.
    pub source: Source,
}
