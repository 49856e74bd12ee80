//! A run with everything in it that a report may have to show, made by hand.
#![allow(dead_code)]

use mcp_litmus::model::{
    CheckResult, Direction, Excerpt, Exit, Finding, Level, Revision, RunEvent, RunInfo, ServerInfo, Severity, Skip,
    Source, ToolInfo, Totals, Verdict, event::Unreachable,
};
use mcp_litmus::report::Record;

/// Every way to deceive a reader that we know, in one string.
pub const HOSTILE: &str =
    "\u{1b}[2J\u{1b}]0;owned\u{7}]]>\u{0}<failure/>&amp;\u{9b}31m\u{202e}drawkcab\r\n🚀\u{ffff}\u{e0041}";

pub fn fold(events: &[RunEvent]) -> Record {
    let mut record = Record::default();
    for event in events {
        record.fold(event);
    }
    record
}

/// The record of an ordinary run with findings, in two revisions.
pub fn mixed(deny_warnings: bool) -> Vec<RunEvent> {
    let (old, new) = (Revision::V2025_11_25, Revision::V2026_07_28);
    let mut events = vec![started("node dist/index.js stdio", deny_warnings), run(new), run(old)];
    for revision in [new, old] {
        events.push(wire());
        events.extend(checks(revision).into_iter().map(RunEvent::CheckFinished));
    }
    events.push(RunEvent::CheckFinished(broken(new)));
    finish(events, deny_warnings)
}

/// One revision, one failure.
pub fn single() -> Vec<RunEvent> {
    let revision = Revision::V2025_11_25;
    let mut events = vec![started("node dist/index.js stdio", false), run(revision)];
    events.extend(checks(revision).into_iter().take(3).map(RunEvent::CheckFinished));
    finish(events, false)
}

/// A run in which all is well.
pub fn clean() -> Vec<RunEvent> {
    let revision = Revision::V2025_11_25;
    let check = result("ping/answers", "A ping is answered", Level::Must, Verdict::Pass, revision);
    finish(vec![started("--demo", false), run(revision), RunEvent::CheckFinished(check)], false)
}

/// A run in which every check was skipped.
pub fn nothing_tested() -> Vec<RunEvent> {
    let revision = Revision::V2025_11_25;
    let mut events = vec![started("uvx hello", false), run(revision)];
    events.push(RunEvent::CheckFinished(skip(
        "tools/list",
        Skip::NotApplicable,
        "the server offers no `tools`",
        revision,
    )));
    finish(events, false)
}

