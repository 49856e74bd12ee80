//! The fields of a form: a small part of JSON Schema.

use super::base::{BOOLEAN, NUMBER, TEXT, TEXTS, WHOLE};
use crate::schema::language::{
    Span, Type, V2025_11_25, V2026_07_28, constant, either, having, list, may, must, object, part, text, word, words,
};

pub static FIELD: Type = either(
    "PrimitiveSchemaDefinition",
    "a field of a form",
    "type",
    &[
        word("string").is(&STRING_OR_CHOICE),
        word("number").is(&NUMBER_FIELD),
        word("integer").is(&NUMBER_FIELD),
        word("boolean").is(&BOOLEAN_FIELD),
        word("array").is(&CHOICES).since(V2025_11_25),
    ],
);

static TITLED: Type = part(&[may("title", &TEXT), may("description", &TEXT)]);
static STRING: Type = part(&[must("type", &constant(&[word("string")]))]);

static STRING_OR_CHOICE: Type = having(
    "",
    "",
    &[
        word("oneOf").is(&TITLED_CHOICE).since(V2025_11_25),
        word("enumNames").is(&LEGACY_CHOICE),
        word("enum").is(&CHOICE),
    ],
    &STRING_FIELD,
);

static STRING_FIELD: Type = object(
    "StringSchema",
    "a field for a text",
    &[
        may("minLength", &WHOLE),
        may("maxLength", &WHOLE),
        may("format", &words("", "", &[word("email"), word("uri"), word("date"), word("date-time")]))
            .until(V2026_07_28),
        may("format", &text(&[(Span::ALWAYS, "field-format")])).since(V2026_07_28),
        may("default", &TEXT).since(V2025_11_25),
    ],
)
.with(&[&STRING, &TITLED]);

static NUMBER_FIELD: Type = object(
    "NumberSchema",
    "a field for a number",
    &[
        must("type", &words("", "", &[word("number"), word("integer")])),
        may("minimum", &NUMBER),
        may("maximum", &NUMBER),
        may("default", &NUMBER).since(V2025_11_25),
    ],
)
.with(&[&TITLED]);

static BOOLEAN_FIELD: Type = object(
    "BooleanSchema",
    "a field for yes or no",
    &[must("type", &constant(&[word("boolean")])), may("default", &BOOLEAN)],
)
.with(&[&TITLED]);

static CHOICE: Type = object(
    "UntitledSingleSelectEnumSchema",
    "a choice of one",
    &[must("enum", &TEXTS), may("default", &TEXT).since(V2025_11_25)],
)
.with(&[&STRING, &TITLED]);

static LEGACY_CHOICE: Type =
    object("LegacyTitledEnumSchema", "a choice of one, with names for people beside it", &[may("enumNames", &TEXTS)])
        .with(&[&CHOICE]);

static OPTION: Type = part(&[must("const", &TEXT), must("title", &TEXT)]);

static TITLED_CHOICE: Type = object(
    "TitledSingleSelectEnumSchema",
    "a choice of one, each with its name for people",
    &[must("oneOf", &list(&OPTION)), may("default", &TEXT)],
)
.with(&[&STRING, &TITLED]);

static CHOICES: Type = object(
    "MultiSelectEnumSchema",
    "a choice of several",
    &[
        must("type", &constant(&[word("array")])),
        must("items", &having("", "", &[word("anyOf").is(&TITLED_ITEMS)], &ITEMS)),
        may("minItems", &WHOLE),
        may("maxItems", &WHOLE),
        may("default", &TEXTS),
    ],
)
.with(&[&TITLED]);

static TITLED_ITEMS: Type = part(&[must("anyOf", &list(&OPTION))]);
static ITEMS: Type = part(&[must("type", &constant(&[word("string")])), must("enum", &TEXTS)]);
