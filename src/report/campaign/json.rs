//! Everything about a campaign in one document, for programs. Its schema is generated from the types below.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{
    Campaign, Discovery, Excerpt, Revision, ServerInfo, Severity, ToolInfo,
    campaign::{Effort, Kind},
    event::Unreachable,
};
use crate::report::{Options, escape, words::time};

use super::words;

/// A finished campaign of fuzzing.
///
/// Strings of the server are as it wrote them, and may be hostile: escape them for your medium.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "mcp-litmus campaign")]
struct Document<'a> {
    /// What was found, worst first.
    findings: Vec<Finding<'a>>,
    /// Messages sent.
    messages: u64,
    /// How long it took.
    seconds: f64,
    /// The seed of every random choice.
    seed: u64,
    /// The command line or address.
    target: &'a str,
    /// How the server names itself; empty when it never did.
    server: &'a ServerInfo,
    /// The revision that was spoken; null when it could not be spoken to.
    revision: Option<Revision>,
    /// `stdio`, `http` or `sse`.
    transport: &'a str,
    /// Who tested.
    tool: ToolInfo,
    /// How many processes of the server were started.
    processes: u64,
    /// How many different behaviours were seen.
    behaviours: usize,
    /// How many cases are kept because they showed something new.
    corpus: usize,
    /// What each strategy did.
    strategies: &'a [Effort],
    /// What the user should know of how it was done.
    notes: &'a [String],
    /// Why the server could not be spoken to; absent when it could.
    #[serde(skip_serializing_if = "Option::is_none")]
    unreachable: Option<&'a Unreachable>,
    /// Whether somebody ended it.
    interrupted: bool,
    /// The exit code of the process.
    exit_code: u8,
}

/// Something that the campaign found.
#[derive(Debug, Serialize, JsonSchema)]
struct Finding<'a> {
    /// What kind of damage.
    kind: Kind,
    /// What makes it one and the same. Stable between runs.
    key: &'a str,
    /// The strategy that found it.
    strategy: &'a str,
    /// The check whose rule was broken; absent when it is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    check: Option<&'a str>,
    /// The suite file that shows it, as a path; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    reproducer: Option<&'a str>,
    /// Whether it happened again each time that it was tried in a fresh process; what did not is flaky.
    confirmed: bool,
    /// What happened, in a line.
    title: &'a str,
    /// How bad it is.
    severity: Severity,
    /// Why it matters, or what is known of it; may be empty.
    because: &'a str,
    /// How often it was seen.
    count: u64,
    /// How it went when it was tried again.
    tried: Tried,
    /// How many seconds into the campaign it was seen first.
    after: f64,
    /// How many messages it was shrunk to.
    messages: usize,
    /// How many bytes these have.
    bytes: usize,
    /// The last lines that the server wrote to its stderr.
    stderr: &'a [String],
    /// The conversation that shows it.
    transcript: &'a [Excerpt],
    /// The conversation in which it was seen first; absent unless it did not happen again.
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<&'a [Excerpt]>,
}

/// Tries in fresh processes.
#[derive(Debug, Serialize, JsonSchema)]
struct Tried {
    /// How often it was tried again.
    times: u32,
    /// How often it happened.
    happened: u32,
}

/// The whole document. It does not depend on the options: programs have no width.
pub fn render(campaign: &Campaign, _: &Options) -> String {
    // Only a map with keys that are no text, or a `Serialize` that refuses, can fail; the document has neither.
    let text = serde_json::to_string_pretty(&document(campaign)).unwrap_or_default();
    escape::json(&text) + "\n"
}

/// The JSON Schema of the document.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Document<'_>).to_value()
}

fn document(campaign: &Campaign) -> Document<'_> {
    Document {
        findings: words::sorted(campaign).into_iter().map(finding).collect(),
        messages: campaign.messages,
        seconds: rounded(campaign.seconds),
        seed: campaign.seed,
        target: &campaign.target,
        server: &campaign.server,
        revision: campaign.revision,
        transport: &campaign.transport,
        tool: ToolInfo::this(),
        processes: campaign.pulse.processes,
        behaviours: campaign.pulse.behaviours,
        corpus: campaign.pulse.corpus,
        strategies: &campaign.strategies,
        notes: &campaign.notes,
        unreachable: campaign.unreachable.as_ref(),
        interrupted: campaign.interrupted,
        exit_code: campaign.exit().code(),
    }
}

fn finding(found: &Discovery) -> Finding<'_> {
    Finding {
        kind: found.kind,
        key: &found.key,
        strategy: &found.strategy,
        check: found.check.as_deref(),
        reproducer: found.reproducer.as_deref(),
        confirmed: found.confirmed,
        title: &found.title,
        severity: found.severity,
        because: &found.because,
        count: found.count,
        tried: Tried { times: found.tried.0, happened: found.tried.1 },
        after: rounded(found.after),
        messages: found.size.0,
        bytes: found.size.1,
        stderr: &found.stderr,
        transcript: &found.transcript,
        first: Some(found.first.as_slice()).filter(|first| !first.is_empty()),
    }
}

/// A time to the millisecond; what is no time is none, because JSON has no word for it.
fn rounded(seconds: f64) -> f64 {
    (time(seconds).as_secs_f64() * 1e3).round() / 1e3
}
