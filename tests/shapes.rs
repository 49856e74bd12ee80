//! Each rule that a message of a server can break belongs to one section: one cause gives one finding, and nothing
//! that the description of messages knows goes unheard.

use std::collections::{BTreeMap, BTreeSet};

use mcp_litmus::{
    checks::Registry,
    model::{Revision, Severity},
    schema::{Edition, Side, Subject, Validators},
    suite::{Body, WatchOn},
};
use serde_json::{Value, json};

/// The names that validators give to what is not the rule of a type.
const ENVELOPE: &str = "JSONRPCMessage";
const JSON_SCHEMA: &str = "json-schema";

#[test]
fn each_rule_belongs_to_one_section() {
    let registry = Registry::builtin().unwrap_or_else(|error| panic!("{}", error.rendered.join("\n")));
    let mut wrong = Vec::new();
    for revision in Revision::ALL {
        let claims = claims(&registry, revision);
        for rule in rules(revision) {
            let sections = claims.get(&rule).map_or(&[][..], Vec::as_slice);
            if sections.len() != 1 {
                wrong.push(format!(
                    "{revision} {rule}: {}",
                    if sections.is_empty() { "nobody".to_owned() } else { sections.join(", ") }
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "these belong to no section, or to several:\n{}", wrong.join("\n"));
}

#[test]
fn what_several_types_share_belongs_to_the_part() {
    let message = json!({ "id": 1, "result": { "tools": [{ "name": "a" }], "nextCursor": 5 } });
    let answer = Subject::Result("tools/list".to_owned());
    let problems = Validators::of(Revision::V2026_07_28).problems(&answer, &message).unwrap_or_default();
    let mut rules: Vec<&str> = problems.iter().map(|problem| problem.rule.as_str()).collect();
    rules.sort_unstable();
    let wanted = ["CacheableResult", "CacheableResult", "JSONRPCVersion", "PaginatedResult", "Result", "Tool"];
    assert_eq!(rules, wanted);
    let paginated = problems.iter().find(|problem| problem.rule == "PaginatedResult");
    assert_eq!(paginated.map(|problem| problem.because.as_str()), Some("PaginatedResult: one page of a list"));
}

#[test]
fn what_a_revision_leaves_open_is_a_warning_there_alone() {
    let cursor = json!({ "nextCursor": null });
    let schema = json!({ "name": "a", "inputSchema": { "type": "object", "properties": { "b": true } } });
    for (of, value, legacy, modern) in [
        ("PaginatedResult", &cursor, Some(Severity::Fail), Some(Severity::Warn)),
        ("Tool", &schema, Some(Severity::Warn), None),
    ] {
        for (revision, wanted) in [(Revision::V2025_11_25, legacy), (Revision::V2026_07_28, modern)] {
            let problems = Validators::of(revision).problems(&Subject::Type(of.to_owned()), value).unwrap_or_default();
            let own = problems.iter().find(|problem| problem.rule == of);
            assert_eq!(own.map(|problem| problem.severity), wanted, "{of} in {revision}: {problems:?}");
        }
    }
}

/// Which sections report what breaks a rule.
fn claims(registry: &Registry, revision: Revision) -> BTreeMap<String, Vec<String>> {
    let mut claims: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for check in registry.checks().iter().filter(|check| check.info.revisions.contains(revision)) {
        let Body::Watch(watch) = &check.body else { continue };
        for shape in watch.shapes.iter().filter(|_| watch.on == WatchOn::Message) {
            claims.entry(shape.clone()).or_default().push(check.info.id.to_string());
        }
    }
    claims
}

/// Every rule that a message of a server can break in a revision.
fn rules(revision: Revision) -> BTreeSet<String> {
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
