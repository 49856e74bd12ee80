//! Schemas and values in words.

use serde_json::Value;

/// What a schema of ours asks for: "a string", "one of ...", "an object (Tool)".
pub fn expected(document: &Value, schema: &Value) -> String {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix("#/$defs/")) {
        let target = document.get("$defs").and_then(|definitions| definitions.get(name)).unwrap_or(&Value::Null);
        return match target.get("type").and_then(Value::as_str) {
            Some("object") => format!("an object ({name})"),
            _ => expected(document, target),
        };
    }
    if let Some(otherwise) = schema.get("else") {
        // A choice by a tag is told as what it is without one.
        let one = expected(document, otherwise);
        let or_many = schema.pointer("/if/type").and_then(Value::as_str) == Some("array");
        return if or_many { format!("{one}, or an array of such") } else { one };
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        let words: Vec<_> = words.iter().map(Value::to_string).collect();
        return if words.len() == 1 { words.concat() } else { format!("one of {}", words.join(", ")) };
    }
    if let Some(constant) = schema.get("const") {
        return constant.to_string();
    }
    if let Some(most) = schema.get("maxItems") {
        return format!("at most {most} items");
    }
    if let (Some(low), Some(high)) = (schema.get("minimum"), schema.get("maximum")) {
        return format!("a number from {low} to {high}");
    }
    if let Some(low) = schema.get("minimum") {
        return format!("a whole number, not below {low}");
    }
    match schema.get("type") {
        Some(Value::String(one)) => of_type(one),
        Some(Value::Array(several)) => or(&several.iter().filter_map(Value::as_str).map(of_type).collect::<Vec<_>>()),
        _ => "a value".to_owned(),
    }
}

/// The members of which a schema wants one at least.
pub fn one_of(schema: &Value) -> String {
    let branches = schema.get("anyOf").and_then(Value::as_array).into_iter().flatten();
    let names = branches.filter_map(|branch| branch.pointer("/required/0")?.as_str()).map(|name| format!("`{name}`"));
    or(&names.collect::<Vec<_>>())
}

/// "a, b or c".
pub fn or(words: &[String]) -> String {
    match words {
        [] => "a value".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// A JSON type with its article.
pub fn of_type(json: &str) -> String {
    match json {
        "null" => "null".to_owned(),
        "integer" => "a whole number".to_owned(),
        "array" | "object" => format!("an {json}"),
        json => format!("a {json}"),
    }
}

/// The JSON type of a value.
pub fn json_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// A value, as short as it can be told.
pub fn value(value: &Value) -> String {
    const LENGTH: usize = 60;
    match value {
        Value::String(text) if text.chars().nth(LENGTH).is_some() => {
            format!("{:?} ({} bytes)", cut(text, LENGTH), text.len())
        }
        Value::String(text) => format!("{text:?}"),
        Value::Array(items) if items.is_empty() => "an empty array".to_owned(),
        Value::Array(items) => format!("an array of {}", items.len()),
        Value::Object(_) => members(value),
        scalar => scalar.to_string(),
    }
}

/// An object, by the names of its members.
pub fn members(value: &Value) -> String {
    const TOLD: usize = 6;
    let Value::Object(members) = value else { return self::value(value) };
    let names: Vec<_> = members.keys().take(TOLD).map(|name| cut(name, 30)).collect();
    match members.len() {
        0 => "an empty object".to_owned(),
        count if count > TOLD => format!("an object with {}, …", names.join(", ")),
        _ => format!("an object with {}", names.join(", ")),
    }
}

/// The beginning of a text; what is cut says so, so that a secret that is cut is found all the same.
pub fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
