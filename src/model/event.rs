//! What happens in a run, as values that flow one way: from the run to whoever reports.
//!
//! A stream of these is `events.ndjson`; every report can be made from it again without a server.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CheckId, CheckResult, Excerpt, Revision, Verdict};

/// One thing that happened, complete in itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum RunEvent {
    /// The first event.
    Started {
        /// Who tests.
        tool: ToolInfo,
        /// What is tested, as the user named it: a command line.
        target: String,
        /// The seed of every random choice.
        seed: u64,
        /// Whether warnings count as findings.
        deny_warnings: bool,
    },
    /// A conversation in one revision begins.
    RunStarted(RunInfo),
    /// A check begins; for progress only.
    CheckStarted {
        /// The check.
        check: CheckId,
        /// The revision it speaks.
        revision: Revision,
        /// How many checks the run has in all.
        planned: usize,
    },
    /// A line on the wire, when somebody asked to see it.
    Wire {
        /// Which process of the run: `main`, `era`, or the check that it was started for.
        session: String,
        /// What was said.
        line: Excerpt,
    },
    /// A check ended.
    CheckFinished(CheckResult),
    /// The server could not be started or spoken to, so that nothing could be judged.
    Unreachable(Unreachable),
    /// The last event.
    Finished {
        /// The count of each verdict.
        totals: Totals,
        /// The exit code of the process.
        exit_code: u8,
        /// How long everything took.
        duration_ms: f64,
        /// How many messages of the server were held against their description.
        #[serde(default)]
        messages: u64,
    },
}

impl RunEvent {
    /// The kinds of events, as a stream names them; a reader may meet others, of a newer version.
    pub const KINDS: [&str; 7] =
        ["started", "run-started", "check-started", "wire", "check-finished", "unreachable", "finished"];
}

/// Who tests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ToolInfo {
    /// `mcp-litmus`
    pub name: String,
    /// Its version.
    pub version: String,
}

impl ToolInfo {
    /// This build.
    pub fn this() -> Self {
        Self { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
    }
}

/// How a server names itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ServerInfo {
    /// The name; empty when it gave none.
    pub name: String,
    /// The version; empty when it gave none.
    pub version: String,
}

/// One conversation: a revision over a transport.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RunInfo {
    /// The revision that is spoken.
    pub revision: Revision,
    /// `stdio`, `memory`, `http`, `sse`.
    pub transport: String,
    /// How the server names itself.
    pub server: ServerInfo,
    /// The capabilities that it declares, as it wrote them.
    pub capabilities: serde_json::Value,
    /// Milliseconds from the start of the process to its first answer.
    pub startup_ms: u64,
}

/// Why a server could not be judged at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Unreachable {
    /// What happened, in one line.
    pub what: String,
    /// What usually helps.
    pub hint: String,
    /// The last lines of its stderr.
    pub stderr: Vec<String>,
    /// The conversation, such as it was.
    pub transcript: Vec<Excerpt>,
}

/// The count of each verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Totals {
    /// Checks that passed.
    pub pass: u64,
    /// Checks that failed.
    pub fail: u64,
    /// Checks that warn.
    pub warn: u64,
    /// Checks that had nothing to test.
    pub skip: u64,
    /// Checks that we could not judge.
    pub error: u64,
}

impl Totals {
    /// Count one more.
    pub fn add(&mut self, verdict: Verdict) {
        *match verdict {
            Verdict::Pass => &mut self.pass,
            Verdict::Fail => &mut self.fail,
            Verdict::Warn => &mut self.warn,
            Verdict::Skip => &mut self.skip,
            Verdict::Error => &mut self.error,
        } += 1;
    }

    /// How many checks judged anything.
    pub fn tested(&self) -> u64 {
        self.pass + self.fail + self.warn
    }
}

#[cfg(test)]
mod tests {
    use super::RunEvent;

    #[test]
    fn every_kind_is_named_once() {
        let refusal = serde_json::from_str::<RunEvent>(r#"{"event":"?"}"#).unwrap_err().to_string();
        let named: Vec<&str> = refusal.split('`').skip(1).step_by(2).filter(|word| *word != "?").collect();
        assert_eq!(named, RunEvent::KINDS);
    }
}
