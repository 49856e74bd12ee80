//! Everything about a run in one document, for programs. Its schema is generated from the types below.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{CheckResult, RunInfo, ToolInfo, Totals, event::Unreachable};

use super::{Options, Record, escape};

/// The name and the version of this kind of document. A change that breaks a reader is a new one.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
enum Kind {
    #[serde(rename = "mcp-litmus/report/1")]
    Report1,
}

/// A finished run of mcp-litmus.
///
/// Strings of the server are as it wrote them, and may be hostile: escape them for your medium.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "mcp-litmus report")]
struct Document<'a> {
    /// What this document is.
    schema: Kind,
    /// Who tested.
    tool: &'a ToolInfo,
    /// What was tested.
    server: Server<'a>,
    /// The conversations, by revision.
    runs: Vec<&'a RunInfo>,
    /// The checks, by revision, transport and name.
    results: Vec<&'a CheckResult>,
    /// The count of each verdict.
    totals: &'a Totals,
    /// The exit code of the process; null when the run was cut off.
    exit_code: Option<u8>,
    /// How long everything took.
    duration_ms: f64,
    /// How many messages of the server were held against their description.
    messages: u64,
    /// The seed of every random choice.
    seed: u64,
    /// Whether warnings count as findings.
    deny_warnings: bool,
    /// Why the server could not be judged; absent when it could.
    #[serde(skip_serializing_if = "Option::is_none")]
    unreachable: Option<&'a Unreachable>,
}

/// The server, by its own words and by the user's.
#[derive(Debug, Serialize, JsonSchema)]
struct Server<'a> {
    /// How it names itself; empty when it never did.
    name: String,
    /// Its version; empty when it gave none.
    version: String,
    /// The command line or address.
    target: &'a str,
}

/// The whole document. It does not depend on the options: programs have no width.
pub fn render(record: &Record, _: &Options) -> String {
    // Only a map with keys that are no text, or a `Serialize` that refuses, can fail; the document has neither.
    let text = serde_json::to_string_pretty(&document(record)).unwrap_or_default();
    escape::json(&text) + "\n"
}

/// The JSON Schema of the document.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Document<'_>).to_value()
}

fn document(record: &Record) -> Document<'_> {
    let server = record.server();
    let mut runs: Vec<&RunInfo> = record.runs.iter().collect();
    runs.sort_by(|a, b| (a.revision, &a.transport).cmp(&(b.revision, &b.transport)));
    Document {
        schema: Kind::Report1,
        tool: &record.tool,
        server: Server { name: server.name, version: server.version, target: &record.target },
        runs,
        results: record.sorted(),
        totals: &record.totals,
        exit_code: record.exit_code,
        duration_ms: record.duration_ms,
        messages: record.messages,
        seed: record.seed,
        deny_warnings: record.deny_warnings,
        unreachable: record.unreachable.as_ref(),
    }
}
