//! What is compared: the official definitions, the names that our types have for them, and those that have none.

use mcp_litmus::model::Revision;
use serde_json::Value;

use crate::official::Official;

/// Definitions that had another name once; ours have the newest.
const RENAMED: [(&str, &str, &str); 3] = [
    ("2024-11-05 2025-03-26", "ResourceReference", "ResourceTemplateReference"),
    ("2024-11-05 2025-03-26 2025-06-18", "JSONRPCError", "JSONRPCErrorResponse"),
    ("2024-11-05 2025-03-26 2025-06-18", "JSONRPCResponse", "JSONRPCResultResponse"),
];

/// Definitions that we have no type for, and why.
const WITHOUT: [(&str, &str); 4] = [
    ("ClientRequest ClientNotification ClientResult ServerRequest ServerNotification ServerResult", UNION),
    ("InputResponse InputResponses ElicitRequestParams EnumSchema SingleSelectEnumSchema MultiSelectEnumSchema", UNION),
    ("Annotated BaseMetadata Icons ResourceContents Request Notification PaginatedRequest PaginatedResult", BASE),
    ("CacheableResult InputResponseRequestParams ResourceRequestParams TaskAugmentedRequestParams", BASE),
];
const UNION: &str = "a choice that nothing in the value decides: the method does";
const BASE: &str = "the base of others, never on the wire itself";

/// One official definition, and what we call it.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The official name.
    pub official: String,
    /// Our name.
    pub ours: String,
}

/// The definitions of a revision that we have a type for.
pub fn compared(official: &Official, revision: Revision) -> Vec<Subject> {
    let names = official.definitions().into_keys().filter(|name| why_without(name).is_none());
    names.map(|name| Subject { official: name.to_owned(), ours: ours(name, revision).to_owned() }).collect()
}

/// The definitions of a revision that we have no type for.
pub fn without(official: &Official) -> Vec<String> {
    official.definitions().into_keys().filter(|name| why_without(name).is_some()).map(str::to_owned).collect()
}

/// Whole messages: requests, notifications, responses, errors, batches.
pub fn messages(official: &Official, revision: Revision) -> Vec<Subject> {
    let mut subjects = compared(official, revision);
    let definitions = official.definitions();
    subjects.retain(|subject| is_message(&subject.official, definitions[subject.official.as_str()]));
    subjects
}

/// Rows of the tables above that no official file needs, given the names of all definitions of all revisions.
pub fn stale(defined: &[(Revision, String)]) -> Vec<String> {
    let is_defined = |name: &str| defined.iter().any(|(_, defined)| defined == name);
    let without = WITHOUT.iter().flat_map(|(names, _)| names.split(' ')).filter(|name| !is_defined(name));
    let renamed = RENAMED.iter().filter(|(revisions, old, _)| {
        let has = |date: &str| defined.iter().any(|(revision, name)| revision.as_str() == date && name == old);
        !revisions.split(' ').all(has)
    });
    without.map(str::to_owned).chain(renamed.map(|(_, old, _)| (*old).to_owned())).collect()
}

/// Why we have no type for a definition, if we have none.
pub fn why_without(name: &str) -> Option<&'static str> {
    WITHOUT.iter().find_map(|(names, why)| names.split(' ').any(|other| other == name).then_some(*why))
}

fn ours(name: &str, revision: Revision) -> &str {
    let renamed = RENAMED.iter().find(|(dates, old, _)| *old == name && dates.contains(revision.as_str()));
    renamed.map_or(name, |(_, _, new)| new)
}

/// Whether a definition is a message of a certain kind, with its envelope.
fn is_message(name: &str, definition: &Value) -> bool {
    let parts = definition["allOf"].as_array().cloned().unwrap_or_else(|| vec![definition.clone()]);
    let has = |member: &str| parts.iter().any(|part| part["properties"].get(member).is_some());
    let method = parts.iter().any(|part| part["properties"]["method"].get("const").is_some());
    let wrapped = parts.len() > 1 && parts[0].get("$ref").is_some();
    let response = name.ends_with("ResultResponse");
    let error = name.ends_with("ErrorResponse") || (has("error") && has("jsonrpc"));
    let generic = name.starts_with("JSONRPC") && has("jsonrpc");
    (method && (wrapped || has("jsonrpc"))) || response || error || generic || name.starts_with("JSONRPCBatch")
}
