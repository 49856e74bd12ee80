//! Schemas that hold at the same time, and how to read them together.

use serde_json::{Map, Value};

/// Schemas that hold at the same time, each with the name of its place.
pub type Parts = Vec<(String, Map<String, Value>)>;

/// The member of a document that keeps its definitions: the dialects call it by two names.
pub fn place(document: &Value) -> &'static str {
    if document.get("$defs").is_some() { "$defs" } else { "definitions" }
}

/// Keywords that say nothing about values, as those of one's own that begin with an `x-`.
pub fn is_silent(keyword: &str) -> bool {
    let silent = ["description", "title", "default", "$schema", "$id", "$comment", "$defs", "definitions", "examples"];
    silent.contains(&keyword) || (keyword.starts_with("x-") && keyword != crate::conditions::ABSENT)
}

/// Take a keyword out of the first part that has it.
pub fn take<T>(parts: &mut Parts, keyword: &str, read: impl Fn(&str, &Value) -> T) -> Option<T> {
    let (place, schema) = parts.iter_mut().find(|(_, schema)| schema.contains_key(keyword))?;
    let value = schema.shift_remove(keyword)?;
    Some(read(place, &value))
}

/// The types that all parts allow; `None` when no part names any.
pub fn kinds(parts: &Parts) -> Option<Vec<String>> {
    let named = parts.iter().filter_map(|(_, schema)| match schema.get("type") {
        Some(Value::String(kind)) => Some(vec![kind.clone()]),
        Some(kinds) => Some(texts(Some(kinds)).map(str::to_owned).collect()),
        None if schema.contains_key("properties") || schema.contains_key("required") => Some(vec!["object".to_owned()]),
        None => None,
    });
    named.reduce(|some, others| {
        let shared =
            |kind: &String| others.contains(kind) || (kind == "integer" && others.iter().any(|k| k == "number"));
        let narrower = others.iter().filter(|kind| *kind == "integer" && some.iter().any(|kind| kind == "number"));
        some.iter().filter(|kind| shared(kind)).chain(narrower).cloned().collect()
    })
}

/// What all parts say of a bound.
pub fn bounds(parts: &Parts, keyword: &str) -> impl Iterator<Item = f64> {
    parts.iter().filter_map(move |(_, schema)| schema.get(keyword)?.as_f64())
}

/// A bound of a count.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts in a schema are small")]
pub fn whole(bound: f64) -> usize {
    bound as usize
}

/// The keywords of a schema; `true` has none.
pub fn members(schema: &Value) -> Map<String, Value> {
    schema.as_object().cloned().unwrap_or_default()
}

/// The items of an array.
pub fn array(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

/// The texts of an array.
pub fn texts(value: Option<&Value>) -> impl Iterator<Item = &str> {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

/// The definition that a schema refers to.
pub fn target(schema: &Map<String, Value>) -> Option<&str> {
    schema.get("$ref")?.as_str()?.rsplit('/').next()
}

/// The definition that a reference names.
pub fn last(reference: &Value) -> String {
    reference.as_str().and_then(|reference| reference.rsplit('/').next()).unwrap_or_default().to_owned()
}
