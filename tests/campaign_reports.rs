//! The reports of a campaign, as goldens: what they show, what they never claim, and what no server may do to them.

use mcp_litmus::{
    model::{
        Campaign, Direction, Discovery, Excerpt, Revision, ServerInfo, Severity,
        campaign::{Effort, Kind, Pulse},
        event::Unreachable,
    },
    report::{
        Options,
        campaign::{FORMATS, console, json, junit, live, sarif},
        escape,
    },
};
use proptest::prelude::*;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus};
use serde_json::Value;

const PLAIN: Options = Options { color: false, width: 100, verbose: false };

/// Every way to deceive a reader that we know, in one string.
const HOSTILE: &str =
    "\u{1b}[2J\u{1b}]0;owned\u{7}]]>\u{0}<failure/>&amp;\u{9b}31m\u{202e}drawkcab\r\n🚀\u{ffff}\u{e0041}";

fn excerpt(at_us: u64, direction: Direction, text: &str) -> Excerpt {
    Excerpt { at_us, direction, text: text.into() }
}

fn discovery(kind: Kind, title: &str) -> Discovery {
    Discovery {
        kind,
        key: format!("{kind} tools/call: # of #"),
        title: title.into(),
        severity: Severity::Fail,
        strategy: "arguments".into(),
        check: None,
        because: String::new(),
        reproducer: Some(format!("litmus-findings/{kind}-1.md")),
        confirmed: true,
        tried: (3, 3),
        count: 1,
        size: (2, 143),
        after: 12.3,
        transcript: vec![
            excerpt(412_310, Direction::Sent, r#"{"jsonrpc":"2.0","id":3,"method":"tools/call"}"#),
            excerpt(413_002, Direction::Event, "exited with signal 11"),
        ],
        first: Vec::new(),
        stderr: Vec::new(),
    }
}

/// A failure with all that there can be, one that is short, a warning, and one that did not happen again.
fn findings() -> Vec<Discovery> {
    let crash = Discovery {
        check: Some("stdio/survives".into()),
        because: "a host loses every conversation that it has with the server".into(),
        count: 1_204,
        stderr: (1..=9).map(|n| format!("frame {n} {HOSTILE}")).collect(),
        ..discovery(Kind::Crash, &format!("the process died with signal 11 {HOSTILE}"))
    };
    let flaky = Discovery {
        confirmed: false,
        tried: (3, 0),
        reproducer: None,
        first: vec![excerpt(9_000, Direction::Received, HOSTILE)],
        ..discovery(Kind::Hang, "`ping` had no answer in 2.00 s")
    };
    let hang = Discovery { size: (1, 60), strategy: "framing".into(), ..discovery(Kind::Hang, "every request hangs") };
    let leakage = Discovery { severity: Severity::Warn, ..discovery(Kind::Leakage, "a stack trace in an answer") };
    vec![leakage, crash, flaky, Discovery { key: "hang at BOM".into(), ..hang }]
}

fn clean() -> Campaign {
    let effort = |strategy: &str, cases, new| Effort { strategy: strategy.into(), cases, new };
    let pulse = Pulse { processes: 3, behaviours: 41, corpus: 17, ..Pulse::default() };
    Campaign {
        target: "node dist/index.js stdio".into(),
        server: ServerInfo { name: "everything".into(), version: "2.0.9".into() },
        revision: Some(Revision::V2025_11_25),
        transport: "stdio".into(),
        findings: Vec::new(),
        messages: 12_345,
        seconds: 59.98,
        seed: 42,
        pulse,
        strategies: vec![effort("framing", 3_120, 14), effort("arguments", 1, 0)],
        notes: vec!["sandbox: limits only, because this kernel has no Landlock".into(), "3 tools not called".into()],
        unreachable: None,
        interrupted: false,
    }
}

fn mixed() -> Campaign {
    Campaign { findings: findings(), ..clean() }
}

fn interrupted() -> Campaign {
    let findings = findings().into_iter().skip(3).collect();
    Campaign { interrupted: true, messages: 1, seconds: 0.4, findings, ..clean() }
}

fn unreachable() -> Campaign {
    let found = Unreachable {
        what: format!("the server exited with code 1 before it answered `initialize` {HOSTILE}"),
        hint: "start it by hand".into(),
        stderr: vec!["Error: Cannot find module './dist/index.js'".into()],
        transcript: vec![
            excerpt(1_020, Direction::Sent, "{}"),
            excerpt(41_377, Direction::Event, "exited with code 1"),
        ],
    };
    let (server, strategies) = (ServerInfo::default(), Vec::new());
    let nothing = Campaign { messages: 0, pulse: Pulse::default(), revision: None, server, strategies, ..clean() };
    Campaign { unreachable: Some(found), ..nothing }
}

fn samples() -> [(&'static str, Campaign); 4] {
    [("mixed", mixed()), ("clean", clean()), ("interrupted", interrupted()), ("unreachable", unreachable())]
}

/// A campaign in which every string that could come from outside is `text`.
fn of_text(text: &str) -> Campaign {
    let mut campaign = Campaign { unreachable: unreachable().unreachable, ..mixed() };
    campaign.server = ServerInfo { name: text.into(), version: text.into() };
    for field in [&mut campaign.target, &mut campaign.transport].into_iter().chain(&mut campaign.notes) {
        *field = text.into();
    }
    for found in &mut campaign.findings {
        let Discovery { key, title, because, strategy, check, reproducer, stderr, .. } = found;
        for field in [key, title, because, strategy].into_iter().chain(check).chain(reproducer).chain(stderr) {
            *field = text.into();
        }
        found.transcript.iter_mut().chain(&mut found.first).for_each(|line| line.text = text.into());
    }
    campaign
}

fn golden(name: &str, text: &str) {
    let text = text.replace(env!("CARGO_PKG_VERSION"), "VERSION");
    insta::with_settings!({
        snapshot_path => "../golden", prepend_module_to_snapshot => false, omit_expression => true
    }, { insta::assert_snapshot!(format!("campaign_{name}"), text) });
}

#[test]
fn goldens() {
    for format in &FORMATS {
        let pages = samples().map(|(name, campaign)| format!("# {name}\n{}", (format.render)(&campaign, &PLAIN)));
        golden(format.name, &pages.join("\n"));
    }
    golden("console_narrow", &console::render(&mixed(), &Options { width: 48, ..PLAIN }));
    golden("console_color", &console::render(&mixed(), &Options { color: true, ..PLAIN }).replace('\u{1b}', "ESC"));
}

#[test]
fn the_last_line_says_it_all() {
    let last = |campaign: &Campaign| console::render(campaign, &PLAIN).lines().last().unwrap().to_owned();
    let amount = "12,345 messages in 59.98 s (205/s), 3 processes, 41 behaviours";
    let found = "2 confirmed findings (1 crash, 1 hang), 1 warning, 1 flaky";
    assert_eq!(last(&mixed()), format!("FAIL  {amount}: {found}"));
    assert_eq!(last(&clean()), format!("NOTHING FOUND  {amount}: no findings"));
    let mut mild = mixed();
    mild.findings.retain(|found| !found.confirmed || found.severity == Severity::Warn);
    assert!(last(&mild).starts_with("NO FAILURE  ") && last(&mild).ends_with(": 1 warning, 1 flaky"));
    assert!(last(&unreachable()).starts_with("UNREACHABLE  0 messages"));
    assert!(last(&interrupted()).starts_with("INTERRUPTED  1 message in"));
    assert!(last(&Campaign { messages: 0, ..clean() }).starts_with("NOTHING TESTED"));
}

#[test]
fn the_worst_comes_first_and_flaky_ones_last() {
    let text = console::render(&mixed(), &PLAIN);
    let at = |needle: &str| text.find(needle).unwrap_or_else(|| panic!("no {needle} in\n{text}"));
    assert!(at("FAIL  crash") < at("FAIL  hang") && at("FAIL  hang") < at("WARN  leakage"));
    assert!(at("WARN  leakage") < at("Seen, but not each time") && at("Seen, but") < at("FLAKY  hang"));
    let command = "mcp-litmus run litmus-findings/crash-1.md --revision 2025-11-25 -- node dist/index.js stdio";
    assert!(at(command) < at("FAIL  hang"));
    assert!(!text.contains("frame 3 ") && text.contains("frame 9 "), "only the end of stderr");
}

fn parse(campaign: &Campaign) -> Report {
    let xml = junit::render(campaign, &PLAIN);
    Report::deserialize_from_str(&xml).unwrap_or_else(|problem| panic!("{problem}\n{xml}"))
}

fn cases(report: &Report, is: impl Fn(&TestCaseStatus) -> bool) -> Vec<&TestCase> {
    report.test_suites.iter().flat_map(|suite| &suite.test_cases).filter(|case| is(&case.status)).collect()
}

fn is_success(status: &TestCaseStatus) -> bool {
    matches!(status, TestCaseStatus::Success { .. })
}

#[test]
fn only_what_happens_each_time_fails_a_pipeline() {
    let report = parse(&mixed());
    assert_eq!((report.tests, report.failures, report.errors, report.skipped), (7, 2, 0, 1));
    let passed = cases(&report, is_success);
    let names: Vec<&str> = passed.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names, ["leakage tools/call: # of #", "corruption", "violation", "leak"]);
    let said = passed.last().unwrap().system_out.as_ref().unwrap();
    assert_eq!(said.as_str(), "leak: none in 12,345 messages");
    assert_eq!(parse(&clean()).tests, 6);
}

#[test]
fn no_pipeline_is_green_without_a_message() {
    for campaign in [unreachable(), Campaign { messages: 0, ..clean() }, Campaign { interrupted: true, ..clean() }] {
        let report = parse(&campaign);
        assert_eq!((report.failures, report.errors, report.skipped), (0, 1, 6));
        assert!(cases(&report, is_success).is_empty());
    }
}

#[test]
fn a_hostile_server_breaks_no_document() {
    let report = parse(&of_text(HOSTILE));
    let is_failure =
        |status: &TestCaseStatus| matches!(status, TestCaseStatus::NonSuccess { kind: NonSuccessKind::Failure, .. });
    assert_eq!(cases(&report, is_failure).len(), 2, "none was smuggled in");
}

fn document(campaign: &Campaign) -> Value {
    serde_json::from_str(&json::render(campaign, &PLAIN)).unwrap()
}

#[test]
fn the_published_schema_is_fresh() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/campaign.schema.json");
    let text = serde_json::to_string_pretty(&json::schema()).unwrap() + "\n";
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(kept == text, "{path} is stale; run the tests with UPDATE_DOCS=1");
}

