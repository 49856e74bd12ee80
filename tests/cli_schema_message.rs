//! `schema message`: every document is valid JSON Schema that any validator takes, and wrong names are refused.

#[path = "cli/harness.rs"]
mod harness;

use harness::{Folder, golden, play};
use mcp_litmus::{
    model::Revision,
    schema::{Edition, Subject},
};
use serde_json::{Value, json};

/// Everything that can be asked for in a revision.
fn subjects(revision: Revision) -> Vec<Subject> {
    let edition = Edition::of(revision);
    let calls = edition.methods().flat_map(|method| {
        let name = || method.name.to_owned();
        [Subject::Call(name()), Subject::Result(name()), Subject::Type(method.message.to_owned())]
    });
    let types = edition.types().into_iter().map(|of| Subject::Type(of.name.to_owned()));
    calls.chain(types).chain([Subject::Message]).collect()
}

fn formats(schema: &Value, found: &mut Vec<String>) {
    match schema {
        Value::Array(items) => items.iter().for_each(|item| formats(item, found)),
        Value::Object(members) => {
            found.extend(members.get("format").and_then(Value::as_str).map(str::to_owned));
            members.values().for_each(|member| formats(member, found));
        }
        _ => {}
    }
}

#[test]
fn every_document_is_a_schema_that_any_validator_takes() {
    for revision in Revision::ALL {
        let subjects = subjects(revision);
        assert!(subjects.len() > 80, "{revision}: {}", subjects.len());
        for subject in subjects {
            let Some(document) = Edition::of(revision).published(&subject) else {
                assert!(matches!(&subject, Subject::Result(of) if of.starts_with("notifications/")), "{subject:?}");
                continue;
            };
            assert!(jsonschema::meta::is_valid(&document), "{revision} {subject:?}");
            let compiled = jsonschema::draft202012::new(&document);
            assert!(compiled.is_ok(), "{revision} {subject:?}: {:?}", compiled.err());
            assert_eq!(document["$schema"], "https://json-schema.org/draft/2020-12/schema");
        }
    }
}

#[test]
fn what_is_our_own_is_explained() {
    const STANDARD: [&str; 2] = ["uri", "uri-template"];
    for revision in Revision::ALL {
        let document = Edition::of(revision).published(&Subject::Message).unwrap();
        let comment = document["$comment"].as_str().unwrap();
        let mut used = Vec::new();
        formats(&document, &mut used);
        for format in used {
            let explained = STANDARD.contains(&format.as_str())
                || comment.contains(&format!("`{format}`"))
                || (format.starts_with("meta-key-") && comment.contains("`meta-key-...`"));
            assert!(explained, "{format}");
        }
        assert!(comment.contains("`x-json-schema`") && comment.contains("`x-tolerated`"));
    }
}

#[test]
fn the_program_prints_them_the_same_each_time() {
    let lines: &[&[&str]] = &[
        &["schema", "message", "--revision", "2025-03-26"],
        &["schema", "message", "--revision", "newest", "--method", "tools/call"],
        &["schema", "message", "--revision", "2025-11-25", "--method", "tools/call", "--result"],
        &["schema", "message", "--revision", "2024-11-05", "--type", "Tool"],
        &["schema", "message", "--revision", "2024-11-05", "--type", "CallToolRequest"],
    ];
    for line in lines {
        let ended = play(line);
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""), "{line:?}");
        let document: Value = serde_json::from_str(&ended.stdout).unwrap();
        assert!(document["$comment"].is_string() && document["$defs"].is_object(), "{line:?}");
        assert_eq!(play(line).stdout, ended.stdout);
    }
}

#[test]
fn a_printed_schema_tells_messages_apart() {
    let printed = play(&["schema", "message", "--revision", "2025-11-25", "--method", "tools/list", "--result"]).stdout;
    let validator = jsonschema::draft202012::new(&serde_json::from_str(&printed).unwrap()).unwrap();
    let answer = |tools: Value| json!({ "jsonrpc": "2.0", "id": 1, "result": { "tools": tools } });
    assert!(validator.is_valid(&answer(json!([{ "name": "a", "inputSchema": { "type": "object" } }]))));
    assert!(!validator.is_valid(&answer(json!([{ "name": "a", "inputSchema": { "type": null } }]))));
}

#[test]
fn wrong_names_are_refused() {
    let lines: &[&[&str]] = &[
        &["schema", "message"],
        &["schema", "message", "--revision", "2025-06-81"],
        &["schema", "message", "--revision", "2025"],
        &["schema", "message", "--revision", "2025-11-25", "--method", "tools/lst"],
        &["schema", "message", "--revision", "newest", "--method", "ping"],
        &["schema", "message", "--revision", "newest", "--method", "zzz"],
        &["schema", "message", "--revision", "newest", "--method", "notifications/message", "--result"],
        &["schema", "message", "--revision", "newest", "--result"],
        &["schema", "message", "--revision", "newest", "--type", "Tol"],
        &["schema", "message", "--revision", "2024-11-05", "--type", "Icon"],
        &["schema", "message", "--revision", "newest", "--method", "tools/list", "--type", "Tool"],
        &["schema", "suite", "--type", "Tool"],
    ];
    let folder = Folder::new();
    let pages: Vec<_> = lines
        .iter()
        .map(|line| {
            let ended = folder.play(line);
            assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""), "{line:?}");
            ended.page(line)
        })
        .collect();
    golden("cli_refusals_schema", &pages.join("\n"));
}
