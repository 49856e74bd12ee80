//! The JSON Schema of the blocks is published, fresh, and says the same as the program.
//! `UPDATE_DOCS=1 cargo test --test suite_schema` writes it again.

use std::{
    fs,
    path::{Path, PathBuf},
};

use jsonschema::Validator;
use mcp_litmus::suite::{Suite, block_schema};
use serde_json::{Value, json};

fn validator() -> Validator {
    jsonschema::options().offline().build(&block_schema()).expect("the schema is valid")
}

fn docs(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)
}

#[test]
fn the_published_schema_is_fresh() {
    let path = docs("suite.schema.json");
    let made = format!("{:#}\n", block_schema());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &made).expect("the schema can be written");
    }
    let published = fs::read_to_string(&path).unwrap_or_default();
    assert!(published == made, "docs/suite.schema.json is stale: run `UPDATE_DOCS=1 cargo test --test suite_schema`");
}

fn check(steps: &Value) -> Value {
    json!({ "level": "MUST", "steps": steps })
}

fn check_over_http(steps: &Value) -> Value {
    json!({ "level": "MUST", "transports": ["http", "sse"], "steps": steps })
}

fn expect(arm: &Value) -> Value {
    check(&json!([{ "send": "ping" }, { "expect": [arm] }]))
}

/// Blocks that are right.
fn right() -> Vec<(&'static str, Value)> {
    vec![
        ("check", json!({ "level": "SHOULD NOT", "code": "a/b", "needs": ["tools"], "transports": ["http"] })),
        ("check", expect(&json!({ "pass": { "result": { "a": { "$type": ["string", "null"] } } } }))),
        ("check", expect(&json!({ "pass": { "result": { "$schema": { "type": "object" } } } }))),
        ("check", expect(&json!({ "pass": { "result": { "$schema": "x", "$ref": "y", "type": "object" } } }))),
        ("check", expect(&json!({ "fail": { "$any": [{ "$len": { "$min": 1 } }, null] }, "because": "x" }))),
        (
            "check",
            check(&json!([
                { "send": "a", "params": [1], "id": null, "as": "x", "meta": "none" },
                { "notify": "n", "meta": { "a": null }, "malformed": true },
                { "raw": { "hex": "ff" }, "newline": true, "id": 5 },
                { "raw": { "repeat": "a", "times": 5 } },
                { "wait": "quiet" },
                { "let": { "c": "/result" }, "of": "x", "otherwise": "y" },
                { "for": "t", "in": "tools", "where": { "name": "a" }, "steps": [{ "alive": "z" }] },
            ])),
        ),
        (
            "check",
            check_over_http(&json!([
                { "http": "POST", "path": "/a", "headers": { "A": null, "B": ["c", "d"], "E": "f", "G": 5, "H": true } },
                { "http": "POST", "message": { "method": "a" }, "notification": true, "meta": {}, "malformed": true },
                { "http": "POST", "body": { "base64": "//4=" }, "cut": 1, "until": "end", "as": "x" },
                { "hang-up": "x" },
                { "alive": "z" },
            ])),
        ),
        (
            "watch",
            json!({ "level": "MUST", "transports": ["http", "sse"], "on": "http", "expect": [{ "fail": {}, "because": "x" }] }),
        ),
        (
            "watch",
            json!({ "level": "MUST", "transports": ["stdio"], "on": "line", "where": { "text": "" }, "expect": [{ "fail": {}, "because": "x" }] }),
        ),
        ("watch", json!({ "level": "MUST", "on": "message", "shapes": ["Tool", "uri"] })),
        ("watch", json!({ "level": "ADVICE", "on": "sent", "shapes": "all" })),
        (
            "server pass of http",
            json!({ "http": [
                { "when": { "method": "GET" }, "status": 405 },
                { "headers": { "A": null, "B": ["c"] }, "body": { "a": [1] } },
                { "events": ["data: x"] },
            ] }),
        ),
        ("server pass of http", json!({ "http": { "body": { "repeat": "a", "times": 5 } } })),
        ("server pass", json!({ "faults": ["banner"], "ping": [{ "when": {}, "silence": true }], "*": { "exit": 1 } })),
    ]
}

