//! What is compared: the official definitions, the names that our types have for them, and those that have none.

use mcp_litmus::model::Revision;
use serde_json::Value;

use crate::{differences, official::Official};

/// Definitions that ours have another name for: the newest one, or that of a type which is wider.
const RENAMED: [(&str, &str, &str); 14] = [
    ("2024-11-05 2025-03-26", "ResourceReference", "ResourceTemplateReference"),
    ("2024-11-05 2025-03-26 2025-06-18", "JSONRPCError", ERROR_RESPONSE),
    ("2024-11-05 2025-03-26 2025-06-18", "JSONRPCResponse", "JSONRPCResultResponse"),
    ("2025-06-18", "EnumSchema", "LegacyTitledEnumSchema"),
    ("2025-11-25", "SubscribeRequestParams", "ResourceRequestParams"),
    ("2025-11-25", "UnsubscribeRequestParams", "ResourceRequestParams"),
    ("2025-11-25 2026-07-28", "TitledMultiSelectEnumSchema", "MultiSelectEnumSchema"),
    ("2025-11-25 2026-07-28", "UntitledMultiSelectEnumSchema", "MultiSelectEnumSchema"),
    ("2026-07-28", "EmptyResult", "Result"),
    ("2026-07-28", "ParseError", ERROR),
    ("2026-07-28", "InvalidRequestError", ERROR),
    ("2026-07-28", "MethodNotFoundError", ERROR),
    ("2026-07-28", "InvalidParamsError", ERROR),
    ("2026-07-28", "InternalError", ERROR),
];
const ERROR: &str = "Error";
const ERROR_RESPONSE: &str = "JSONRPCErrorResponse";

/// Whole messages whose names look like that of the error in them.
const ERROR_RESPONSES: [&str; 4] = [
    "URLElicitationRequiredError",
    "HeaderMismatchError",
    "MissingRequiredClientCapabilityError",
    "UnsupportedProtocolVersionError",
];

/// Definitions that we have no type for, and why.
const WITHOUT: [(&str, &str); 6] = [
    ("ClientRequest ClientNotification ClientResult ServerRequest ServerNotification ServerResult", UNION),
    ("JSONRPCRequest JSONRPCNotification JSONRPCMessage JSONRPCResponse", UNION),
    ("JSONRPCBatchRequest JSONRPCBatchResponse", "a batch is judged message by message"),
    ("Annotated BaseMetadata Icons Request Notification PaginatedRequest", BASE),
    ("ElicitRequestParams EnumSchema SingleSelectEnumSchema", CHOICE),
    ("Cursor ResultType JSONValue JSONObject JSONArray", "any text, any value, any object, any array"),
];
const UNION: &str = "a choice that nothing in the value decides: the method does";
const BASE: &str = "the base of others, never on the wire itself";
const CHOICE: &str = "a choice without a name of ours, compared in all that holds it";

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
    let names = official.definitions().into_keys().filter(|name| why_without(name, revision).is_none());
    names.map(|name| Subject { official: name.to_owned(), ours: ours(name, revision).to_owned() }).collect()
}

/// The examples of the differences that are met in a revision.
pub fn shown(official: &Official, revision: Revision) -> Vec<(Subject, Value)> {
    let subjects = compared(official, revision);
    let examples = differences::of(revision).into_iter().flat_map(|difference| difference.examples);
    let shown = examples.filter_map(|(name, json)| {
        let subject = subjects.iter().find(|subject| subject.official == *name || subject.ours == *name)?;
        Some((subject.clone(), serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"))))
    });
    shown.collect()
}

/// The definitions of a revision that we have no type for.
pub fn without(official: &Official, revision: Revision) -> Vec<String> {
    official.definitions().into_keys().filter(|name| why_without(name, revision).is_some()).map(str::to_owned).collect()
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
    let errors = ERROR_RESPONSES.into_iter().filter(|name| !is_defined(name));
    without.chain(errors).chain(renamed.map(|(_, old, _)| *old)).map(str::to_owned).collect()
}

/// Why we have no type for a definition, if we have none.
fn why_without(name: &str, revision: Revision) -> Option<&'static str> {
    let without = WITHOUT.iter().find(|(names, _)| names.split(' ').any(|other| other == name));
    without.filter(|_| renamed(name, revision).is_none()).map(|(_, why)| *why)
}

fn ours(name: &str, revision: Revision) -> &str {
    if ERROR_RESPONSES.contains(&name) || name.ends_with("ErrorResponse") {
        return ERROR_RESPONSE;
    }
    renamed(name, revision).unwrap_or(name)
}

fn renamed(name: &str, revision: Revision) -> Option<&'static str> {
    let renamed = RENAMED.iter().find(|(dates, old, _)| *old == name && dates.contains(revision.as_str()));
    renamed.map(|(_, _, new)| *new)
}

/// Whether a definition is a message of a certain kind, with its envelope.
fn is_message(name: &str, definition: &Value) -> bool {
    let parts = definition["allOf"].as_array().cloned().unwrap_or_else(|| vec![definition.clone()]);
    let has = |member: &str| parts.iter().any(|part| part["properties"].get(member).is_some());
    let method = parts.iter().any(|part| part["properties"]["method"].get("const").is_some());
    let wrapped = parts.len() > 1 && parts[0].get("$ref").is_some();
    let response = name.ends_with("ResultResponse");
    let error = ERROR_RESPONSES.contains(&name) || name.ends_with("ErrorResponse") || (has("error") && has("jsonrpc"));
    let generic = name.starts_with("JSONRPC") && has("jsonrpc");
    (method && (wrapped || has("jsonrpc"))) || response || error || generic || name.starts_with("JSONRPCBatch")
}
