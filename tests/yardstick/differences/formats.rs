//! Texts, names and schemas that have a grammar: JSON Schema does not judge a `format`, and the official files name few.

use super::{Difference, Refuses, last};

/// Members of schemas that are schemas of their own.
const SCHEMAS: [&str; 2] = ["inputSchema", "outputSchema"];

pub const DIFFERENCES: &[Difference] = &[
    Difference {
        name: "URIs",
        revisions: ">=2024-11-05",
        refuses: Refuses::We,
        because: "the files say `format: uri`, which validators do not judge; the resources page wants RFC 3986 \
                  (server/resources)",
        examples: &[("Root", r#"{"uri":"notes.txt"}"#)],
        explains: |_, complaint| complaint.rule == "uri",
    },
    Difference {
        name: "URI templates",
        revisions: ">=2024-11-05",
        refuses: Refuses::We,
        because: "the files say `format: uri-template`, which validators do not judge; the resources page wants RFC 6570 \
                  (server/resources#resource-templates)",
        examples: &[("ResourceTemplate", r#"{"name":"a","uriTemplate":"file:///{path"}"#)],
        explains: |_, complaint| complaint.rule == "uri-template",
    },
    Difference {
        name: "base64",
        revisions: ">=2024-11-05",
        refuses: Refuses::We,
        because: "the files say `format: byte`, which validators do not judge; images, sound and bytes are base64 by the \
                  prompts and resources pages (server/prompts#image-content, server/resources#binary-content, `@format byte` in schema.ts)",
        examples: &[("ImageContent", r#"{"type":"image","mimeType":"image/png","data":"not base64"}"#)],
        explains: |_, complaint| complaint.rule == "byte" && ["data", "blob"].contains(&last(&complaint.pointer)),
    },
    Difference {
        name: "times of tasks",
        revisions: "=2025-11-25",
        refuses: Refuses::We,
        because: "both times have to be ISO 8601 timestamps, the file says no more than string \
                  (basic/utilities/tasks#ttl-and-resource-management)",
        examples: &[(
            "Task",
            r#"{"taskId":"1","status":"working","createdAt":"today","lastUpdatedAt":"2025-11-25T10:00:00Z","ttl":null}"#,
        )],
        explains: |_, complaint| {
            complaint.rule == "timestamp" && ["createdAt", "lastUpdatedAt"].contains(&last(&complaint.pointer))
        },
    },
    Difference {
        name: "sources of icons",
        revisions: ">=2025-11-25",
        refuses: Refuses::We,
        because: "an icon lies at an HTTP address or in a `data:` URI; any other scheme, and none, is refused \
                  (basic/index#icons)",
        examples: &[("Icon", r#"{"src":"icons/a.png"}"#)],
        explains: |_, complaint| complaint.rule == "icon-src" && last(&complaint.pointer) == "src",
    },
    Difference {
        name: "keys of metadata",
        revisions: ">=2025-06-18",
        refuses: Refuses::We,
        because: "the keys of `_meta` have a grammar, which the files do not write down (basic/index#meta)",
        examples: &[("TextContent", r#"{"type":"text","text":"a","_meta":{"my key":1}}"#)],
        explains: |_, complaint| complaint.rule.starts_with("meta-key-"),
    },
    Difference {
        name: "identifiers of extensions",
        revisions: ">=2026-07-28",
        refuses: Refuses::We,
        because: "extensions are named like keys of `_meta`, with a prefix, which the file does not write down \
                  (basic/versioning#extension-negotiation)",
        examples: &[("ServerCapabilities", r#"{"extensions":{"tasks":{}}}"#)],
        explains: |_, complaint| complaint.rule == "extension-id" && complaint.pointer.contains("extensions/"),
    },
    Difference {
        name: "schemas of tools",
        revisions: ">=2024-11-05",
        refuses: Refuses::We,
        because: "what a tool publishes has to be a valid JSON Schema; the files look at its root only, and not at its \
                  keywords (Tool.inputSchema, server/tools#tool, basic/index#schema-validation)",
        examples: &[("Tool", r#"{"name":"a","inputSchema":{"type":"object","properties":{"x":{"type":"text"}}}}"#)],
        explains: |_, complaint| {
            let mut names = complaint.pointer.split('/');
            complaint.rule == "json-schema" && names.any(|name| SCHEMAS.contains(&name))
        },
    },
];
