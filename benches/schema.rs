//! What it costs to judge messages, beside what it costs to read them: each figure is a ratio to `serde_json` parsing the
//! same bytes, taken in turn with it in one run. `cargo bench --bench schema`

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use mcp_litmus::{
    model::Revision,
    schema::{Edition, Judged, Side, Subject, Validators, judge},
    wire::classify,
};
use serde_json::{Value, json};

/// How often each side of a comparison is measured.
const ROUNDS: usize = 41;
/// How many tools a long list has.
const TOOLS: usize = 1000;

fn main() {
    println!("medians of {ROUNDS} alternating rounds\n");
    println!("{:<44} {:>10} {:>10} {:>8} {:>9}", "", "ours", "parsing", "ratio", "bytes");
    for revision in Revision::ALL {
        compile_all(revision);
    }
    for revision in Revision::ALL {
        judge_list(revision, "well formed", &(0..TOOLS).map(|n| tool(n, &json!({}))).collect::<Vec<_>>());
    }
    let broken: Vec<_> =
        (0..TOOLS).map(|n| tool(n, &json!({ "title": 5, "inputSchema": { "type": "array" } }))).collect();
    judge_list(Revision::NEWEST, "every one broken", &broken);
}

/// Every validator of a revision, from the description; beside the parsing of the schemas that they are made from.
fn compile_all(revision: Revision) {
    let edition = Edition::of(revision);
    let names: Vec<_> = edition.methods().map(|method| method.name.to_owned()).collect();
    let calls = names.iter().cloned().map(Subject::Call);
    let results = names.iter().cloned().map(Subject::Result);
    let subjects: Vec<_> = calls.chain(results).chain([Subject::AnyResult, Subject::Error]).collect();
    let documents: Vec<_> = subjects.iter().filter_map(|subject| edition.document(subject)).collect();
    let text = Value::Array(documents.clone()).to_string();
    let compile = || {
        let validators = Validators::new(Edition::of(revision));
        subjects.iter().filter_map(|subject| validators.problems(subject, &Value::Null)).count()
    };
    assert_eq!(compile(), documents.len(), "every document compiles");
    report(&format!("{revision}: compile {} validators", documents.len()), compile, &text);
}

fn judge_list(revision: Revision, what: &str, tools: &[Value]) {
    let result = json!({ "resultType": "complete", "ttlMs": 0, "cacheScope": "public", "tools": tools });
    let message = classify(json!({ "jsonrpc": "2.0", "id": 1, "result": result }));
    let text = message.value.to_string();
    let judge = || match judge(revision, Side::Server, &message, Some("tools/list")) {
        Judged::As(_, problems) => problems.len(),
        Judged::Unknown(why) => panic!("{why}"),
    };
    assert_eq!(judge() > 0, what != "well formed");
    report(&format!("{revision}: tools/list of {TOOLS}, {what}"), judge, &text);
}

/// A tool as they come: a sentence, two arguments, annotations.
fn tool(number: usize, over: &Value) -> Value {
    let mut tool = json!({
        "name": format!("find_papers_{number}"),
        "description": "Finds papers about a subject, newest first, and says where each of them was published.",
        "inputSchema": {
            "type": "object", "required": ["subject"],
            "properties": {
                "subject": { "type": "string", "description": "What they are about" },
                "limit": { "type": "integer", "minimum": 1, "maximum": 100, "default": 10 },
            },
        },
        "annotations": { "readOnlyHint": true, "openWorldHint": true },
    });
    for (member, value) in over.as_object().into_iter().flatten() {
        tool[member] = value.clone();
    }
    tool
}

fn report<T>(what: &str, ours: impl Fn() -> T, text: &str) {
    let parse = || serde_json::from_str::<Value>(text).map(drop);
    let (mut our_times, mut their_times) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        our_times.push(time(&ours));
        their_times.push(time(parse));
    }
    let (ours, theirs) = (median(our_times), median(their_times));
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    println!("{what:<44} {:>10} {:>10} {ratio:>8.2} {:>9}", millis(ours), millis(theirs), text.len());
}

fn time<T>(work: impl Fn() -> T) -> Duration {
    let began = Instant::now();
    black_box(work());
    began.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn millis(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}
