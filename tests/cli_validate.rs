//! `validate`: recorded messages of every kind, good and broken, from files and from standard input.

#[path = "cli/harness.rs"]
mod harness;

use std::{
    io::Write,
    process::{Command, Stdio},
};

use harness::{Ended, Folder, golden};
use mcp_litmus::model::Revision;
use serde_json::{Value, json};

const LIST: &str = r#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#;
const TOOLS: &str = r#"{"jsonrpc":"2.0","id":1,"result":{"tools":[]}}"#;
const BROKEN: &str = r#"{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":5,"inputSchema":{"type":"object"}}]}}"#;
const INITIALIZE: &str = r#"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"c","version":"1"}}}"#;
const INITIALIZED: &str = r#"{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2025-06-18","capabilities":{},"serverInfo":{"name":"s","version":"1"}}}"#;

/// Validate files with these texts, named `1`, `2` and so on.
fn validate(options: &[&str], texts: &[&str]) -> Ended {
    let bytes: Vec<&[u8]> = texts.iter().map(|text| text.as_bytes()).collect();
    validate_bytes(options, &bytes)
}

fn validate_bytes(options: &[&str], files: &[&[u8]]) -> Ended {
    let folder = Folder::new();
    let names: Vec<String> = (1..=files.len()).map(|number| number.to_string()).collect();
    names.iter().zip(files).for_each(|(name, bytes)| folder.write_bytes(name, bytes));
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    folder.play(&[&["validate"], options, &names].concat())
}

fn document(options: &[&str], texts: &[&str]) -> Value {
    let ended = validate(&[options, &["--format", "json"]].concat(), texts);
    let document: Value = serde_json::from_str(&ended.stdout).unwrap_or_else(|_| panic!("{}", ended.stderr));
    assert_eq!(document["exit_code"], ended.code.unwrap());
    document
}

fn ends(ended: &Ended, code: i32, says: &[&str]) {
    assert_eq!(ended.code, Some(code), "{}{}", ended.stdout, ended.stderr);
    for words in says {
        let said = ended.stdout.contains(words) || ended.stderr.contains(words);
        assert!(said, "it does not say `{words}`:\n{}{}", ended.stdout, ended.stderr);
    }
}

#[test]
fn what_the_demo_says_is_clean_in_every_revision() {
    for revision in Revision::ALL {
        let revision = revision.to_string();
        let folder = Folder::new();
        let mut arguments = vec!["check", "--demo", "--revision", &revision, "--verbose", "--report", "ndjson=events"];
        arguments.extend(["--only", "tools/list*", "--only", "prompts/*", "--only", "resources/*"]);
        folder.play(&arguments);
        ends(&folder.play(&["validate", "events"]), 0, &["no problem in", &revision, "of the other side followed"]);

        // The same as a plain transcript of one conversation, in which nobody says who says what.
        let events: Vec<Value> =
            folder.read("events").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let lines =
            events.iter().filter(|event| event["session"] == "main" && event["line"]["direction"] == "received");
        let lines: Vec<&str> = lines.filter_map(|event| event["line"]["text"].as_str()).collect();
        assert!(lines.len() > 5, "{revision}: {}", lines.len());
        folder.write("transcript", &lines.join("\n"));
        let said = folder.play(&["validate", "--revision", &revision, "--direction", "server", "transcript"]);
        ends(&said, 0, &["no problem in", "results without their request"]);
    }
}

#[test]
fn the_events_of_several_runs_are_kept_apart() {
    let folder = Folder::new();
    let arguments = ["check", "--demo", "--revision", "all", "--verbose", "--report", "ndjson=events"];
    folder.play(&[&arguments[..], &["--only", "batch/*", "--only", "*/list"]].concat());
    ends(&folder.play(&["validate", "events"]), 0, &["no problem in", "2024-11-05, 2025-03-26, 2025-06-18"]);
}

