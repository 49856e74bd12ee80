//! The headers that repeat what a request of 2026-07-28 says in its body: both have to say the same.

use std::sync::atomic::Ordering;

use serde_json::Value;

use super::{get::VERSION, headers::Headers, sentinel};
use crate::demo::{
    caller,
    failure::{Cause, Failure},
    server::Server,
    tools,
};

/// Where a request names its method.
pub const METHOD: &str = "Mcp-Method";
/// Where it names what it is about.
pub const NAME: &str = "Mcp-Name";
/// What stands before the name of an argument.
pub const PARAM: &str = "Mcp-Param-";
/// Where a tool says that an argument is repeated.
const MARK: &str = "x-mcp-header";

/// Compares the headers of a request with its body. What is wrong with the body alone is not said here.
pub fn check(headers: &Headers, message: &Value, server: &Server) -> Result<(), Failure> {
    let version = headers.get(VERSION).ok_or_else(|| mismatch(format!("{VERSION} is missing")))?;
    let params = &message["params"];
    let said = params["_meta"].get(caller::VERSION).and_then(Value::as_str);
    if said.is_some_and(|said| said != version) {
        return Err(mismatch(format!("{VERSION} is not the version in _meta")));
    }
    if !server.spoken.iter().any(|revision| revision.as_str() == version) {
        return Err(caller::unsupported(&version, &server.spoken));
    }
    let method = message["method"].as_str().unwrap_or_default();
    compare(headers, METHOD, Some(method))?;
    if let Some(source) = source(method) {
        // Without a name in the body there is nothing to compare with, and the body is wrong by itself.
        let name = params[source].as_str();
        if name.is_some() || headers.has(NAME) {
            compare(headers, NAME, name)?;
        }
    }
    if method == "tools/call" { arguments(headers, params, server) } else { Ok(()) }
}

/// The member of the params that `Mcp-Name` repeats.
pub fn source(method: &str) -> Option<&'static str> {
    match method {
        "tools/call" | "prompts/get" => Some("name"),
        "resources/read" => Some("uri"),
        _ => None,
    }
}

fn compare(headers: &Headers, name: &str, wanted: Option<&str>) -> Result<(), Failure> {
    let value = headers.bytes(name).ok_or_else(|| mismatch(format!("{name} is missing")))?;
    let value = match name {
        METHOD => String::from_utf8(value).ok(),
        _ => sentinel::decode(&value),
    };
    match value {
        Some(value) if Some(value.as_str()) == wanted => Ok(()),
        Some(_) => Err(mismatch(format!("{name} does not say what the body says"))),
        None => Err(mismatch(format!("{name} cannot be read"))),
    }
}

/// Compares the arguments that a tool wants repeated.
fn arguments(headers: &Headers, params: &Value, server: &Server) -> Result<(), Failure> {
    let extras = server.additions.tools.load(Ordering::Relaxed);
    let name = params["name"].as_str().unwrap_or_default();
    let Some(tool) = tools::find(name, server.revision(), extras) else { return Ok(()) };
    repeated(&tool.definition["inputSchema"], &params["arguments"], &mut |name, value| {
        let name = format!("{PARAM}{name}");
        match (headers.bytes(&name), value) {
            (None, Value::Null) => Ok(()),
            (None, _) => Err(mismatch(format!("{name} is missing"))),
            (Some(text), value) if sentinel::decode(&text).is_some_and(|text| says(&text, value)) => Ok(()),
            (Some(_), _) => Err(mismatch(format!("{name} does not say what the arguments say"))),
        }
    })
}

/// Hands over each name under which an argument is to be repeated, with the argument; null when it is not given.
pub fn repeated(
    schema: &Value,
    arguments: &Value,
    see: &mut impl FnMut(&str, &Value) -> Result<(), Failure>,
) -> Result<(), Failure> {
    for (member, schema) in schema["properties"].as_object().into_iter().flatten() {
        let value = &arguments[member.as_str()];
        match schema.get(MARK).and_then(Value::as_str) {
            Some(name) => see(name, value)?,
            None => repeated(schema, value, see)?,
        }
    }
    Ok(())
}

/// Whether a text stands for this argument. Numbers are compared as numbers.
fn says(text: &str, value: &Value) -> bool {
    match value {
        Value::String(string) => string == text,
        Value::Bool(bool) => bool.to_string() == text,
        Value::Number(number) => {
            number.to_string() == text || text.parse::<f64>().is_ok_and(|given| number.as_f64() == Some(given))
        }
        _ => false,
    }
}

fn mismatch(why: String) -> Failure {
    Failure::new(Cause::Header, why)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn arguments_are_found_at_their_exact_place() {
        let schema = json!({ "properties": {
            "a": { "x-mcp-header": "A" },
            "b": { "properties": { "c": { "x-mcp-header": "C" } } },
            "d": { "items": { "properties": { "e": { "x-mcp-header": "E" } } } },
        } });
        let mut seen = Vec::new();
        let arguments = json!({ "b": { "c": true }, "c": 5 });
        let see = &mut |name: &str, value: &Value| {
            seen.push((name.to_owned(), value.clone()));
            Ok(())
        };
        repeated(&schema, &arguments, see).unwrap();
        assert_eq!(seen, [("A".to_owned(), Value::Null), ("C".to_owned(), json!(true))]);
    }

    #[test]
    fn a_number_may_be_written_otherwise() {
        assert!(says("42.0", &json!(42)) && says("-7", &json!(-7)) && !says("43", &json!(42)));
        assert!(says("true", &json!(true)) && !says("True", &json!(true)) && !says("null", &Value::Null));
    }
}
