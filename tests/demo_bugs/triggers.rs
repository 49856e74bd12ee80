//! For each bug, the least that shows it.

use serde_json::{Value, json};

use crate::process::{End, Play};

/// Looks at all lines that were said.
type Look = fn(&[String]) -> bool;

/// What there is to be seen.
#[derive(Debug, Clone, Copy)]
pub enum Shows {
    /// The process ends with this code.
    Exit(i32),
    /// The process ends by a signal.
    Abort,
    /// The request with this id is not answered, later ones are.
    Mute(&'static str),
    /// Nothing is answered.
    Deaf,
    /// A line is no JSON, and this is true of all.
    Noise(Look),
    /// This is true of the lines.
    Lines(Look),
    /// The process takes more memory by this.
    Grows(u64),
}

impl Shows {
    pub fn holds(&self, play: &Play) -> bool {
        let lines: Vec<_> = play.lines.iter().map(|line| String::from_utf8_lossy(line).into_owned()).collect();
        let is_json = |line: &Vec<u8>| serde_json::from_slice::<Value>(line).is_ok();
        let answered = lines.iter().any(|line| line.contains("the end"));
        match self {
            Self::Exit(code) => play.end == End::Exit(*code),
            Self::Abort => play.end == End::Signal,
            Self::Mute(id) => answered && !lines.iter().any(|line| line.contains(&format!("\"id\":{id},"))),
            Self::Deaf => play.end == End::Never,
            Self::Noise(look) => !play.lines.iter().all(is_json) && look(&lines),
            Self::Lines(look) => look(&lines),
            // Only Linux tells how much it is.
            Self::Grows(bytes) => play.grown > *bytes || cfg!(not(target_os = "linux")),
        }
    }
}

/// What shows a bug.
pub struct Trigger {
    pub bug: &'static str,
    pub lines: Vec<Vec<u8>>,
    pub shows: Shows,
    /// Whether the input ends right after the lines.
    pub closes: bool,
}

fn trigger(bug: &'static str, shows: Shows, lines: Vec<impl Into<Vec<u8>>>) -> Trigger {
    let lines = lines.into_iter().map(Into::into).collect();
    // The one loses the call, the other the id of the last answer.
    Trigger { bug, lines, shows, closes: ["closed-in-call", "shifted-ids"].contains(&bug) }
}

fn ask(method: &str, params: &Value) -> String {
    json!({ "jsonrpc": "2.0", "id": "x", "method": method, "params": params }).to_string()
}

fn call(tool: &str, arguments: &Value) -> String {
    ask("tools/call", &json!({ "name": tool, "arguments": arguments }))
}

fn ping(id: &Value) -> String {
    json!({ "jsonrpc": "2.0", "id": id, "method": "ping" }).to_string()
}

fn tell(method: &str, params: &Value) -> String {
    json!({ "jsonrpc": "2.0", "method": method, "params": params }).to_string()
}

fn cancel(id: &Value) -> String {
    tell("notifications/cancelled", &json!({ "requestId": id }))
}

fn slow() -> String {
    call("slow", &json!({ "ms": 500 }))
}

fn has(lines: &[String], part: &str) -> bool {
    lines.iter().any(|line| line.contains(part))
}

/// All of them.
pub fn all() -> Vec<Trigger> {
    [bytes(), envelopes(), values(), order(), hangs(), corruption(), violation(), damage(), leaks(), leakage(), steps()]
        .into_iter()
        .flatten()
        .collect()
}

fn bytes() -> Vec<Trigger> {
    let (one, panic) = (Shows::Exit(1), Shows::Exit(101));
    let nested =
        format!(r#"{{"jsonrpc":"2.0","id":1,"method":"ping","params":{{"a":{}{}}}}}"#, "[".repeat(70), "]".repeat(70));
    vec![
        trigger("nul", panic, vec![call("echo", &json!({ "text": "a\0b" }))]),
        trigger("deep-nesting", Shows::Abort, vec![nested]),
        trigger("invalid-utf8", one, vec![b"{\"\xFF\":1}".to_vec()]),
        trigger("byte-order-mark", one, vec!["\u{FEFF}{}"]),
        trigger("blank-line", one, vec!["  "]),
        trigger("long-line", one, vec![call("echo", &json!({ "text": "x".repeat(70_000) }))]),
        trigger("duplicate-key", one, vec![r#"{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}"#]),
        trigger("lone-surrogate", panic, vec![r#"{"jsonrpc":"2.0","id":"\ud83d","method":"ping"}"#]),
        trigger("infinite-number", panic, vec![r#"{"jsonrpc":"2.0","id":1e999,"method":"ping"}"#]),
        trigger("proto-key", one, vec![call("echo", &json!({ "text": "", "__proto__": {} }))]),
    ]
}

fn envelopes() -> Vec<Trigger> {
    let (one, panic) = (Shows::Exit(1), Shows::Exit(101));
    vec![
        trigger("null-id", one, vec![ping(&json!(null))]),
        trigger("object-id", panic, vec![ping(&json!({}))]),
        trigger("fraction-id", panic, vec![ping(&json!(1.5))]),
        trigger("huge-id", Shows::Abort, vec![ping(&json!(1_u64 << 63))]),
        trigger("empty-batch", panic, vec!["[]"]),
        trigger("nested-batch", Shows::Abort, vec!["[[]]"]),
        trigger("long-method", Shows::Abort, vec![ask(&"m".repeat(2000), &json!({}))]),
        trigger("params-missing", one, vec![r#"{"jsonrpc":"2.0","id":1,"method":"tools/call"}"#]),
        trigger("null-arguments", one, vec![call("image", &json!(null))]),
        trigger("token-object", one, vec![ask("tools/list", &json!({ "_meta": { "progressToken": {} } }))]),
        trigger("empty-name", one, vec![call("", &json!({}))]),
        trigger("format-specifier", Shows::Abort, vec![call("%s%n", &json!({}))]),
    ]
}

fn values() -> Vec<Trigger> {
    let (one, panic) = (Shows::Exit(1), Shows::Exit(101));
    let echo = |text: Value| vec![call("echo", &json!({ "text": text }))];
    let level = ask("logging/setLevel", &json!({ "level": "loud" }));
    vec![
        trigger("huge-integer", panic, vec![call("add", &json!({ "a": 9_007_199_254_740_993_i64, "b": 1 }))]),
        trigger("boolean-for-string", one, echo(json!(true))),
        trigger("extra-argument", one, vec![call("echo", &json!({ "text": "", "more": 1 }))]),
        trigger("negative-number", panic, vec![call("slow", &json!({ "ms": -1 }))]),
        trigger("combining-mark", panic, echo(json!("e\u{301}"))),
        trigger("normalised-twins", panic, vec![call("echo", &json!({ "\u{e9}": 1, "e\u{301}": 2 }))]),
        trigger("unknown-level", panic, vec![level]),
        trigger("base64-cursor", panic, vec![ask("tools/list", &json!({ "cursor": "AAAA" }))]),
        trigger("empty-enum", panic, vec![call("paint", &json!({ "colour": "" }))]),
        trigger("long-array", Shows::Abort, vec![call("total", &json!({ "numbers": vec![0; 11] }))]),
        trigger("impossible-date", panic, vec![call("weekday", &json!({ "day": "2023-02-30" }))]),
    ]
}

fn order() -> Vec<Trigger> {
    let (one, panic) = (Shows::Exit(1), Shows::Exit(101));
    let initialize =
        json!({ "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": { "name": "", "version": "" } });
    let crowd = (0..50).map(|id| ping(&json!(id))).collect();
    vec![
        trigger("unasked-response", one, vec![r#"{"jsonrpc":"2.0","id":77,"result":{}}"#]),
        trigger("cancel-unknown", one, vec![cancel(&json!("never"))]),
        trigger("cancel-finished", Shows::Abort, vec![call("image", &json!({})), cancel(&json!("x"))]),
        trigger("cancel-without-id", one, vec![tell("notifications/cancelled", &json!({}))]),
        trigger("second-initialize", panic, vec![ask("initialize", &initialize)]),
        trigger("initialized-twice", one, vec![tell("notifications/initialized", &json!({}))]),
        trigger("same-id", panic, vec![slow(), slow()]),
        trigger("crowd", Shows::Abort, crowd),
        trigger("closed-in-call", Shows::Abort, vec![slow()]),
    ]
}

fn hangs() -> Vec<Trigger> {
    let bomb = "a".repeat(30) + "!";
    let running = json!("x");
    vec![
        trigger("regex-bomb", Shows::Deaf, vec![call("echo", &json!({ "text": bomb }))]),
        trigger("open-string", Shows::Deaf, vec![r#"{"jsonrpc":"2.0","method":"pi"#]),
        trigger("empty-id", Shows::Mute("\"\""), vec![ping(&json!(""))]),
        trigger("empty-cursor", Shows::Mute("\"x\""), vec![ask("tools/list", &json!({ "cursor": "" }))]),
        trigger("zero-wait", Shows::Mute("\"x\""), vec![call("slow", &json!({ "ms": 0 }))]),
        trigger("busy-list", Shows::Deaf, vec![slow(), ask("tools/list", &json!({}))]),
        trigger("cancel-twice", Shows::Deaf, vec![cancel(&running), cancel(&running)]),
    ]
}

fn corruption() -> Vec<Trigger> {
    let echo = |text: String| vec![call("echo", &json!({ "text": text }))];
    let any: Look = |_| true;
    let crowd = (0..19).map(|id| ping(&json!(id))).collect();
    let file = ask("resources/read", &json!({ "uri": "file:///etc/hosts" }));
    let invalid: Look = |lines| has(lines, "\u{FFFD}");
    let warned: Look = |lines| has(lines, "DeprecationWarning");
    let error: Look = |lines| has(lines, "Error: cannot open");
    vec![
        trigger("deprecated-argument", Shows::Noise(warned), vec![call("search", &json!({ "max": 1 }))]),
        trigger("foreign-scheme", Shows::Noise(error), vec![file]),
        trigger("half-answer", Shows::Noise(any), echo("x".repeat(9000))),
        trigger("missing-newline", Shows::Noise(|lines| has(lines, "}{")), vec![ping(&json!(-1))]),
        trigger("raw-separator", Shows::Noise(|lines| lines.len() == 3), echo("a\u{2028}b".to_owned())),
        trigger("tangled", Shows::Noise(any), crowd),
        trigger("cut-emoji", Shows::Noise(invalid), echo("\u{1F600}".repeat(15) + "xyz\u{1F600}")),
    ]
}

fn violation() -> Vec<Trigger> {
    let complete = |reference: &str, name: &str| {
        let reference = json!({ "type": reference, "name": "greet" });
        vec![ask("completion/complete", &json!({ "ref": reference, "argument": { "name": name, "value": "" } }))]
    };
    let progress = tell("notifications/progress", &json!({ "progressToken": "none", "progress": 1 }));
    let prompt = ask("prompts/get", &json!({ "name": "greet", "arguments": { "name": 5 } }));
    let twice: Look = |lines| lines.iter().filter(|line| line.contains("\"id\":\"x\"")).count() == 2;
    let rounded: Look = |lines| has(lines, ":9007199254740992,");
    let codeless: Look = |lines| has(lines, "error") && !has(lines, "code");
    let neither: Look = |lines| has(lines, "{\"jsonrpc\":\"2.0\",\"id\":\"x\"}");
    let both: Look = |lines| lines.iter().any(|line| line.contains("\"result\"") && line.contains("\"error\""));
    vec![
        trigger("double-error", Shows::Lines(twice), vec![prompt]),
        trigger("answers-progress", Shows::Lines(|lines| lines.len() == 2), vec![progress]),
        trigger("rounded-id", Shows::Lines(rounded), vec![ping(&json!(9_007_199_254_740_993_i64))]),
        trigger("id-of-digits", Shows::Lines(|lines| has(lines, "\"id\":7,")), vec![ping(&json!("7"))]),
        trigger("error-without-code", Shows::Lines(codeless), complete("ref/tool", "name")),
        trigger("empty-echo", Shows::Lines(neither), vec![call("echo", &json!({ "text": "" }))]),
        trigger("result-and-error", Shows::Lines(both), complete("ref/prompt", "")),
    ]
}

fn damage() -> Vec<Trigger> {
    let add = |number: f64| call("add", &json!({ "a": number, "b": number }));
    let lost: Look = |lines| has(lines, "\"tools\":[]");
    let again = ask("tools/list", &json!({}));
    let shifted: Look = |lines| lines.iter().filter(|line| line.contains("\"id\":1,")).count() == 2;
    vec![
        trigger("poisoned-add", Shows::Lines(|lines| has(lines, "-32603")), vec![add(1e308), add(1.0)]),
        trigger("lost-tools", Shows::Lines(lost), vec![ask("tools/list", &json!({ "cursor": 5 })), again]),
        trigger("shifted-ids", Shows::Lines(shifted), vec![ping(&json!(1)), cancel(&json!({})), ping(&json!(2))]),
    ]
}

fn leaks() -> Vec<Trigger> {
    let many = |line: String, times: usize| vec![line; times];
    let grows = Shows::Grows(12 << 20);
    vec![
        trigger("keeps-calls", grows, many(call("echo", &json!({ "text": "" })), 4000)),
        trigger("keeps-cancelled", grows, many(cancel(&json!("never")), 300)),
        trigger("keeps-unknown", grows, many(ask("no/such", &json!({})), 1000)),
        trigger("keeps-malformed", grows, many("{".to_owned(), 1000)),
    ]
}

fn leakage() -> Vec<Trigger> {
    let climb = ask("resources/read", &json!({ "uri": "demo://notes/../../etc/passwd" }));
    let arguments = ask("prompts/get", &json!({ "name": "greet", "arguments": [] }));
    let complete = ask("completion/complete", &json!({ "ref": null, "argument": { "name": "a", "value": "" } }));
    let leaks = |bug, look: Look, line| trigger(bug, Shows::Lines(look), vec![line]);
    vec![
        leaks("stack-trace", |lines| has(lines, "/srv/app/src"), arguments),
        leaks("home-path", |lines| has(lines, "/home/deploy"), climb),
        leaks("secret", |lines| has(lines, "DATABASE_URL="), complete),
        leaks("emoji-trace", |lines| has(lines, "Traceback"), call("fail", &json!({ "message": "\u{1F600}" }))),
    ]
}

fn steps() -> Vec<Trigger> {
    let panic = Shows::Exit(101);
    let read = |uri: &str| ask("resources/read", &json!({ "uri": uri }));
    let watch = |how: &str| ask(&format!("resources/{how}"), &json!({ "uri": "demo://counter" }));
    let greet = ask("prompts/get", &json!({ "name": "greet", "arguments": { "name": "Ada", "language": "Spanish" } }));
    let note = |tool: &str, id: Value| call(tool, &json!({ "id": id }));
    let level = ask("logging/setLevel", &json!({ "level": "emergency" })).replace("\"x\"", "\"level\"");
    let cursor = ask("prompts/list", &json!({ "cursor": "dG9vbHM6NQ" }));
    let neither: Look = |lines| has(lines, "{\"jsonrpc\":\"2.0\",\"id\":\"x\"}");
    let job = json!({ "job": "job-58c1e07b", "verbose": true });
    let traced: Look = |lines| has(lines, "/home/deploy");
    let planned: Look = |lines| has(lines, "QUERY PLAN");
    vec![
        trigger("template-name", panic, vec![read("demo://words/note-3")]),
        trigger("completed-prompt", panic, vec![greet]),
        trigger("unsubscribe-twice", Shows::Abort, ["subscribe", "unsubscribe", "unsubscribe"].map(watch).to_vec()),
        trigger("level-then-log", Shows::Mute("\"x\""), vec![level, call("log", &json!({}))]),
        trigger("foreign-cursor", Shows::Lines(neither), vec![cursor]),
        trigger("item-flag", Shows::Abort, vec![call("get_item", &json!({ "id": "item-91c2", "raw": true }))]),
        trigger(
            "deleted-note",
            Shows::Abort,
            vec![
                call("create_note", &json!({})),
                note("delete_note", json!("note-1")),
                note("get_note", json!("note-1")),
            ],
        ),
        trigger("verbose-job", Shows::Lines(traced), vec![call("job_status", &job)]),
        trigger("linked-resource", Shows::Deaf, vec![read("demo://attachments/8841")]),
        trigger("error-ladder", panic, vec![call("render", &json!({ "mode": "beta", "depth": 3 }))]),
        trigger("query-ladder", Shows::Noise(planned), vec![call("query", &json!({ "query": "SELECT FROM orders" }))]),
        trigger("enum-border", panic, vec![call("resize", &json!({ "filter": "lanczos", "width": 4096 }))]),
    ]
}