#[test]
fn documents_keep_to_their_schema() {
    let validator = jsonschema::validator_for(&json::schema()).unwrap();
    let no_times = Campaign { seconds: f64::NAN, ..mixed() };
    for campaign in samples().map(|(_, campaign)| campaign).iter().chain([&of_text(HOSTILE), &no_times]) {
        let document = document(campaign);
        let problems: Vec<String> = validator.iter_errors(&document).map(|problem| problem.to_string()).collect();
        assert_eq!(problems, [""; 0]);
    }
    assert!(!validator.is_valid(&serde_json::json!({ "findings": [] })));
}

#[test]
fn documents_say_what_the_exit_code_says_and_strings_are_exact() {
    assert_eq!(samples().map(|(_, campaign)| document(&campaign)["exit_code"].clone()), [1, 0, 130, 3]);
    assert_eq!(document(&of_text(HOSTILE)).pointer("/findings/0/title").unwrap(), HOSTILE);
    assert_eq!(document(&mixed()).pointer("/findings/0/kind").unwrap(), "crash");
}

/// What SARIF 2.1.0 demands of the members that we write.
#[test]
fn sarif_has_what_its_standard_demands() {
    for campaign in samples().map(|(_, campaign)| campaign).iter().chain([&of_text(HOSTILE)]) {
        let log: Value = serde_json::from_str(&sarif::render(campaign, &PLAIN)).unwrap();
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        assert_eq!(run.pointer("/tool/driver/name").unwrap(), "mcp-litmus");
        let rules = run.pointer("/tool/driver/rules").and_then(Value::as_array).unwrap();
        let ids: std::collections::BTreeSet<_> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
        assert!(ids.len() == rules.len() && rules.len() >= Kind::ALL.len());
        assert!(rules.iter().all(|rule| rule["shortDescription"]["text"].is_string()));
        assert_eq!(run["invocations"][0]["exitCode"], campaign.exit().code());
        assert_eq!(run["invocations"][0]["executionSuccessful"], campaign.exit().code() < 3);
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), campaign.findings.len());
        for result in results {
            demanded(result, rules);
        }
    }
}

