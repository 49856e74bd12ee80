//! The rules that a message of a server can break, as they stand in the documents of a revision.

use std::collections::BTreeSet;

use mcp_litmus::{
    model::Revision,
    schema::{Edition, Side, Subject},
};
use serde_json::Value;

/// The names that validators give to what is not the rule of a type.
const ENVELOPE: &str = "JSONRPCMessage";
const JSON_SCHEMA: &str = "json-schema";

/// Every rule that a message of a server can break in a revision.
pub fn rules(revision: Revision) -> BTreeSet<String> {
    let edition = Edition::of(revision);
    let answers = edition.methods().filter(|method| method.from.contains(&Side::Client));
    let answers = answers.map(|method| Subject::Result(method.name.to_owned()));
    let calls = edition.methods().filter(|method| method.from.contains(&Side::Server));
    let calls = calls.map(|method| Subject::Call(method.name.to_owned()));
    let mut rules = BTreeSet::from([ENVELOPE.to_owned()]);
    for subject in answers.chain(calls).chain([Subject::AnyResult, Subject::Error]) {
        if let Some(document) = edition.document(&subject) {
            collect(&document, &mut rules);
        }
    }
    rules
}

/// The types of a document, the formats that it asks for, and whether there are schemas inside.
fn collect(document: &Value, rules: &mut BTreeSet<String>) {
    match document {
        Value::Object(members) => {
            for (name, value) in members {
                match (name.as_str(), value) {
                    ("$defs", Value::Object(types)) => rules.extend(types.keys().cloned()),
                    ("format", Value::String(rule)) => drop(rules.insert(rule.clone())),
                    ("properties", Value::Object(properties)) => rules.extend(parts(properties, members)),
                    ("x-json-schema", _) => drop(rules.insert(JSON_SCHEMA.to_owned())),
                    _ => {}
                }
                collect(value, rules);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, rules)),
        _ => {}
    }
}

/// The parts that keep members of their own, as far as these can be wrong: a type with a name has its own rule.
fn parts<'a>(
    properties: &'a serde_json::Map<String, Value>,
    object: &'a serde_json::Map<String, Value>,
) -> impl Iterator<Item = String> + 'a {
    let required: Vec<&str> =
        object.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    properties.iter().filter_map(move |(name, member)| {
        let required = required.contains(&name.as_str());
        let elsewhere = member.get("$ref").is_some() && !required;
        Some(member.get("x-part")?.as_str()?.to_owned()).filter(|_| !elsewhere)
    })
}
