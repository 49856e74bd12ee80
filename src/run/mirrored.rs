//! The arguments that travel as headers: what the header has to say, what would be wrong, and the call without it.

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Map, Value, json};

use crate::instances::smallest;

/// How deep a schema is looked into.
const DEPTH: usize = 16;

/// Each argument of these calls that the schema of its tool wants in a header, one after the other.
pub(super) fn mirrored(calls: &[Value]) -> Vec<Value> {
    let mut all = Vec::new();
    for call in calls {
        let mut places = Vec::new();
        if let Some(schema) = call.pointer("/tool/inputSchema") {
            look(schema, &[], &mut places);
        }
        all.extend(places.iter().filter_map(|place| told(call, place)));
    }
    all
}

/// An argument with a header of its own.
struct Place<'s> {
    /// The members that lead to it.
    path: Vec<&'s str>,
    schema: &'s Value,
    header: &'s str,
    required: bool,
}

fn look<'s>(schema: &'s Value, path: &[&'s str], places: &mut Vec<Place<'s>>) {
    if path.len() == DEPTH {
        return;
    }
    let required = schema.get("required").and_then(Value::as_array);
    for (name, member) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let path = [path, &[name.as_str()]].concat();
        match member.get("x-mcp-header").and_then(Value::as_str) {
            Some(header) => {
                let required = required.is_some_and(|names| names.iter().any(|other| other == name));
                places.push(Place { path, schema: member, header, required });
            }
            None => look(member, &path, places),
        }
    }
}

/// What a suite sees of an argument; nothing where its value cannot stand in a header as it is.
fn told(call: &Value, place: &Place<'_>) -> Option<Value> {
    let (last, above) = place.path.split_last()?;
    let with = |value: Value| changed(call, above, |object| object.insert((*last).to_owned(), value));
    let given = place.path.iter().try_fold(call.get("arguments")?, |value, name| value.get(name));
    let value = given.filter(|value| !value.is_null()).cloned().or_else(|| smallest(place.schema))?;
    let (kind, wrong, odd) = variants(&value)?;
    let said = text(&value);
    if said.is_empty() || !said.bytes().all(|byte| byte.is_ascii_graphic()) || said.starts_with("=?") {
        return None;
    }
    let kinds = place.schema.get("type").and_then(Value::as_array);
    let nullable = kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind == "null"));
    let without = changed(call, above, |object| object.shift_remove(*last));
    Some(json!({
        "tool": call.get("tool"),
        "arguments": with(value)?,
        "header": format!("Mcp-Param-{}", place.header),
        "value": said,
        "wrapped": format!("=?base64?{}?=", BASE64_STANDARD.encode(&said)),
        "wrong": text(&wrong),
        "odd": odd,
        "kind": kind,
        "nested": !above.is_empty(),
        "without": without.filter(|_| !place.required),
        "null": if nullable { with(Value::Null) } else { None },
    }))
}

/// The kind of a value, another value of that kind, and another spelling of this one.
fn variants(value: &Value) -> Option<(&'static str, Value, Option<String>)> {
    match value {
        Value::String(text) => Some(("string", json!(format!("{text}-litmus")), None)),
        Value::Bool(is) => Some(("boolean", json!(!is), Some(if *is { "True" } else { "False" }.to_owned()))),
        Value::Number(number) => {
            let next = number.as_i64()?.checked_add(1)?;
            Some(("integer", json!(next), Some(format!("{number}.0"))))
        }
        _ => None,
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The arguments of a call after a change in the object at a path.
fn changed<T>(call: &Value, path: &[&str], change: impl FnOnce(&mut Map<String, Value>) -> T) -> Option<Value> {
    let mut arguments = call.get("arguments")?.clone();
    let mut object = arguments.as_object_mut()?;
    for name in path {
        object = object.entry(*name).or_insert_with(|| json!({})).as_object_mut()?;
    }
    change(object);
    Some(arguments)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(schema: &Value, arguments: &Value) -> Vec<Value> {
        mirrored(&[json!({ "tool": { "name": "t", "inputSchema": schema }, "arguments": arguments })])
    }

    #[test]
    fn an_argument_is_told_with_all_that_can_be_asked_about_it() {
        let region = json!({ "type": ["string", "null"], "x-mcp-header": "Region" });
        let told = of(&json!({ "properties": { "region": region } }), &json!({ "region": "eu", "other": 1 }));
        assert_eq!(told.len(), 1);
        let tool = told[0]["tool"].clone();
        assert_eq!(
            told[0],
            json!({
                "tool": tool, "arguments": { "region": "eu", "other": 1 }, "header": "Mcp-Param-Region", "value": "eu",
                "wrapped": "=?base64?ZXU=?=", "wrong": "eu-litmus", "odd": null, "kind": "string", "nested": false,
                "without": { "other": 1 }, "null": { "region": null, "other": 1 },
            })
        );
    }

    #[test]
    fn what_a_call_leaves_out_is_put_in() {
        let steps = json!({ "type": "integer", "default": 4, "x-mcp-header": "Steps" });
        let schema = json!({ "properties": { "deep": { "properties": { "steps": steps } } } });
        let told = of(&schema, &json!({}));
        assert_eq!(told[0]["arguments"], json!({ "deep": { "steps": 4 } }));
        assert_eq!(
            [&told[0]["value"], &told[0]["wrong"], &told[0]["odd"], &told[0]["nested"], &told[0]["null"]],
            [&json!("4"), &json!("5"), &json!("4.0"), &json!(true), &Value::Null]
        );
    }

    #[test]
    fn what_is_required_is_not_left_out() {
        let schema = json!({ "properties": { "a": { "type": "boolean", "x-mcp-header": "A" } }, "required": ["a"] });
        let told = of(&schema, &json!({ "a": true }));
        assert_eq!(
            [&told[0]["without"], &told[0]["odd"], &told[0]["wrong"]],
            [&Value::Null, &json!("True"), &json!("false")]
        );
    }

    #[test]
    fn what_no_header_can_hold_as_it_is_is_left_to_others() {
        for (schema, value) in [
            (json!({ "type": "string", "x-mcp-header": "A" }), json!("é")),
            (json!({ "type": "string", "x-mcp-header": "A" }), json!("")),
            (json!({ "type": "number", "x-mcp-header": "A" }), json!(1.5)),
            (json!({ "type": "string" }), json!("a")),
        ] {
            assert_eq!(of(&json!({ "properties": { "a": schema } }), &json!({ "a": value })), Vec::<Value>::new());
        }
    }
}
