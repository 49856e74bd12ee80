//! Reports of one run agree with each other, can be made again from its events, and go where they are sent.

#[path = "cli/harness.rs"]
mod harness;

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use harness::{Folder, golden};
use quick_junit::{NonSuccessKind, Report, TestCaseStatus};
use serde_json::Value;

/// One run with a failure, a warning, passes and skips, in every format.
fn run() -> Folder {
    let folder = Folder::new();
    let ended = folder.play(&[
        "check",
        "--demo",
        "--fault",
        "banner",
        "--fault",
        "bad-tool-name",
        "--report",
        "ndjson=out/events.ndjson",
        "--report",
        "json=out/live.json",
        "--report",
        "junit=out/live.xml",
        "--report",
        "console=out/live.txt",
    ]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(1), ""), "{}", ended.stdout);
    assert!(ended.stdout.contains("FAIL"), "the terminal is served as well");
    folder
}

fn count(report: &Report, is: impl Fn(&TestCaseStatus) -> bool) -> u64 {
    report.test_suites.iter().flat_map(|suite| &suite.test_cases).filter(|case| is(&case.status)).count() as u64
}

fn is_kind(status: &TestCaseStatus, wanted: NonSuccessKind) -> bool {
    matches!(status, TestCaseStatus::NonSuccess { kind, .. } if *kind == wanted)
}

#[test]
fn reports_of_one_run_agree() {
    let folder = run();
    let json: Value = serde_json::from_str(&folder.read("out/live.json")).unwrap();
    let totals = &json["totals"];
    let events = folder.read("out/events.ndjson");
    let last: Value = serde_json::from_str(events.lines().last().unwrap()).unwrap();
    assert_eq!(
        (&last["event"], &last["totals"], &last["exit_code"]),
        (&Value::from("finished"), totals, &Value::from(1))
    );

    let number = |name: &str| totals[name].as_u64().unwrap();
    assert!(number("fail") > 0 && number("warn") > 0 && number("pass") > 0 && number("skip") > 0, "{totals}");
    let junit = Report::deserialize_from_str(&folder.read("out/live.xml")).unwrap();
    assert_eq!(count(&junit, |status| is_kind(status, NonSuccessKind::Failure)), number("fail"));
    assert_eq!(count(&junit, |status| is_kind(status, NonSuccessKind::Error)), number("error"));
    assert_eq!(count(&junit, |status| matches!(status, TestCaseStatus::Skipped { .. })), number("skip"));
    let passed = count(&junit, |status| matches!(status, TestCaseStatus::Success { .. }));
    assert_eq!(passed, number("pass") + number("warn"));
    let finished = events.lines().filter(|line| line.starts_with(r#"{"event":"check-finished""#)).count();
    assert_eq!(finished, json["results"].as_array().unwrap().len());
}

#[test]
fn reports_made_again_are_the_same() {
    let folder = run();
    let ended = folder.play(&[
        "report",
        "--from",
        "out/events.ndjson",
        "--report",
        "json=again.json",
        "--report",
        "junit=again.xml",
        "--report",
        "ndjson=again.ndjson",
        "--report",
        "console=again.txt",
    ]);
    assert_eq!((ended.code, ended.stdout.as_str(), ended.stderr.as_str()), (Some(0), "", ""));
    for (live, again) in [
        ("live.json", "again.json"),
        ("live.xml", "again.xml"),
        ("events.ndjson", "again.ndjson"),
        ("live.txt", "again.txt"),
    ] {
        assert!(folder.read(&format!("out/{live}")) == folder.read(again), "{again} differs");
    }
}

#[test]
fn events_that_are_cut_off() {
    let folder = run();
    let events = folder.read("out/events.ndjson");
    let lines: Vec<&str> = events.lines().take(12).collect();
    folder.write("between.ndjson", &(lines.join("\n") + "\n"));
    let ended = folder.play(&["report", "--from", "between.ndjson"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(ended.stdout.contains("CUT OFF"), "{}", ended.stdout);

    let mut within = lines.join("\n");
    within.truncate(within.len() - 4);
    folder.write("within.ndjson", &within);
    let ended = folder.play(&["report", "--from", "within.ndjson"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("within.ndjson:12: ") && ended.stderr.contains("missing"), "{}", ended.stderr);
}

#[test]
fn events_are_not_written_over() {
    let folder = run();
    let before = folder.read("out/events.ndjson");
    let ended = folder.play(&["report", "--from", "out/events.ndjson", "--report", "ndjson=./out/events.ndjson"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("would be overwritten"), "{}", ended.stderr);
    assert!(folder.read("out/events.ndjson") == before);
}

#[test]
fn a_report_on_standard_output_is_nothing_but_the_report() {
    let folder = Folder::new();
    for (format, begins) in [("json", "{"), ("junit", "<?xml"), ("ndjson", r#"{"event":"started""#)] {
        let ended = folder.play(&["check", "--demo", "--only", "tools/list", "--report", format, "--verbose"]);
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
        assert!(ended.stdout.starts_with(begins), "{}", ended.stdout);
    }
}

#[test]
fn whoever_closes_the_pipe_has_read_enough() {
    for arguments in [&["list"][..], &["check", "--demo", "--only", "tools/*", "--report", "ndjson"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mcp-litmus"));
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        // The reader is dropped behind the first line.
        BufReader::with_capacity(16, child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ended = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!((ended.status.code(), said.as_str()), (Some(0), ""), "{arguments:?}");
        assert!(line.len() > 20, "{line}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_that_cannot_be_written_is_told() {
    let folder = Folder::new();
    let ended = folder.play(&["check", "--demo", "--only", "tools/list", "--report", "ndjson=/dev/full"]);
    assert_eq!(
        (ended.code, ended.stderr.as_str()),
        (Some(2), "error: cannot write the report /dev/full: no space left on device\n")
    );
}

#[test]
fn what_a_person_reads() {
    let arguments = ["check", "--demo", "--fault", "duplicate-tool-names", "--only", "tools/unique-names*"];
    let ended = Folder::new().play(&arguments);
    golden("cli_check_warning", &ended.page(&arguments));
}
