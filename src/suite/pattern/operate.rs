//! What each operator fits.

use std::collections::HashSet;

use serde_json::Value;

use super::{
    fit::{Fit, exactly, filled},
    mismatch::{Mismatch, NOTHING, brief},
    number,
    schema::{is_valid_schema, validate, validate_by},
    text::{is_base64, is_uri},
    tree::{Form, Operator, Pattern},
};
use crate::suite::Scope;

impl Operator {
    /// Whether what stands at a place fits; `None` is a member that is not there.
    pub fn fit(&self, subject: Option<&Value>, scope: &Scope) -> Fit {
        let here = || subject.map_or_else(|| NOTHING.to_owned(), brief);
        let must = |fits: bool| {
            if fits { Ok(()) } else { Err(Mismatch::new(self.describe(), here())) }
        };
        match self {
            Self::Absent(absent) => must(subject.is_none() == *absent),
            Self::Not(pattern) if subject.is_some() || pattern.speaks_of_absence() => {
                must(pattern.fit_at(subject, scope).is_err())
            }
            Self::Any(patterns) => must(patterns.iter().any(|pattern| pattern.fit_at(subject, scope).is_ok())),
            Self::All(patterns) => patterns.iter().try_for_each(|pattern| pattern.fit_at(subject, scope)),
            _ => match subject {
                Some(subject) => self.fit_value(subject, scope, must),
                None => must(false),
            },
        }
    }

    fn fit_value(&self, subject: &Value, scope: &Scope, must: impl Fn(bool) -> Fit) -> Fit {
        match self {
            Self::Type(kinds) => must(kinds.iter().any(|kind| kind.holds(subject))),
            Self::In(values) => must(is_one_of(values, subject, scope)?),
            Self::Re(expression) => must(subject.as_str().is_some_and(|text| expression.is_match(text))),
            Self::Each(pattern) => fit_each(pattern, subject, scope, must),
            Self::Some(pattern) => must(items(subject).any(|(_, item)| pattern.fit_at(Some(item), scope).is_ok())),
            Self::Within(pattern) => must(is_within(pattern, subject, scope)),
            Self::Keys(pattern) => fit_keys(pattern, subject, scope, must),
            Self::Len(pattern) => fit_length(pattern, subject, scope, must),
            Self::Min(bound) => must(order(subject, &filled(bound, scope)?).is_some_and(std::cmp::Ordering::is_ge)),
            Self::Max(bound) => must(order(subject, &filled(bound, scope)?).is_some_and(std::cmp::Ordering::is_le)),
            Self::Eq(value) => exactly(value, subject, scope),
            Self::Base64 => must(subject.as_str().is_some_and(is_base64)),
            Self::Uri => must(subject.as_str().is_some_and(is_uri)),
            Self::Schema(validator) => validate(validator, subject),
            Self::SchemaOf(variable) => validate_by(&filled(variable, scope)?, subject),
            Self::JsonSchema => is_valid_schema(subject),
            Self::Unique(pointer) => must(is_unique(subject, pointer)),
            Self::Integral => must(number::is_integral(subject)),
            Self::Not(_) | Self::Any(_) | Self::All(_) | Self::Absent(_) => self.fit(Some(subject), scope),
        }
    }
}

impl Pattern {
    /// Whether a value could fit at all, to be told at a glance: it has all members that are asked for.
    fn may_fit(&self, value: &Value) -> bool {
        match &*self.0 {
            Form::Members(members) => value.as_object().is_some_and(|object| {
                members.iter().all(|(name, pattern)| {
                    object.contains_key(name) || pattern.speaks_of_absence() || name.contains("{{")
                })
            }),
            _ => true,
        }
    }

    /// Whether it decides about members that are not there.
    fn speaks_of_absence(&self) -> bool {
        let Form::Operators(operators) = &*self.0 else {
            return false;
        };
        operators.iter().any(|operator| match operator {
            Operator::Absent(_) => true,
            Operator::Not(pattern) => pattern.speaks_of_absence(),
            Operator::Any(patterns) | Operator::All(patterns) => patterns.iter().any(Self::speaks_of_absence),
            _ => false,
        })
    }
}

