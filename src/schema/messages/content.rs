//! Blocks of content: what tools give back, and what prompts and models say.

use super::{
    base::{ANYTHING, BASE64, BOOLEAN, OBJECT, ROLE, SHARE, TEXT, WITH_META},
    resources::{RESOURCE, RESOURCE_CONTENTS},
};
use crate::schema::language::{
    Span, Type, V2025_03_26, V2025_06_18, V2025_11_25, V2026_07_28, constant, either, list, may, must, object, part,
    text, word,
};

pub static ANNOTATIONS: Type = object(
    "Annotations",
    "for whom a thing is, how much it matters, and when it changed",
    &[may("audience", &list(&ROLE)), may("priority", &SHARE), may("lastModified", &LAST_MODIFIED).since(V2025_06_18)],
);

static IMAGE_TYPE: Type = text(&[(Span::ALWAYS, "image-type")]);
static AUDIO_TYPE: Type = text(&[(Span::ALWAYS, "audio-type")]);
static LAST_MODIFIED: Type = text(&[(Span::ALWAYS, "iso-8601")]);

/// A thing that has annotations.
pub static ANNOTATED: Type = part(&[may("annotations", &ANNOTATIONS)]);

pub static CONTENT_BLOCK: Type = either(
    "ContentBlock",
    "something to read, to look at or to listen to, or a resource",
    "type",
    &[
        word("text").is(&TEXT_CONTENT),
        word("image").is(&IMAGE_CONTENT),
        word("audio").is(&AUDIO_CONTENT).since(V2025_03_26),
        word("resource_link").is(&RESOURCE_LINK).since(V2025_06_18),
        word("resource").is(&EMBEDDED_RESOURCE),
    ],
);

pub static SAMPLING_BLOCK: Type = either(
    "SamplingMessageContentBlock",
    "what a user, a model or a tool says",
    "type",
    &[
        word("text").is(&TEXT_CONTENT),
        word("image").is(&IMAGE_CONTENT),
        word("audio").is(&AUDIO_CONTENT).since(V2025_03_26),
        word("tool_use").is(&TOOL_USE).since(V2025_11_25),
        word("tool_result").is(&TOOL_RESULT).since(V2025_11_25),
    ],
);

static TEXT_CONTENT: Type =
    object("TextContent", "a text", &[must("type", &constant(&[word("text")])), must("text", &TEXT)])
        .with(&[&ANNOTATED, &WITH_META]);

static IMAGE_CONTENT: Type = object(
    "ImageContent",
    "an image, in base64",
    &[must("type", &constant(&[word("image")])), must("data", &BASE64), must("mimeType", &IMAGE_TYPE)],
)
.with(&[&ANNOTATED, &WITH_META]);

static AUDIO_CONTENT: Type = object(
    "AudioContent",
    "a sound, in base64",
    &[must("type", &constant(&[word("audio")])), must("data", &BASE64), must("mimeType", &AUDIO_TYPE)],
)
.with(&[&ANNOTATED, &WITH_META]);

static RESOURCE_LINK: Type =
    object("ResourceLink", "where to find a resource", &[must("type", &constant(&[word("resource_link")]))])
        .with(&[&RESOURCE]);

static EMBEDDED_RESOURCE: Type = object(
    "EmbeddedResource",
    "a copy of a resource",
    &[must("type", &constant(&[word("resource")])), must("resource", &RESOURCE_CONTENTS)],
)
.with(&[&ANNOTATED, &WITH_META]);

static TOOL_USE: Type = object(
    "ToolUseContent",
    "a model that wants to use a tool",
    &[must("type", &constant(&[word("tool_use")])), must("id", &TEXT), must("name", &TEXT), must("input", &OBJECT)],
)
.with(&[&WITH_META]);

static TOOL_RESULT: Type = object(
    "ToolResultContent",
    "what a tool gave back to a model",
    &[
        must("type", &constant(&[word("tool_result")])),
        must("toolUseId", &TEXT),
        must("content", &list(&CONTENT_BLOCK)),
        may("structuredContent", &OBJECT).until(V2026_07_28),
        may("structuredContent", &ANYTHING).since(V2026_07_28),
        may("isError", &BOOLEAN),
    ],
)
.with(&[&WITH_META]);
