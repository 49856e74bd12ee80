//! Whether the value of a keyword is what its rule wants, as far as it holds no schemas.

use std::collections::HashSet;

use serde_json::{Number, Value};

use super::{dialect::Dialect, keywords::Rule};

/// What was expected of the value, if it is something else.
pub(super) fn expected(rule: Rule, value: &Value, dialect: Dialect) -> Option<&'static str> {
    let (holds, expected) = match rule {
        Rule::Types => {
            (types(value), "a type (array, boolean, integer, null, number, object, string) or a list of them")
        }
        Rule::Names => (names(value, dialect), names_expected(dialect)),
        Rule::NamesMap => {
            let all = value.as_object().is_some_and(|map| map.values().all(|value| names(value, dialect)));
            (all, "lists of different names, by name")
        }
        Rule::Count => (value.as_number().is_some_and(|n| is_count(n, dialect)), "a whole number from 0 on"),
        Rule::Number => (value.is_number(), "a number"),
        Rule::AboveZero => (value.as_f64().is_some_and(|number| number > 0.0), "a number above 0"),
        Rule::Boolean => (value.is_boolean(), "true or false"),
        Rule::Reference if dialect == Dialect::Draft04 => return None,
        Rule::Text | Rule::Pattern | Rule::Reference => (value.is_string(), "a text"),
        Rule::Id => (value.as_str().is_some_and(|id| is_id(id, dialect)), "a URI reference without a fragment"),
        Rule::Anchor => {
            (value.as_str().is_some_and(|name| is_anchor(name, dialect)), "a plain name, as in $anchor: node")
        }
        Rule::Vocabulary => {
            let all = value.as_object().is_some_and(|map| map.values().all(Value::is_boolean));
            (all, "true or false, by the URI of a vocabulary")
        }
        Rule::List => (value.is_array(), "a list"),
        Rule::Schema
        | Rule::SchemaOrBoolean
        | Rule::Schemas
        | Rule::SchemaOrSchemas
        | Rule::SchemaMap
        | Rule::PatternMap
        | Rule::Dependencies => return None,
    };
    (!holds).then_some(expected)
}

/// What a list of names has to be: not empty in the oldest dialect.
pub(super) const fn names_expected(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Draft04 => "a list of different names, at least one",
        _ => "a list of different names",
    }
}

/// Whether it is a list of different names.
pub(super) fn names(value: &Value, dialect: Dialect) -> bool {
    value.as_array().is_some_and(|list| {
        let mut seen = HashSet::new();
        let differ = |name: &str, before: &[Value]| before.iter().all(|other| other.as_str() != Some(name));
        let mut each = list.iter().enumerate();
        let all = each.all(|(at, value)| match value.as_str() {
            // A short list is compared without a set, a long one in linear time.
            Some(name) if list.len() <= 16 => differ(name, &list[..at]),
            Some(name) => seen.insert(name),
            None => false,
        });
        all && !(dialect == Dialect::Draft04 && list.is_empty())
    })
}

fn types(value: &Value) -> bool {
    let is_type = |value: &Value| {
        let names = ["string", "object", "array", "integer", "number", "boolean", "null"];
        value.as_str().is_some_and(|name| names.contains(&name))
    };
    match value {
        // Seven names: a longer list repeats one.
        Value::Array(list) => {
            let differ = || (1..list.len()).all(|at| !list[..at].contains(&list[at]));
            (1..=7).contains(&list.len()) && list.iter().all(is_type) && differ()
        }
        value => is_type(value),
    }
}

/// A whole number; in the oldest dialect, 2.0 is none. What is too large for an integer was read as a float.
fn is_count(number: &Number, dialect: Dialect) -> bool {
    const TOO_LARGE: f64 = 18_446_744_073_709_551_616.0;
    let least = if dialect == Dialect::Draft04 { TOO_LARGE } else { 0.0 };
    let is_float = |value: f64| value >= least && value.fract() == 0.0;
    number.is_u64() || (number.is_f64() && number.as_f64().is_some_and(is_float))
}

fn is_id(id: &str, dialect: Dialect) -> bool {
    dialect < Dialect::Draft2019 || id.find('#').is_none_or(|at| at + 1 == id.len())
}

fn is_anchor(name: &str, dialect: Dialect) -> bool {
    let is_latest = dialect == Dialect::Draft2020;
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic() || (is_latest && c == '_'));
    let may_follow = |c: char| match c {
        ':' => !is_latest,
        '-' | '.' | '_' => true,
        c => c.is_ascii_alphanumeric(),
    };
    starts && name.chars().all(may_follow)
}
