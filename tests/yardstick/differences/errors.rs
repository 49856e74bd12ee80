//! Errors: their ids, and which of them is meant.

use serde_json::Value;

use super::{Case, Difference, Refuses, last};

pub const DIFFERENCES: &[Difference] = &[
    Difference {
        name: "errors without an id",
        revisions: "<=2025-06-18",
        refuses: Refuses::They,
        because: "the files want an id on every error, but what cannot be read has no id that could be repeated; from \
                  2025-11-25 on the files agree (JSONRPCErrorResponse.id)",
        examples: &[("JSONRPCErrorResponse", r#"{"jsonrpc":"2.0","error":{"code":-32700,"message":"a"}}"#)],
        explains: |case, complaint| {
            let (is_error, is_whole) = (case.value.get("error").is_some(), complaint.pointer.is_empty());
            let is_id = complaint.rule == "required" && complaint.text.starts_with("\"id\"");
            is_error && is_whole && is_id && case.subject.ours == "JSONRPCErrorResponse"
        },
    },
    Difference {
        name: "errors whose id is null",
        revisions: ">=2024-11-05",
        refuses: Refuses::They,
        because: "JSON-RPC 2.0, which every message has to follow, wants null where the id could not be read \
                  (basic/index, basic/messages)",
        examples: &[("JSONRPCErrorResponse", r#"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"a"}}"#)],
        explains: |case, complaint| {
            case.subject.ours == "JSONRPCErrorResponse"
                && complaint.rule == "type"
                && complaint.pointer == "/id"
                && case.at(complaint).is_some_and(Value::is_null)
        },
    },
    Difference {
        name: "version errors that repeat no version",
        revisions: ">=2026-07-28",
        refuses: Refuses::They,
        because: "the error repeats the version that the request named, and a request from before this revision names \
                  none; where one was named, the check errors/data wants it (UnsupportedProtocolVersionError, \
                  basic/versioning#protocol-version-negotiation)",
        examples: &[(
            "UnsupportedProtocolVersionError",
            r#"{"jsonrpc":"2.0","error":{"code":-32022,"message":"a","data":{"supported":[]}}}"#,
        )],
        explains: |case, complaint| {
            let is_missing = complaint.rule == "required" && complaint.text.starts_with("\"requested\"");
            is_missing
                && case.subject.official == "UnsupportedProtocolVersionError"
                && complaint.pointer == "/error/data"
        },
    },
    Difference {
        name: "errors of another code",
        revisions: ">=2025-11-25",
        refuses: Refuses::They,
        because: "the file has a definition for each of some codes; we have one for all errors, the code tells which \
                  data belongs to it, and whether it is the right code is for the checks to say \
                  (URLElicitationRequiredError, ParseError and others)",
        examples: &[
            ("URLElicitationRequiredError", r#"{"jsonrpc":"2.0","error":{"code":-32603,"message":"a"}}"#),
            ("ParseError", r#"{"code":-32603,"message":"a"}"#),
        ],
        explains: |case, complaint| {
            let is_narrower = case.subject.official != case.subject.ours;
            let of_error = ["code", "error", "data"].contains(&last(&complaint.pointer))
                || complaint.pointer.contains("/data/")
                || complaint.pointer.is_empty();
            is_narrower && of_error && has_other_code(case)
        },
    },
];

/// Whether the code is not the one that the definition is about.
fn has_other_code(case: &Case) -> bool {
    let theirs = case.official.complaints(&case.subject.official, case.value);
    theirs.iter().any(|complaint| complaint.rule == "const" && last(&complaint.pointer) == "code")
}
