//! Where two places of the text contradict each other, and we warn where the official file refuses.

use serde_json::Value;

use super::{Difference, Refuses, last};

/// What a side can do with tasks.
const TASK_FLAGS: [&str; 5] = ["list", "cancel", "createMessage", "create", "call"];

pub const DIFFERENCES: &[Difference] = &[
    Difference {
        name: "no further page as null",
        revisions: ">=2026-07-28",
        refuses: Refuses::They,
        because: "`nextCursor` is a string or absent, but the pagination page speaks of cursors that are not null, as if \
                  null meant that there is no other page: we warn (server/utilities/pagination#implementation-guidelines)",
        examples: &[("PaginatedResult", r#"{"resultType":"complete","nextCursor":null}"#)],
        explains: |case, complaint| {
            complaint.rule == "type"
                && last(&complaint.pointer) == "nextCursor"
                && case.at(complaint).is_some_and(Value::is_null)
        },
    },
    Difference {
        name: "other formats of fields",
        revisions: ">=2026-07-28",
        refuses: Refuses::They,
        because: "a form asks for one of four formats, in a list that is not said to be closed, and clients know more of \
                  them from JSON Schema: we warn (StringSchema.format, client/elicitation#requested-schema)",
        examples: &[("StringSchema", r#"{"type":"string","format":"time"}"#)],
        explains: |case, complaint| {
            complaint.rule == "enum"
                && last(&complaint.pointer) == "format"
                && case.at(complaint).is_some_and(Value::is_string)
        },
    },
    Difference {
        name: "task capabilities as true",
        revisions: "=2025-11-25",
        refuses: Refuses::They,
        because: "the tasks page calls the parts of the capability boolean properties, its examples and `schema.ts` have \
                  objects: we warn (basic/utilities/tasks#capabilities)",
        examples: &[("ServerCapabilities", r#"{"tasks":{"list":true}}"#)],
        explains: |case, complaint| {
            complaint.rule == "type"
                && complaint.pointer.contains("tasks/")
                && TASK_FLAGS.contains(&last(&complaint.pointer))
                && case.at(complaint).is_some_and(Value::is_boolean)
        },
    },
    Difference {
        name: "true as the schema of a property",
        revisions: "<=2025-11-25",
        refuses: Refuses::They,
        because: "the property of a tool's schema is an object in `schema.ts`, but JSON Schema knows true and false as \
                  well, and tools publish JSON Schemas: we warn (Tool.inputSchema.properties)",
        examples: &[("Tool", r#"{"name":"a","inputSchema":{"type":"object","properties":{"x":true}}}"#)],
        explains: |case, complaint| {
            let in_schema = ["/inputSchema/properties/", "/outputSchema/properties/"]
                .into_iter()
                .any(|within| format!("/{}", complaint.pointer).contains(within));
            complaint.rule == "type" && in_schema && case.at(complaint).is_some_and(Value::is_boolean)
        },
    },
];