/// The items of a list, or the members of an object.
fn items(subject: &Value) -> Box<dyn Iterator<Item = (Step<'_>, &Value)> + '_> {
    match subject {
        Value::Array(items) => Box::new(items.iter().enumerate().map(|(i, item)| (Step::Item(i), item))),
        Value::Object(object) => Box::new(object.iter().map(|(name, item)| (Step::Member(name), item))),
        _ => Box::new(std::iter::empty()),
    }
}

/// Whether something inside fits, at any depth. Messages are large: what cannot fit is not tried.
fn is_within(pattern: &Pattern, subject: &Value, scope: &Scope) -> bool {
    let mut open = vec![subject];
    while let Some(value) = open.pop() {
        if pattern.may_fit(value) && pattern.fit_at(Some(value), scope).is_ok() {
            return true;
        }
        open.extend(items(value).map(|(_, item)| item).filter(|item| item.is_object() || item.is_array()));
    }
    false
}

/// One step down into a subject.
enum Step<'a> {
    Item(usize),
    Member(&'a str),
}

fn fit_each(pattern: &Pattern, subject: &Value, scope: &Scope, must: impl Fn(bool) -> Fit) -> Fit {
    must(subject.is_array() || subject.is_object())?;
    for (step, item) in items(subject) {
        pattern.fit_at(Some(item), scope).map_err(|mismatch| match step {
            Step::Item(index) => mismatch.below_item(index),
            Step::Member(name) => mismatch.below_member(name),
        })?;
    }
    Ok(())
}

fn fit_keys(pattern: &Pattern, subject: &Value, scope: &Scope, must: impl Fn(bool) -> Fit) -> Fit {
    must(subject.is_object())?;
    for name in subject.as_object().into_iter().flat_map(serde_json::Map::keys) {
        pattern
            .fit_at(Some(&Value::String(name.clone())), scope)
            .map_err(|mismatch| Mismatch::new(format!("a name that is {}", mismatch.expected), mismatch.got))?;
    }
    Ok(())
}

fn fit_length(pattern: &Pattern, subject: &Value, scope: &Scope, must: impl Fn(bool) -> Fit) -> Fit {
    let length = match subject {
        Value::Array(items) => items.len(),
        Value::Object(object) => object.len(),
        Value::String(text) => text.chars().count(),
        _ => return must(false),
    };
    pattern
        .fit_at(Some(&Value::from(length)), scope)
        .map_err(|mismatch| Mismatch::new(format!("a length of {}", mismatch.expected), mismatch.got))
}

fn is_one_of(values: &[Value], subject: &Value, scope: &Scope) -> Result<bool, Mismatch> {
    for value in values {
        if number::same(&filled(value, scope)?, subject) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn order(subject: &Value, bound: &Value) -> Option<std::cmp::Ordering> {
    match (subject, bound) {
        (Value::Number(subject), Value::Number(bound)) => number::compare(subject, bound),
        _ => None,
    }
}

fn is_unique(subject: &Value, pointer: &str) -> bool {
    let Value::Array(items) = subject else {
        return false;
    };
    let mut seen = HashSet::new();
    items.iter().filter_map(|item| item.pointer(pointer)).all(|value| seen.insert(number::canonical(value)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::suite::pattern::tests::{fits, mismatch};

    #[test]
    fn each_operator_fits_what_it_says_and_nothing_else() {
        for (text, yes, no) in [
            ("$type: string", json!("a"), json!(1)),
            ("$type: [integer, 'null']", json!(2.0), json!(2.5)),
            ("$type: object", json!({}), json!([])),
            ("$in: [1, a]", json!(1.0), json!("1")),
            ("$re: '^[a-z]+$'", json!("abc"), json!("abC")),
            ("$not: { $type: string }", json!(1), json!("a")),
            ("$not: 5", json!(6), json!(5.0)),
            ("$any: [1, { a: 1 }]", json!({ "a": 1, "b": 1 }), json!(2)),
            ("$all: [{ a: 1 }, { b: 1 }]", json!({ "a": 1, "b": 1 }), json!({ "a": 1 })),
            ("$each: { $type: string }", json!(["a", "b"]), json!(["a", 1])),
            ("$each: { $type: string }", json!({ "a": "b" }), json!("a")),
            ("$some: 1", json!([2, 1]), json!([2])),
            ("$some: 1", json!({ "x": 1 }), json!([])),
            ("$within: { a: 1 }", json!([{ "b": { "a": 1 } }]), json!([{ "b": { "a": 2 }, "a": 3 }])),
            ("$within: { a: 1, b: { $absent: true } }", json!({ "a": 1 }), json!({ "c": { "a": 1, "b": 2 } })),
            ("$keys: { $re: '^[a-z]$' }", json!({ "a": 1 }), json!({ "A": 1 })),
            ("$len: 2", json!("äö"), json!("abc")),
            ("$len: { $min: 1 }", json!([1]), json!({})),
            ("{ $min: 0, $max: 1 }", json!(0.5), json!(1.5)),
            ("$min: 0", json!(0), json!("1")),
            ("$eq: { $type: string }", json!({ "$type": "string" }), json!("a")),
            ("$eq: { a: 1 }", json!({ "a": 1 }), json!({ "a": 1, "b": 1 })),
            ("$base64: true", json!("aGk="), json!("?")),
            ("$uri: true", json!("demo://x"), json!("x")),
            ("$schema: { type: string }", json!("a"), json!(1)),
            ("$json-schema: true", json!({ "type": "string" }), json!({ "type": "text" })),
            ("$unique: /name", json!([{ "name": 1 }, { "name": 2 }, {}, {}]), json!([{ "name": 1 }, { "name": 1.0 }])),
            ("$unique: ''", json!([1, "1"]), json!([{ "a": 1, "b": 2 }, { "b": 2, "a": 1 }])),
            ("$integral: true", json!(1.0), json!(1.5)),
        ] {
            assert!(fits(text, &yes), "{text} must fit {yes}");
            assert!(!fits(text, &no), "{text} must not fit {no}");
        }
    }

    #[test]
    fn absence_is_only_what_says_so() {
        let (with, without) = (json!({ "a": 1 }), json!({}));
        for (text, fits_with, fits_without) in [
            ("a: { $absent: true }", false, true),
            ("a: { $absent: false }", true, false),
            ("a: { $not: { $absent: true } }", true, false),
            ("a: { $any: [{ $absent: true }, 2] }", false, true),
            ("a: { $any: [{ $absent: true }, 1] }", true, true),
            ("a: { $not: 2 }", true, false),
            ("a: { $type: integer }", true, false),
        ] {
            assert_eq!(fits(text, &with), fits_with, "{text}");
            assert_eq!(fits(text, &without), fits_without, "{text}");
        }
    }

    #[test]
    fn the_place_is_inside_of_the_list() {
        let subject = json!({ "tools": [{ "name": "a" }, { "name": 7 }] });
        let (place, expected, got) = mismatch("tools: { $each: { name: { $type: string } } }", &subject);
        assert_eq!((place.as_str(), expected.as_str(), got.as_str()), ("tools[1].name", "a text", "7"));
        let (place, expected, got) = mismatch("a: { $len: { $max: 2 } }", &json!({ "a": "long" }));
        assert_eq!((place.as_str(), expected.as_str(), got.as_str()), ("a", "a length of at most 2", "4"));
    }
}
