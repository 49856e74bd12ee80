//! Completion: what could stand where the user is typing.

use super::base::{BOOLEAN, NAMED, NAMED_TEXTS, REQUEST_PARAMS, RESULT, TEXT, WHOLE};
use crate::schema::language::{Span, Type, V2025_06_18, constant, either, list, may, must, object, part, text, word};

pub static PARAMS: Type = object(
    "CompleteRequestParams",
    "what the user has typed, and where",
    &[
        must("ref", &REFERENCE),
        must("argument", &part(&[must("name", &TEXT), must("value", &TEXT)])),
        may("context", &part(&[may("arguments", &NAMED_TEXTS)])).since(V2025_06_18),
    ],
)
.with(&[&REQUEST_PARAMS]);

static REFERENCE: Type = either(
    "",
    "a prompt, or a pattern of addresses",
    "type",
    &[word("ref/prompt").is(&PROMPT_REFERENCE), word("ref/resource").is(&TEMPLATE_REFERENCE)],
);

static PROMPT_REFERENCE: Type =
    object("PromptReference", "which prompt is meant", &[must("type", &constant(&[word("ref/prompt")]))])
        .with(&[&NAMED]);

static TEMPLATE_REFERENCE: Type = object(
    "ResourceTemplateReference",
    "which resources are meant",
    &[must("type", &constant(&[word("ref/resource")])), must("uri", &text(&[(Span::ALWAYS, "uri-template")]))],
);

pub static COMPLETE_RESULT: Type =
    object("CompleteResult", "what could stand there", &[must("completion", &COMPLETION)]).with(&[&RESULT]);

static HUNDRED_TEXTS: Type = list(&TEXT).at_most(100);

static COMPLETION: Type = part(&[must("values", &HUNDRED_TEXTS), may("total", &WHOLE), may("hasMore", &BOOLEAN)]);