#[test]
fn an_answer_is_held_against_its_request_and_told_with_its_line() {
    let transcript = [INITIALIZE, INITIALIZED, LIST, BROKEN].join("\n");
    let ended = validate(&[], &[&transcript]);
    ends(&ended, 1, &["1:4: fail tools[0].name: expected a string, got 5 (Tool)\n", "FAIL  1 failure in 4 messages"]);
    ends(&validate(&[], &[&[INITIALIZE, INITIALIZED, LIST, TOOLS].join("\n")]), 0, &["PASS  no problem in 4 messages"]);
    let arguments = ["validate", "transcript.ndjson"];
    let folder = Folder::new();
    folder.write(
        "transcript.ndjson",
        &[&transcript, "log", "{\"id\":1}", r#"{"jsonrpc":"2.0","method":"acme/x"}"#].join("\n"),
    );
    golden("cli_validate", &folder.play(&arguments).page(&arguments));
}

#[test]
fn the_revision_that_is_negotiated_applies_and_the_one_that_is_named_before_it() {
    let transcript = [INITIALIZE, INITIALIZED, LIST].join("\n");
    assert_eq!(document(&[], &[&transcript])["revisions"], json!(["2025-06-18", "2025-11-25"]));
    assert_eq!(document(&["--revision", "2024-11-05"], &[&transcript])["revisions"], json!(["2024-11-05"]));
    ends(&validate(&["--revision", "2024-11-05"], &[&transcript]), 0, &["the messages say 2025-06-18"]);
    let meta = json!({ "io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": {} });
    let modern = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": { "_meta": meta } });
    assert_eq!(document(&[], &[&modern.to_string()])["revisions"], json!(["2026-07-28"]));
    let nameless = validate(&[], &[LIST]);
    ends(&nameless, 2, &["does not say which revision", "try: mcp-litmus validate --revision 2025-11-25 1"]);
    assert_eq!(nameless.stdout, "");
}

#[test]
fn one_message_over_many_lines_and_what_it_answers() {
    let pretty = format!("\n{:#}\n", serde_json::from_str::<Value>(BROKEN).unwrap());
    ends(
        &validate(&["--revision", "newest"], &[&pretty]),
        1,
        &["1 result without its request: pass `--method METHOD`"],
    );
    let told = ["--revision", "2025-11-25", "--method", "tools/list"];
    ends(&validate(&told, &[&pretty]), 1, &["1:2: fail tools[0].name: expected a string, got 5 (Tool)"]);
    ends(&validate(&["--method", "tools/lst"], &[&pretty]), 2, &["did you mean `tools/list`?"]);
}

#[test]
fn lists_of_messages() {
    let list = format!("[\n{LIST},\n{BROKEN}\n]");
    let found = document(&["--revision", "2025-03-26"], &[&list]);
    assert_eq!((&found["totals"]["fail"], &found["messages"]["results"]), (&json!(1), &json!(1)), "{found}");
    let found = document(&["--revision", "2025-06-18"], &[&list]);
    assert_eq!(found["problems"][0]["expected"], "a single message");
    assert_eq!(found["totals"]["fail"], 2);
    assert_eq!(
        document(&["--revision", "2024-11-05"], &[&format!("[{LIST}]")])["totals"],
        json!({ "fail": 0, "warn": 1 })
    );
}

#[test]
fn warnings_count_where_they_are_denied() {
    let double = r#"{"jsonrpc":"2.0","id":1,"id":1,"method":"ping"}"#;
    ends(&validate(&["--revision", "2025-11-25"], &[double]), 0, &["1:1: warn an object has a key twice"]);
    ends(
        &validate(&["--revision", "2025-11-25", "--deny", "warnings"], &[double]),
        1,
        &["FAIL  1 warning in 1 message"],
    );
}

#[test]
fn a_method_that_nobody_describes_is_no_error_and_nothing_is_not_clean() {
    let unknown = r#"{"jsonrpc":"2.0","id":3,"method":"acme/dance","params":{}}"#;
    let answer = r#"{"jsonrpc":"2.0","id":3,"result":{}}"#;
    let found = document(&["--revision", "2025-11-25"], &[&[LIST, TOOLS, unknown, answer].join("\n")]);
    assert_eq!(found["not_described"], json!({ "acme/dance": 1, "result of acme/dance": 1 }));
    assert_eq!((&found["exit_code"], &found["messages"]["requests"]), (&json!(0), &json!(1)));
    ends(
        &validate(&["--revision", "2025-11-25"], &[unknown]),
        4,
        &["NOTHING", "1 not described by the revision: acme/dance (1)"],
    );
    ends(&validate(&[], &[""]), 4, &["no message was judged"]);
    ends(&validate(&["--revision", "2025-11-25", "no-such-file"], &[LIST]), 2, &["cannot read no-such-file"]);
}

#[test]
fn who_says_what_may_be_told() {
    let server = ["--revision", "2025-11-25", "--direction", "server"];
    let found = document(&server, &[LIST]);
    assert_eq!((&found["problems"][0]["from"], &found["problems"][0]["rule"]), (&json!("server"), &json!("method")));
    ends(&validate(&["--revision", "2025-11-25", "--direction", "client"], &[LIST]), 0, &[]);
}

#[test]
fn events_tell_who_is_judged() {
    let wire = |direction: &str, text: &str| {
        json!({ "event": "wire", "session": "main", "line": { "at_us": 1, "direction": direction, "text": text } })
            .to_string()
    };
    let events = [wire("sent", INITIALIZE), wire("sent", "[broken"), wire("received", INITIALIZED), wire("sent", LIST)];
    let long = wire("received", "{\"jsonrpc\":… (11 of 20000 bytes)");
    let events = [events.join("\n"), wire("received", BROKEN), wire("stderr", "noise"), long].join("\n");
    let server = document(&[], &[&events]);
    assert_eq!((&server["totals"]["fail"], &server["cut"], &server["followed"]), (&json!(1), &json!(1), &json!(3)));
    assert_eq!((&server["problems"][0]["line"], &server["problems"][0]["from"]), (&json!(5), &json!("server")));
    let client = document(&["--direction", "client"], &[&events]);
    assert_eq!((&client["problems"][0]["line"], &client["problems"][0]["rule"]), (&json!(2), &json!("not-json")));
}

#[test]
fn hostile_bytes_are_told_and_shown_harmless() {
    let hostile = b"\xef\xbb\xbf{\"jsonrpc\":\"2.0\",\"method\":\"\xff\"}\n\x1b[2Jup\n{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"a\":NaN}}\n{\"jsonrpc\":\"2.0\",\"method\":7,\"\xe2\x80\xae\":1}\n\0\n";
    let ended = validate_bytes(&["--revision", "2025-11-25"], &[hostile]);
    ends(&ended, 1, &["1:1: fail a byte order mark", "(invalid-utf8", "\\u{1b}[2Jup", "(not-finite", "1:4: fail"]);
    assert!(!ended.stdout.contains(['\u{1b}', '\u{202e}', '\0']), "{}", ended.stdout);
    for text in ["[".repeat(200_000), "{\"a\":".repeat(200_000), "\n".repeat(100_000), "\u{0}".repeat(100_000)] {
        let code = validate(&["--revision", "newest"], &[&text]).code;
        assert!(matches!(code, Some(1 | 4)), "{code:?}");
    }
}

#[test]
fn a_line_that_is_too_long_is_told_and_not_loaded() {
    let long = format!("{LIST}\n{{\"a\":\"{}\"}}\n{LIST}\n", "x".repeat(20 << 20));
    let found = document(&["--revision", "2025-11-25"], &[&long]);
    assert_eq!((&found["problems"][0]["rule"], &found["problems"][0]["line"]), (&json!("line-too-long"), &json!(2)));
    assert_eq!((&found["messages"]["requests"], found["problems"].as_array().map(Vec::len)), (&json!(2), Some(1)));
}

#[test]
fn the_same_in_many_places_is_told_once() {
    let many = [LIST, BROKEN].join("\n") + "\n";
    let found = document(&["--revision", "2025-11-25"], &[&many.repeat(40), &many]);
    let told: Vec<_> =
        found["problems"].as_array().unwrap().iter().map(|problem| (&problem["file"], &problem["count"])).collect();
    assert_eq!(told, [(&json!("1"), &json!(40)), (&json!("2"), &json!(1))]);
}

#[test]
fn standard_input_and_secrets() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mcp-litmus"));
    command.args(["validate", "--revision", "2025-11-25", "-"]).env("SOME_TOKEN", "hunter2-hunter2");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let message = json!({ "jsonrpc": "hunter2-hunter2", "id": 1, "method": "ping" });
    child.stdin.take().unwrap().write_all(message.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("-:1: fail jsonrpc: expected \"2.0\", got \"[redacted SOME_TOKEN]\""), "{said}");
}

#[test]
fn documents_keep_to_their_published_schema() {
    let schema = Folder::new().play(&["schema", "validation"]).stdout;
    let path = format!("{}/docs/validation.schema.json", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &schema).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == schema, "{path} is stale; run the tests with UPDATE_DOCS=1");
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    for text in [BROKEN, LIST, "log", r#"{"jsonrpc":"2.0","method":"acme/x"}"#] {
        let document = document(&["--revision", "2025-11-25", "--method", "tools/list"], &[text]);
        assert!(validator.is_valid(&document), "{document}");
    }
}