fn demanded(result: &Value, rules: &[Value]) {
    let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(rules[index]["id"], result["ruleId"]);
    assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
    assert!(!result["message"]["text"].as_str().unwrap().is_empty());
    assert!(result["occurrenceCount"].as_u64().unwrap() > 0);
    assert!(result["partialFingerprints"].as_object().unwrap().values().all(Value::is_string));
    let location = &result["locations"][0];
    match location.pointer("/physicalLocation/artifactLocation/uri") {
        Some(uri) => assert!(uri.as_str().unwrap().is_ascii() && !uri.as_str().unwrap().contains([' ', '<', '\\'])),
        None => assert!(location.pointer("/logicalLocations/0/fullyQualifiedName").unwrap().is_string()),
    }
}

#[test]
fn sarif_tells_failures_from_what_is_flaky() {
    let log: Value = serde_json::from_str(&sarif::render(&mixed(), &PLAIN)).unwrap();
    let results = log.pointer("/runs/0/results").and_then(Value::as_array).unwrap();
    let told: Vec<_> = results.iter().map(|result| (&result["ruleId"], &result["level"])).collect();
    let told = serde_json::to_string(&told).unwrap();
    let crash = r#"["stdio/survives","error"],["fuzz/hang","error"]"#;
    assert_eq!(told, format!(r#"[{crash},["fuzz/leakage","warning"],["fuzz/hang","note"]]"#));
    let uri = results[1].pointer("/locations/0/physicalLocation/artifactLocation/uri").unwrap();
    assert_eq!(uri, "litmus-findings/hang-1.md");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_text_reaches_a_reader_unescaped(
        text in "[\\PC\u{0}-\u{ff}<>&\u{1b}\u{202e}\u{feff}\u{fffe}]{0,60}", width in 0_usize..120, verbose: bool,
    ) {
        let campaign = of_text(&text);
        let options = Options { color: false, width, verbose };
        let pages = FORMATS.iter().map(|format| (format.render)(&campaign, &options));
        let lines = campaign.findings.iter().map(|found| live::found(found, &options));
        let said: String = pages.chain(lines).collect();
        prop_assert_eq!(said.chars().find(|c| *c != '\n' && escape::deceives(*c)), None);
        let report = parse(&campaign);
        prop_assert_eq!((report.failures, report.errors), (2, 1));
    }
}
