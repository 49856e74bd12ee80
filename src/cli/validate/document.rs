//! What `validate` found as one JSON document. Its schema is generated from the types below.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    model::{Exit, Revision, ToolInfo},
    report::escape,
};

use super::tally::{Entry, Found, Judged, Tally};

/// The name and the version of this kind of document. A change that breaks a reader is a new one.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
enum Kind {
    #[serde(rename = "mcp-litmus/validation/1")]
    Validation1,
}

/// Messages that were judged without a server.
///
/// Strings of a server are as it wrote them, and may be hostile: escape them for your medium.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "mcp-litmus validation")]
struct Document<'a> {
    /// What this document is.
    schema: Kind,
    /// Who judged.
    tool: ToolInfo,
    /// How many messages were judged, by what they are.
    messages: Judged,
    /// The revisions that they were judged by.
    revisions: &'a BTreeSet<Revision>,
    /// How many problems there are, every place counted.
    totals: Found,
    /// The problems, one of a kind, in the order of files and lines.
    problems: &'a [Entry],
    /// Problems of kinds that are not listed, because there are too many.
    omitted: u64,
    /// Messages that their revision does not describe, by name; extensions may have them.
    not_described: &'a BTreeMap<String, u64>,
    /// Results whose request was not seen, and that were judged by what every result has.
    without_request: u64,
    /// Messages that an events file holds only the beginning of; they were not judged.
    cut: u64,
    /// Messages of the other side of an events file; they were only followed.
    followed: u64,
    /// The exit code of the process.
    exit_code: u8,
}

/// The whole document.
pub(super) fn render(tally: &Tally, exit: Exit) -> String {
    let document = Document {
        schema: Kind::Validation1,
        tool: ToolInfo::this(),
        messages: tally.judged,
        revisions: &tally.revisions,
        totals: tally.found,
        problems: &tally.problems,
        omitted: tally.omitted,
        not_described: &tally.unknown,
        without_request: tally.unasked,
        cut: tally.cut,
        followed: tally.followed,
        exit_code: exit.code(),
    };
    // Only a map with keys that are no text, or a `Serialize` that refuses, can fail; the document has neither.
    escape::json(&serde_json::to_string_pretty(&document).unwrap_or_default()) + "\n"
}

/// The JSON Schema of the document.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Document<'_>).to_value()
}
