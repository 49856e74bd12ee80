//! Tools: what can be called.

use super::{
    base::{ANYTHING, BOOLEAN, NAMED, OBJECT, RESULT, TEXT, WITH_ICONS, WITH_META},
    content::CONTENT_BLOCK,
    input::ANSWERS,
    lists::{CACHEABLE, PAGINATED},
    tasks::TASK_AUGMENTED,
};
use crate::schema::language::{
    Span, Type, V2025_03_26, V2025_06_18, V2025_11_25, V2026_07_28, constant, list, map, may, must, object, part, text,
    word, words,
};

pub static TOOL: Type = object(
    "Tool",
    "something that a model can call",
    &[
        must("name", &text(&[(Span::ALWAYS.since(V2025_11_25), "tool-name")])),
        may("description", &TEXT),
        must("inputSchema", &INPUT_SCHEMA),
        may("outputSchema", &INPUT_SCHEMA).since(V2025_06_18).until(V2026_07_28),
        may("outputSchema", &OUTPUT_SCHEMA).since(V2026_07_28),
        may("annotations", &TOOL_ANNOTATIONS).since(V2025_03_26),
        may("execution", &TOOL_EXECUTION).since(V2025_11_25).until(V2026_07_28),
    ],
)
.with(&[&NAMED, &WITH_ICONS, &WITH_META]);

/// A schema whose values are objects. `true` is a schema in JSON Schema, yet no object as MCP wants it of a property.
static INPUT_SCHEMA: Type = part(&[
    must("type", &constant(&[word("object")])),
    may("$schema", &TEXT).since(V2025_11_25),
    may("properties", &map(&OBJECT).tolerating("boolean")).until(V2026_07_28),
    may("required", &list(&TEXT)).until(V2026_07_28),
])
.json_schema();

/// A schema of any values.
static OUTPUT_SCHEMA: Type = part(&[may("$schema", &TEXT)]).json_schema();

static TOOL_ANNOTATIONS: Type = object(
    "ToolAnnotations",
    "hints at what a tool does to the world",
    &[
        may("title", &TEXT),
        may("readOnlyHint", &BOOLEAN),
        may("destructiveHint", &BOOLEAN),
        may("idempotentHint", &BOOLEAN),
        may("openWorldHint", &BOOLEAN),
    ],
);

static TOOL_EXECUTION: Type = object(
    "ToolExecution",
    "whether a tool runs as a task",
    &[may("taskSupport", &words("", "", &[word("forbidden"), word("optional"), word("required")]))],
);

pub static LIST_RESULT: Type = object("ListToolsResult", "tools that can be called", &[must("tools", &list(&TOOL))])
    .with(&[&PAGINATED, &CACHEABLE]);

pub static CALL_PARAMS: Type = object(
    "CallToolRequestParams",
    "which tool to call, and with what",
    &[must("name", &TEXT), may("arguments", &OBJECT)],
)
.with(&[&ANSWERS, &TASK_AUGMENTED]);

pub static CALL_RESULT: Type = object(
    "CallToolResult",
    "what a tool gives back",
    &[
        must("content", &list(&CONTENT_BLOCK)),
        may("structuredContent", &OBJECT).since(V2025_06_18).until(V2026_07_28),
        may("structuredContent", &ANYTHING).since(V2026_07_28),
        may("isError", &BOOLEAN),
    ],
)
.with(&[&RESULT]);