/// Blocks that are wrong.
fn wrong() -> Vec<(&'static str, Value)> {
    vec![
        ("check", json!({ "level": "MAY", "code": "x" })),
        ("check", json!({ "level": "MUST", "code": "x", "stps": [] })),
        ("check", check(&json!([{ "snd": "ping" }]))),
        ("check", check(&json!([{ "send": "ping", "within": "2s" }]))),
        ("check", expect(&json!({ "pass": { "result": { "$typ": "string" } } }))),
        ("check", expect(&json!({ "pass": { "result": { "$type": "text" } } }))),
        ("check", check_over_http(&json!([{ "http": 5 }, { "alive": "z" }]))),
        ("check", check_over_http(&json!([{ "http": "GET", "method": "GET" }, { "alive": "z" }]))),
        ("check", check_over_http(&json!([{ "http": "GET", "headers": { "a": {} } }, { "alive": "z" }]))),
        ("check", check_over_http(&json!([{ "http": "GET", "until": "never" }, { "alive": "z" }]))),
        ("check", check_over_http(&json!([{ "http": "GET", "body": "a", "cut": -1 }, { "alive": "z" }]))),
        ("server pass", json!({ "http": { "staus": 200 } })),
        ("server pass", json!({ "http": [{ "status": "OK" }] })),
        ("watch", json!({ "level": "MUST", "on": "lines", "shapes": ["Tool"] })),
        ("watch", json!({ "level": "MUST", "on": "message", "shapes": "Tool" })),
        ("server pass", json!({ "ping": { "rsult": {} } })),
    ]
}

#[test]
fn the_schema_and_the_program_agree() {
    let schema = validator();
    let right = right().into_iter().map(|block| (true, block));
    let wrong = wrong().into_iter().map(|block| (false, block));
    for (is_right, (kind, block)) in right.chain(wrong) {
        let check = match kind {
            "server pass of http" => "```yaml check\nlevel: MUST\ncode: x\ntransports: [http]\n```\n",
            "server pass" => "```yaml check\nlevel: MUST\ncode: x\n```\n",
            _ => "",
        };
        let kind = kind.trim_end_matches(" of http");
        let file = format!("+++\nabout = \"x\"\n+++\n## a: B\n{check}```yaml {kind}\n{block}\n```\n");
        let parsed = Suite::parse("a.md", &file);
        assert_eq!(parsed.is_ok(), is_right, "{block}: {:?}", parsed.err());
        assert_eq!(schema.is_valid(&block), is_right, "{block}");
    }
}

/// The files that the documentation shows.
fn examples() -> Vec<String> {
    let text = fs::read_to_string(docs("suites.md")).expect("the documentation is there");
    let lines: Vec<&str> = text.lines().collect();
    let is_fence = |at: &usize| lines[*at] == "    +++";
    let heads = (0..lines.len()).filter(is_fence).step_by(2);
    let inside = |from: usize| {
        let lines = lines[from..].iter().map_while(|line| line.strip_prefix("    ").or(line.is_empty().then_some("")));
        lines.collect::<Vec<_>>().join("\n")
    };
    heads.map(inside).collect()
}

#[test]
fn the_examples_of_the_documentation_are_suites() {
    let read = examples().into_iter().map(|text| {
        let suite = Suite::parse("tools.md", &text).unwrap_or_else(|errors| panic!("{errors:#?}"));
        (suite.checks.len(), suite.checks[0].examples.len())
    });
    assert_eq!(read.collect::<Vec<_>>(), [(1, 2), (1, 3)]);
}

#[test]
fn every_key_is_documented() {
    let text = fs::read_to_string(docs("suites.md")).expect("the documentation is there");
    let schema = block_schema();
    let operators = properties(&schema, "/$defs/Pattern/anyOf/1/properties");
    let verbs = ["Send", "Notify", "Raw", "Http", "HangUp", "Expect", "Alive", "Let", "For", "Close", "Wait"];
    let steps = verbs.iter().flat_map(|verb| properties(&schema, &format!("/$defs/{verb}Keys/properties")));
    let blocks = ["CheckBlock", "WatchBlock", "SayKeys", "HttpAnswerKeys", "ArmKeys"]
        .into_iter()
        .flat_map(|name| properties(&schema, &format!("/$defs/{name}/properties")));
    for name in operators.into_iter().chain(steps).chain(blocks) {
        let shown = [format!("`{name}"), format!("{name}:"), format!("- {name}:")];
        assert!(shown.iter().any(|shown| text.contains(shown)), "docs/suites.md says nothing of `{name}`");
    }
}

fn properties(schema: &Value, pointer: &str) -> Vec<String> {
    schema.pointer(pointer).and_then(Value::as_object).expect(pointer).keys().cloned().collect()
}
