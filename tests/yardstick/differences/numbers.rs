//! Numbers that the official files want to be whole, though the text does not, and values that they do not know.

use serde_json::Value;

use super::{Difference, Refuses, last, parent};

/// Sizes, counts and spans of time.
const AMOUNTS: [&str; 9] =
    ["size", "total", "maxTokens", "ttl", "pollInterval", "minLength", "maxLength", "minItems", "maxItems"];

pub const DIFFERENCES: &[Difference] = &[
    Difference {
        name: "amounts with a fraction",
        revisions: ">=2024-11-05",
        refuses: Refuses::They,
        because: "`schema.ts` says `number` of sizes, totals, tokens, lengths and spans of time, and the file was made \
                  with `integer`; half a byte makes no sense, so we warn (Resource.size, CompleteResult.completion.total, \
                  CreateMessageRequestParams.maxTokens, Task.ttl, Task.pollInterval, StringSchema.minLength)",
        examples: &[("Resource", r#"{"uri":"a:b","name":"a","size":1.5}"#)],
        explains: |case, complaint| {
            complaint.rule == "type"
                && AMOUNTS.contains(&last(&complaint.pointer))
                && case.at(complaint).is_some_and(is_fraction)
        },
    },
    Difference {
        name: "answers with a fraction",
        revisions: ">=2025-06-18",
        refuses: Refuses::They,
        because: "a form can ask for a number, and `schema.ts` says `number` of what users answer, but the file was made \
                  with `integer` (ElicitResult.content)",
        examples: &[("ElicitResult", r#"{"action":"accept","content":{"price":9.99}}"#)],
        explains: |case, complaint| {
            let form = parent(parent(&complaint.pointer));
            complaint.rule == "type"
                && last(parent(&complaint.pointer)) == "content"
                && case.value.pointer(form).is_some_and(|form| form.get("action").is_some())
                && case.at(complaint).is_some_and(is_fraction)
        },
    },
    Difference {
        name: "settings that are null or have a fraction",
        revisions: ">=2026-07-28",
        refuses: Refuses::They,
        because: "`JSONValue` in `schema.ts` is any JSON value, in the file it has neither null nor fractions (settings \
                  of capabilities and extensions, metadata of sampling)",
        examples: &[("ServerCapabilities", r#"{"extensions":{"com.example/a":{"limit":null}}}"#)],
        explains: |case, complaint| {
            let holders = ["experimental", "extensions", "logging", "completions", "context", "tools", "form", "url"];
            let is_held = |holder: &str| complaint.pointer.contains(&format!("/{holder}/"));
            complaint.rule == "type"
                && (is_held("metadata") || holders.into_iter().any(is_held))
                && case.at(complaint).is_some_and(|value| value.is_null() || is_fraction(value))
        },
    },
];

fn is_fraction(value: &Value) -> bool {
    value.as_f64().is_some_and(|number| number.fract() != 0.0)
}