/// A server that dies at once.
pub fn unreachable() -> Vec<RunEvent> {
    let excerpt = |at_us, direction, text: &str| Excerpt { at_us, direction, text: text.into() };
    let found = Unreachable {
        what: "the server exited with code 1 before it answered `initialize`".into(),
        hint: "start it by hand to see whether it needs arguments, variables or an installation".into(),
        stderr: vec![
            "node:internal/modules/cjs/loader:1228".into(),
            "  throw err;".into(),
            String::new(),
            "Error: Cannot find module './dist/index.js'".into(),
        ],
        transcript: vec![
            excerpt(120, Direction::Event, "started"),
            excerpt(1_020, Direction::Sent, r#"{"jsonrpc":"2.0","id":1,"method":"initialize"}"#),
            excerpt(41_377, Direction::Event, "exited with code 1"),
        ],
    };
    let finished = RunEvent::Finished {
        totals: Totals::default(),
        exit_code: Exit::Unreachable.code(),
        duration_ms: 43.1,
        messages: 0,
    };
    vec![started("node dist/index.js", false), RunEvent::Unreachable(found), finished]
}

/// A run in which every string that could come from outside is `text`.
pub fn of_text(text: &str) -> Vec<RunEvent> {
    let mut events = mixed(false);
    for event in &mut events {
        soil(event, text);
    }
    let excerpt = |direction| Excerpt { at_us: 1, direction, text: text.into() };
    let transcript = vec![excerpt(Direction::Stderr), excerpt(Direction::Event)];
    let (what, hint, stderr) = (text.into(), text.into(), vec![text.into()]);
    events.insert(2, RunEvent::Unreachable(Unreachable { what, hint, stderr, transcript }));
    events
}

fn soil(event: &mut RunEvent, text: &str) {
    match event {
        RunEvent::Started { tool, target, .. } => {
            *tool = ToolInfo { name: text.into(), version: text.into() };
            *target = text.into();
        }
        RunEvent::RunStarted(run) => {
            run.server = ServerInfo { name: text.into(), version: text.into() };
            run.transport = text.into();
            run.capabilities = serde_json::json!({ text: text });
        }
        RunEvent::CheckFinished(result) => soil_result(result, text),
        RunEvent::Wire { session, line } => {
            *session = text.into();
            line.text = text.into();
        }
        _ => {}
    }
}

fn soil_result(result: &mut CheckResult, text: &str) {
    result.check = format!("{}{text}", result.check).as_str().into();
    for field in [&mut result.title, &mut result.reason, &mut result.transport] {
        *field = text.into();
    }
    result.spec = Some(text.into());
    result.source.file = text.into();
    for finding in &mut result.findings {
        for field in [&mut finding.expected, &mut finding.got, &mut finding.because, &mut finding.place] {
            *field = text.into();
        }
        finding.transcript.iter_mut().for_each(|excerpt| excerpt.text = text.into());
    }
}

fn started(target: &str, deny_warnings: bool) -> RunEvent {
    let tool = ToolInfo { name: "mcp-litmus".into(), version: "0.1.0".into() };
    RunEvent::Started { tool, target: target.into(), seed: 42, deny_warnings }
}

fn run(revision: Revision) -> RunEvent {
    RunEvent::RunStarted(RunInfo {
        revision,
        transport: "stdio".into(),
        server: ServerInfo { name: "everything".into(), version: "2.0.0".into() },
        capabilities: serde_json::json!({ "tools": {}, "logging": {} }),
        startup_ms: 310,
    })
}

fn wire() -> RunEvent {
    let line = Excerpt { at_us: 7, direction: Direction::Received, text: "{}".into() };
    RunEvent::Wire { session: "main".into(), line }
}

fn finish(mut events: Vec<RunEvent>, deny_warnings: bool) -> Vec<RunEvent> {
    let totals = fold(&events).totals;
    let exit_code = Exit::of(&totals, deny_warnings).code();
    events.push(RunEvent::Finished { totals, exit_code, duration_ms: 421.4, messages: 312 });
    events
}

fn checks(revision: Revision) -> Vec<CheckResult> {
    vec![
        result("ping/answers", "A ping is answered", Level::Must, Verdict::Pass, revision),
        unknown_tool(revision),
        skip("resources/list", Skip::NotApplicable, "the server offers no `resources`", revision),
        skip("resources/read", Skip::NotApplicable, "the server offers no `resources`", revision),
        skip(
            "tools/progress",
            Skip::NotExercised,
            "no tool may be called; `--call all`, or `[tools]` in litmus.toml, changes that",
            revision,
        ),
        noise(revision),
        hostile(revision),
    ]
}

fn result(check: &str, title: &str, level: Level, verdict: Verdict, revision: Revision) -> CheckResult {
    CheckResult {
        check: check.into(),
        title: title.into(),
        level,
        verdict,
        reason: String::new(),
        skip: None,
        revision,
        transport: "stdio".into(),
        duration_ms: 3.25,
        judged: 1,
        findings: Vec::new(),
        spec: None,
        source: Source { file: "suites/server/tools.md".into(), line: 41 },
    }
}

fn skip(check: &str, kind: Skip, reason: &str, revision: Revision) -> CheckResult {
    let result = result(check, "Whatever it is", Level::Must, Verdict::Skip, revision);
    CheckResult { reason: reason.into(), skip: Some(kind), judged: 0, ..result }
}

fn finding(severity: Severity, expected: &str, got: &str, because: &str, place: &str) -> Finding {
    let [expected, got, because, place] = [expected, got, because, place].map(str::to_owned);
    Finding { severity, expected, got, because, place, count: 1, transcript: Vec::new() }
}

fn exchange(sent: &str, received: &str) -> Vec<Excerpt> {
    let line = |at_us, direction, text: &str| Excerpt { at_us, direction, text: text.into() };
    vec![line(412_310, Direction::Sent, sent), line(413_002, Direction::Received, received)]
}

fn unknown_tool(revision: Revision) -> CheckResult {
    let mut found = finding(
        Severity::Fail,
        "an error with code -32602",
        r#"{"result":{"content":[]}}"#,
        "the call of a tool that does not exist succeeded, so that a model which mistypes a name never learns of it\n",
        "tools.md:52",
    );
    found.transcript = exchange(
        r#"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"litmus-5f21","arguments":{}}}"#,
        r#"{"jsonrpc":"2.0","id":3,"result":{"content":[]}}"#,
    );
    let title = "Calling a tool that does not exist is a protocol error";
    let result = result("tools/unknown-tool", title, Level::Must, Verdict::Fail, revision);
    let spec = format!("https://modelcontextprotocol.io/specification/{revision}/server/tools#error-handling");
    CheckResult { findings: vec![found], spec: Some(spec), ..result }
}

fn noise(revision: Revision) -> CheckResult {
    let place = format!("said in {revision}");
    let mut found = finding(Severity::Warn, "only messages on stdout", "a banner", "hosts log it as an error", &place);
    found.count = 12;
    let line = |n: u64| Excerpt { at_us: n * 1_000, direction: Direction::Stderr, text: format!("listening, try {n}") };
    found.transcript = (0..30).map(line).collect();
    let result = result("stdio/noise", "Stdout carries nothing but messages", Level::Should, Verdict::Warn, revision);
    CheckResult { findings: vec![found], ..result }
}

fn hostile(revision: Revision) -> CheckResult {
    let mut worst = finding(Severity::Fail, "a name", HOSTILE, "", "tools[3].name");
    worst.transcript = exchange(&"x".repeat(400), HOSTILE);
    let lesser = finding(Severity::Warn, "a title", "none", "it is shown to people", "tools[3].title");
    let result = result("tools/names", "Tools have names that hosts accept", Level::MustNot, Verdict::Fail, revision);
    CheckResult { findings: vec![worst, lesser], ..result }
}

fn broken(revision: Revision) -> CheckResult {
    let result = result("tools/schema", "Schemas of tools are valid", Level::Must, Verdict::Error, revision);
    CheckResult { reason: "the validator gave up: stack of 128 exceeded".into(), ..result }
}
