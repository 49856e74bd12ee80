//! What has to hold of the judge, whatever it is given.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{Judged, Side, Subject, Validators, judge};
use crate::{model::Revision, wire::classify};

/// Words that lead deep into the description.
const WORDS: &[&str] = &[
    "content",
    "type",
    "text",
    "image",
    "data",
    "mimeType",
    "resource",
    "uri",
    "blob",
    "tools",
    "name",
    "inputSchema",
    "outputSchema",
    "properties",
    "items",
    "$ref",
    "#",
    "$schema",
    "$id",
    "pattern",
    "enum",
    "object",
    "array",
    "string",
    "annotations",
    "audience",
    "priority",
    "icons",
    "src",
    "sizes",
    "_meta",
    "io.modelcontextprotocol/x",
    "nextCursor",
    "resultType",
    "complete",
    "input_required",
    "inputRequests",
    "method",
    "elicitation/create",
    "params",
    "mode",
    "url",
    "form",
    "requestedSchema",
    "task",
    "taskId",
    "status",
    "messages",
    "role",
    "user",
    "contents",
    "completion",
    "values",
    "capabilities",
    "protocolVersion",
    "supportedVersions",
    "ttlMs",
    "a~b/c",
    "",
];

const METHODS: &[&str] = &[
    "initialize",
    "server/discover",
    "tools/list",
    "tools/call",
    "resources/read",
    "prompts/get",
    "completion/complete",
    "sampling/createMessage",
    "elicitation/create",
    "tasks/get",
    "notifications/progress",
    "notifications/message",
    "x",
];

fn word() -> impl Strategy<Value = String> {
    prop_oneof![4 => prop::sample::select(WORDS).prop_map(str::to_owned), 1 => "\\PC{0,12}"]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        word().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 80, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((word(), inner), 0..7).prop_map(|members| Value::Object(Map::from_iter(members))),
        ]
    })
}

fn message() -> impl Strategy<Value = Value> {
    let method = || prop::sample::select(METHODS);
    prop_oneof![
        value().prop_map(|result| json!({ "jsonrpc": "2.0", "id": 1, "result": result })),
        value().prop_map(|error| json!({ "jsonrpc": "2.0", "id": 1, "error": error })),
        (method(), value())
            .prop_map(|(method, params)| json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params })),
        (method(), value())
            .prop_map(|(method, params)| json!({ "jsonrpc": "2.0", "method": method, "params": params })),
        value(),
    ]
}

proptest! {
    #[test]
    fn whatever_is_said_is_judged_in_few_words_that_fit(
        said in message(),
        asked in prop::option::of(prop::sample::select(METHODS)),
        revision in prop::sample::select(Revision::ALL.to_vec()),
        side in prop::sample::select(vec![Side::Client, Side::Server]),
    ) {
        let message = classify(said);
        let Judged::As(subject, problems) = judge(revision, side, &message, asked) else { return Ok(()) };
        prop_assert!(problems.len() <= 50);
        prop_assert_eq!(Validators::of(revision).problems(&subject, &message.value), Some(problems.clone()));
        for problem in problems {
            prop_assert!(!problem.expected.is_empty() && !problem.got.is_empty() && !problem.rule.is_empty(), "{problem:?}");
            let is_there = message.value.pointer(&problem.pointer).is_some();
            let is_missing = problem.pointer.rsplit_once('/').is_some_and(|(parent, _)| message.value.pointer(parent).is_some());
            prop_assert!(is_there || is_missing, "{problem:?}");
            prop_assert!(problem.got.len() < 1000, "{problem:?}");
        }
    }

    #[test]
    fn a_value_of_any_kind_is_judged_as_any_kind(value in value(), revision in prop::sample::select(Revision::ALL.to_vec())) {
        let validators = Validators::of(revision);
        for of in validators.edition().types() {
            prop_assert!(validators.problems(&Subject::Type(of.name.to_owned()), &value).is_some());
        }
    }
}
