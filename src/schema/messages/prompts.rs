//! Prompts: texts that a user can choose.

use super::{
    base::{BOOLEAN, NAMED, NAMED_TEXTS, RESULT, ROLE, TEXT, WITH_ICONS, WITH_META},
    content::CONTENT_BLOCK,
    input::ANSWERS,
    lists::{CACHEABLE, PAGINATED},
};
use crate::schema::language::{Type, list, may, must, object};

static PROMPT: Type = object(
    "Prompt",
    "a text that a user can choose",
    &[may("description", &TEXT), may("arguments", &list(&PROMPT_ARGUMENT))],
)
.with(&[&NAMED, &WITH_ICONS, &WITH_META]);

static PROMPT_ARGUMENT: Type = object(
    "PromptArgument",
    "a blank in a prompt that the user fills",
    &[may("description", &TEXT), may("required", &BOOLEAN)],
)
.with(&[&NAMED]);

pub static LIST_RESULT: Type =
    object("ListPromptsResult", "prompts to choose from", &[must("prompts", &list(&PROMPT))])
        .with(&[&PAGINATED, &CACHEABLE]);

pub static GET_PARAMS: Type = object(
    "GetPromptRequestParams",
    "which prompt is wanted, with its blanks filled",
    &[must("name", &TEXT), may("arguments", &NAMED_TEXTS)],
)
.with(&[&ANSWERS]);

pub static GET_RESULT: Type = object(
    "GetPromptResult",
    "a prompt with its blanks filled",
    &[may("description", &TEXT), must("messages", &list(&PROMPT_MESSAGE))],
)
.with(&[&RESULT]);

static PROMPT_MESSAGE: Type = object(
    "PromptMessage",
    "a part of a prompt, and who says it",
    &[must("role", &ROLE), must("content", &CONTENT_BLOCK)],
);
