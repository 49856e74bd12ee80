//! Choices: an any-of takes a broken value of one kind, as soon as it passes for a value of another one. Each of these
//! asks the official definition of the kind that was meant, and that one has to have the same complaint.

use serde_json::Value;

use super::{Case, Difference, Refuses, last, parent};
use crate::official::Complaint;

pub const DIFFERENCES: &[Difference] = &[
    Difference {
        name: "results that pass for a question",
        revisions: ">=2026-07-28",
        refuses: Refuses::We,
        because: "InputRequiredResult requires nothing but `resultType`, so that its any-of with a result takes every \
                  object; `resultType` tells what was meant (CallToolResultResponse, basic/index#resulttype)",
        examples: &[(
            "CallToolResultResponse",
            r#"{"jsonrpc":"2.0","id":1,"result":{"resultType":"complete","content":"a"}}"#,
        )],
        explains: |case, complaint| {
            let kind = case.value.pointer("/result/resultType");
            kind.is_some_and(|kind| kind == "complete")
                && may_ask_back(case).is_some_and(|result| case.is_shared(complaint, "/result", result))
        },
    },
    Difference {
        name: "questions that ask nothing",
        revisions: ">=2026-07-28",
        refuses: Refuses::We,
        because: "at least one of `inputRequests` and `requestState` has to be there, which the file does not say \
                  (InputRequiredResult, basic/patterns/mrtr#server-requirements-basic-workflow)",
        examples: &[("InputRequiredResult", r#"{"resultType":"input_required"}"#)],
        explains: |case, complaint| {
            let asks = |result: &Value| ["inputRequests", "requestState"].into_iter().any(|m| result.get(m).is_some());
            complaint.rule == "InputRequiredResult" && case.at(complaint).is_some_and(|result| !asks(result))
        },
    },
    Difference {
        name: "results of extensions",
        revisions: ">=2026-07-28",
        refuses: Refuses::They,
        because: "a `resultType` that the core does not know belongs to an extension, which alone knows what the result \
                  holds; the file takes it for a question (basic/index#resulttype)",
        examples: &[(
            "CallToolResultResponse",
            r#"{"jsonrpc":"2.0","id":1,"result":{"resultType":"task","requestState":1}}"#,
        )],
        explains: |case, complaint| {
            let kind = case.value.pointer("/result/resultType").and_then(Value::as_str);
            complaint.pointer.starts_with("/result")
                && may_ask_back(case).is_some()
                && kind.is_some_and(|kind| !["complete", "input_required"].contains(&kind))
        },
    },
    Difference {
        name: "answers that pass for others",
        revisions: ">=2026-07-28",
        refuses: Refuses::We,
        because: "an answer to a question of the server is a choice without a tag; what has an `action` answers an \
                  elicitation, what has `roots` lists roots (InputResponse)",
        examples: &[("InputResponse", r#"{"action":"maybe","roots":[]}"#)],
        explains: |case, complaint| is_meant(case, complaint, input_response),
    },
    Difference {
        name: "results that pass for tasks",
        revisions: "=2025-11-25",
        refuses: Refuses::We,
        because: "a request may be answered with a task instead of its result; what has `content` is a result of a tool, \
                  else what has a `task` is a task (basic/utilities/tasks#creating-tasks)",
        examples: &[(
            "CallToolResultResponse",
            r#"{"jsonrpc":"2.0","id":1,"result":{"content":"a","task":{"taskId":"1","status":"working","createdAt":"2025-11-25T10:00:00Z","lastUpdatedAt":"2025-11-25T10:00:00Z","ttl":null}}}"#,
        )],
        explains: |case, complaint| is_meant(case, complaint, result_or_task),
    },
    Difference {
        name: "choices that pass for plain texts",
        revisions: ">=2025-06-18",
        refuses: Refuses::We,
        because: "a field of a form that has `enum`, `oneOf` or `enumNames` is a choice, and a broken choice is not meant \
                  as a field for any text (PrimitiveSchemaDefinition)",
        examples: &[("PrimitiveSchemaDefinition", r#"{"type":"string","enum":"red"}"#)],
        explains: |case, complaint| is_meant(case, complaint, choice),
    },
    Difference {
        name: "either of two choices of several",
        revisions: ">=2025-11-25",
        refuses: Refuses::They,
        because: "choices of several, with names for people and without, are two definitions in the file and one of ours; \
                  their any-of agrees with us (MultiSelectEnumSchema)",
        examples: &[("UntitledMultiSelectEnumSchema", r#"{"type":"array","items":{"anyOf":[]}}"#)],
        explains: |case, complaint| {
            const BOTH: &str = "MultiSelectEnumSchema";
            let is_half = case.subject.ours == BOTH && case.subject.official != BOTH;
            let union = case.official.complaints(BOTH, case.value);
            let in_items = |complaint: &Complaint| complaint.pointer.starts_with("/items");
            is_half && in_items(complaint) && !union.iter().any(in_items)
        },
    },
    Difference {
        name: "contents that are text and bytes",
        revisions: ">=2024-11-05",
        refuses: Refuses::We,
        because: "contents are a text or bytes; broken text beside bytes passes for bytes, but what has a `text` is meant \
                  as text (ReadResourceResult.contents)",
        examples: &[("EmbeddedResource", r#"{"type":"resource","resource":{"uri":"a:b","text":1,"blob":""}}"#)],
        explains: |case, complaint| is_meant(case, complaint, text_contents),
    },
    Difference {
        name: "metadata of tasks",
        revisions: "=2025-11-25",
        refuses: Refuses::We,
        because: "`_meta` is any object in the file, but `io.modelcontextprotocol/related-task` in it has to be a \
                  RelatedTaskMetadata (basic/utilities/tasks#related-task-metadata)",
        examples: &[("CallToolResult", r#"{"content":[],"_meta":{"io.modelcontextprotocol/related-task":"1"}}"#)],
        explains: |case, complaint| {
            complaint.rule == "RelatedTaskMetadata"
                && complaint.pointer.contains("io.modelcontextprotocol~1related-task")
                && case.is_shared(complaint, &related_task(&complaint.pointer), "RelatedTaskMetadata")
        },
    },
];

/// Whether some part of the value that a complaint lies in was meant to be of a kind, and the official definition of that
/// kind has the same complaint.
fn is_meant(case: &Case, complaint: &Complaint, kind: fn(&Case, &str, &Value) -> Option<&'static str>) -> bool {
    let mut part = complaint.pointer.as_str();
    loop {
        let meant = case.value.pointer(part).and_then(|value| kind(case, part, value));
        if meant.is_some_and(|definition| case.is_shared(complaint, part, definition)) {
            return true;
        }
        if part.is_empty() {
            return false;
        }
        part = parent(part);
    }
}

/// The result that a response has if it is no question.
fn may_ask_back<'a>(case: &'a Case) -> Option<&'a str> {
    let result = case.subject.official.strip_suffix("Response")?;
    ["CallToolResult", "GetPromptResult", "ReadResourceResult"].contains(&result).then_some(result)
}

fn input_response(case: &Case, part: &str, value: &Value) -> Option<&'static str> {
    let is_response = match case.subject.official.as_str() {
        "InputResponse" => part.is_empty(),
        "InputResponses" => parent(part).is_empty() && !part.is_empty(),
        _ => last(parent(part)) == "inputResponses",
    };
    let kinds = [("action", "ElicitResult"), ("roots", "ListRootsResult")];
    kinds.into_iter().find(|(member, _)| is_response && value.get(member).is_some()).map(|(_, definition)| definition)
}

fn result_or_task(case: &Case, part: &str, value: &Value) -> Option<&'static str> {
    let is_result = part == "/result";
    match case.subject.official.as_str() {
        "CallToolResultResponse" if is_result && value.get("content").is_some() => Some("CallToolResult"),
        "CallToolResultResponse" | "CreateMessageResultResponse" | "ElicitResultResponse" => {
            (is_result && value.get("task").is_some()).then_some("CreateTaskResult")
        }
        _ => None,
    }
}

fn choice(case: &Case, _: &str, value: &Value) -> Option<&'static str> {
    let is_array = value.get("type").is_some_and(|kind| kind == "array");
    if is_array && value.pointer("/items/anyOf").is_some() {
        return Some("TitledMultiSelectEnumSchema");
    }
    let kinds = [
        ("oneOf", "TitledSingleSelectEnumSchema"),
        ("enumNames", "LegacyTitledEnumSchema"),
        ("enum", "UntitledSingleSelectEnumSchema"),
        ("enum", "EnumSchema"),
        ("enumNames", "EnumSchema"),
    ];
    let definitions = case.official.definitions();
    let is_text = value.get("type").is_some_and(|kind| kind == "string");
    let known = kinds.into_iter().filter(|(_, definition)| definitions.contains_key(definition));
    known.filter(|(member, _)| is_text && value.get(member).is_some()).map(|(_, definition)| definition).next()
}

fn text_contents(_: &Case, _: &str, value: &Value) -> Option<&'static str> {
    ["text", "blob"].into_iter().all(|member| value.get(member).is_some()).then_some("TextResourceContents")
}

/// The pointer of the metadata itself.
fn related_task(pointer: &str) -> String {
    pointer.split_inclusive("related-task").next().unwrap_or_default().to_owned()
}
