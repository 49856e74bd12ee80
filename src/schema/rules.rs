//! The rules that a message can break, by name: those of a type, of a format, of the envelope, of a schema inside.

use std::{collections::HashMap, sync::LazyLock};

use super::{
    edition::Edition,
    formats::FORMATS,
    language::{Case, Shape, Span, Tag, Type},
};
use crate::model::Revision;

/// The rule of what belongs to no type with a name: the envelope.
pub const ENVELOPE: &str = "JSONRPCMessage";
/// The rule of what is wrong with a schema inside a message.
pub const JSON_SCHEMA: &str = "json-schema";

/// The name of every rule, of any revision.
pub fn rules() -> &'static [&'static str] {
    static RULES: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let formats = FORMATS.iter().map(|format| format.name);
        let mut rules: Vec<_> = types().map(|of| of.name).chain(formats).chain([ENVELOPE, JSON_SCHEMA]).collect();
        rules.sort_unstable();
        rules.dedup();
        rules
    });
    &RULES
}

/// What the type is that a rule belongs to; empty for other rules.
pub fn about(rule: &str) -> String {
    named(rule).map(|of| format!("{rule}: {}", of.about)).unwrap_or_default()
}

/// Since when a type knows a word: what is wrong in one revision may be right in a later one.
pub fn known_since(rule: &str, word: &str) -> Option<&'static str> {
    let span = match &named(rule)?.shape {
        Shape::Either(_, cases) => {
            let named = |case: &&Case| matches!(case.tag, Tag::Text(known) if known == word);
            cases.iter().find(named).map(|case| case.span)
        }
        Shape::Words(words) => words.iter().find(|known| known.text == word).map(|known| known.span),
        _ => None,
    };
    span.map(Span::beginning)
}

fn named(rule: &str) -> Option<&'static Type> {
    static NAMED: LazyLock<HashMap<&str, &Type>> = LazyLock::new(|| types().map(|of| (of.name, of)).collect());
    NAMED.get(rule).copied()
}

fn types() -> impl Iterator<Item = &'static Type> {
    Revision::ALL.into_iter().flat_map(|revision| Edition::of(revision).types())
}
