//! A small value that a schema accepts: arguments for a tool, content for a form.

use serde_json::{Map, Value, json};

use super::compile;

/// How deep a value is built.
const DEPTH: usize = 12;

/// The smallest value that comes to mind and that the schema accepts; `None` when none was found.
pub fn instance(schema: &Value) -> Option<Value> {
    let validator = compile(schema).ok()?;
    let value = Builder { root: schema }.build(schema, DEPTH)?;
    validator.is_valid(&value).then_some(value)
}

struct Builder<'a> {
    root: &'a Value,
}

impl Builder<'_> {
    fn build(&self, schema: &Value, depth: usize) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        if let Some(given) = given(schema) {
            return Some(given);
        }
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            return self.build(self.root.pointer(target.strip_prefix('#')?)?, depth);
        }
        for choice in ["oneOf", "anyOf"] {
            if let Some(branches) = schema.get(choice).and_then(Value::as_array) {
                return branches.iter().find_map(|branch| self.build(&joined(schema, choice, branch), depth));
            }
        }
        if let Some(parts) = schema.get("allOf").and_then(Value::as_array) {
            let whole = parts.iter().fold(without(schema, "allOf"), |whole, part| joined(&whole, "", part));
            return self.build(&whole, depth);
        }
        match kind(schema) {
            "object" => self.object(schema, depth),
            "array" => self.array(schema, depth),
            "string" => Some(string(schema)),
            "integer" | "number" => Some(number(schema)),
            "boolean" => Some(json!(true)),
            _ => Some(Value::Null),
        }
    }

    fn object(&self, schema: &Value, depth: usize) -> Option<Value> {
        let mut object = Map::new();
        let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
        for name in required.filter_map(Value::as_str) {
            let member = schema.get("properties").and_then(|properties| properties.get(name)).cloned();
            object.insert(name.to_owned(), self.build(&member.unwrap_or(json!({ "type": "string" })), depth)?);
        }
        Some(Value::Object(object))
    }

    fn array(&self, schema: &Value, depth: usize) -> Option<Value> {
        let least = schema.get("minItems").and_then(Value::as_u64).unwrap_or(0).min(64);
        let items = schema.get("items").cloned().unwrap_or(json!({ "type": "string" }));
        (0..least).map(|_| self.build(&items, depth)).collect::<Option<Vec<_>>>().map(Value::Array)
    }
}

/// A value that the author of the schema names.
fn given(schema: &Value) -> Option<Value> {
    let listed = |key: &str| schema.get(key)?.as_array()?.first().cloned();
    let default = schema.get("default").filter(|value| !value.is_null()).cloned();
    schema.get("const").cloned().or(default).or_else(|| listed("examples")).or_else(|| listed("enum"))
}

fn kind(schema: &Value) -> &str {
    let named = match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null"),
        Some(kind) => kind.as_str(),
        None => None,
    };
    let implied = || {
        if schema.get("properties").is_some() { "object" } else { "string" }
    };
    named.unwrap_or_else(implied)
}

fn string(schema: &Value) -> Value {
    let text = match schema.get("format").and_then(Value::as_str) {
        Some("email") => "litmus@example.com",
        Some("uri" | "url") => "https://example.com/litmus",
        Some("date") => "2026-01-02",
        Some("date-time") => "2026-01-02T03:04:05Z",
        Some("time") => "03:04:05Z",
        Some("uuid") => "00000000-0000-4000-8000-000000000000",
        Some("ipv4") => "127.0.0.1",
        Some("hostname") => "localhost",
        _ => "litmus",
    };
    let bound = |key: &str| schema.get(key).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
    let least = bound("minLength").unwrap_or(0).min(4096);
    let most = bound("maxLength").unwrap_or(usize::MAX);
    let padding = "x".repeat(least.saturating_sub(text.len()));
    json!(format!("{text}{padding}").chars().take(most).collect::<String>())
}

fn number(schema: &Value) -> Value {
    let bound = |key: &str| schema.get(key).and_then(Value::as_f64);
    let low = bound("minimum").or(bound("exclusiveMinimum").map(|low| low + 1.0)).unwrap_or(f64::NEG_INFINITY);
    let high = bound("maximum").or(bound("exclusiveMaximum").map(|high| high - 1.0)).unwrap_or(f64::INFINITY);
    let step = bound("multipleOf").filter(|step| *step > 0.0).unwrap_or(1.0);
    let wanted = 1.0_f64.max(low).min(high);
    let value = (wanted / step).ceil() * step;
    #[allow(clippy::cast_possible_truncation, reason = "checked to be a whole number of moderate size")]
    if value.fract() == 0.0 && value.abs() < 9e15 { json!(value as i64) } else { json!(wanted) }
}

/// A schema without a keyword, with those of another schema merged in.
fn joined(schema: &Value, without_key: &str, other: &Value) -> Value {
    let mut whole = without(schema, without_key);
    let (Some(into), Some(from)) = (whole.as_object_mut(), other.as_object()) else {
        return whole;
    };
    for (key, value) in from {
        match (into.get_mut(key), value) {
            (Some(Value::Object(mine)), Value::Object(theirs)) => {
                mine.extend(theirs.iter().map(|(name, member)| (name.clone(), member.clone())));
            }
            (Some(Value::Array(mine)), Value::Array(theirs)) if key == "required" => {
                mine.extend(theirs.clone());
            }
            _ => {
                into.insert(key.clone(), value.clone());
            }
        }
    }
    whole
}

fn without(schema: &Value, key: &str) -> Value {
    let mut rest = schema.clone();
    if let Some(object) = rest.as_object_mut() {
        object.shift_remove(key);
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_required_is_given() {
        let schema = json!({
            "type": "object", "required": ["city", "days", "unit", "tags"],
            "properties": {
                "city": { "type": "string", "minLength": 8 }, "days": { "type": "integer", "minimum": 3 },
                "unit": { "enum": ["C", "F"] }, "note": { "type": "string" },
                "tags": { "type": "array", "minItems": 2, "items": { "$ref": "#/$defs/tag" } },
            },
            "$defs": { "tag": { "type": "string", "format": "uuid" } },
        });
        let value = instance(&schema).unwrap();
        assert_eq!((&value["days"], &value["unit"], value.get("note")), (&json!(3), &json!("C"), None));
        assert_eq!(value["tags"].as_array().unwrap().len(), 2);
    }

    #[test]
    fn composition_is_followed() {
        let schema = json!({
            "allOf": [{ "type": "object", "required": ["a"] }, { "required": ["b"] }],
            "properties": { "a": { "anyOf": [{ "type": "null" }, { "type": "string" }] }, "b": { "const": 7 } },
        });
        assert_eq!(instance(&schema).unwrap()["b"], 7);
    }

    #[test]
    fn what_cannot_be_met_is_not_pretended() {
        assert_eq!(instance(&json!({ "type": "string", "pattern": "^[0-9]{17}$" })), None);
        let endless = json!({ "$ref": "#/$defs/a", "$defs": { "a": { "$ref": "#/$defs/a" } } });
        assert_eq!(instance(&endless), None);
    }
}
