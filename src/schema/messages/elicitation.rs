//! Elicitation: a server that asks the user, in a form or on a page of its own.

use super::{
    base::{LEGACY_RESULT, NAMED_VALUES, NAMED_VALUES_AND_LISTS, NOTIFICATION_PARAMS, TEXT, TEXTS, URI},
    forms::FIELD,
    tasks::TASK_AUGMENTED,
};
use crate::schema::language::{
    Type, V2025_11_25, V2026_07_28, constant, map, may, must, object, part, switch, word, words,
};

pub static PARAMS: Type = switch(
    "mode",
    &[word("url").is(&URL_PARAMS).since(V2025_11_25), word("form").is(&FORM_PARAMS).since(V2025_11_25)],
    &FORM_PARAMS,
    &UNKNOWN_MODE,
);

static UNKNOWN_MODE: Type = part(&[must("mode", &words("", "", &[word("form"), word("url")]))]);

static FORM_PARAMS: Type = object(
    "ElicitRequestFormParams",
    "what the user is asked in a form",
    &[
        may("mode", &constant(&[word("form")])).since(V2025_11_25),
        must("message", &TEXT),
        must("requestedSchema", &FORM),
    ],
)
.with(&[&TASK_AUGMENTED]);

static FORM: Type = part(&[
    must("type", &constant(&[word("object")])),
    must("properties", &map(&FIELD)),
    may("required", &TEXTS),
    may("$schema", &TEXT).since(V2025_11_25),
]);

pub static URL_PARAMS: Type = object(
    "ElicitRequestURLParams",
    "which page the user is asked to visit",
    &[
        must("mode", &constant(&[word("url")])),
        must("message", &TEXT),
        must("url", &URI),
        must("elicitationId", &TEXT).until(V2026_07_28),
    ],
)
.with(&[&TASK_AUGMENTED]);

pub static ANSWER: Type = object(
    "ElicitResult",
    "what the user answered",
    &[
        must("action", &words("", "", &[word("accept"), word("decline"), word("cancel")])),
        may("content", &NAMED_VALUES).until(V2025_11_25),
        may("content", &NAMED_VALUES_AND_LISTS).since(V2025_11_25),
    ],
)
.with(&[&LEGACY_RESULT]);

pub static COMPLETE_PARAMS: Type = part(&[must("elicitationId", &TEXT)]).with(&[&NOTIFICATION_PARAMS]);
