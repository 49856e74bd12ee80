//! The fuzzer on real processes: it finds a bug, shows it again, and finds nothing where nothing is.

use std::{
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;

const LITMUS: &str = env!("CARGO_BIN_EXE_mcp-litmus");

/// Run the tool in a folder of its own.
fn litmus(folder: &Path, words: &[&str], server: &[&str]) -> Output {
    let mut command = Command::new(LITMUS);
    command.args(words).args(["--", LITMUS, "demo"]).args(server).current_dir(folder);
    command.output().unwrap()
}

/// A folder that is gone when the test is.
struct Folder(std::path::PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("litmus-fuzz-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn fuzz(folder: &Path, more: &[&str], server: &[&str]) -> (Option<i32>, Value) {
    let words = ["fuzz", "--report", "json=report.json", "--revision", "2025-11-25"];
    let ended = litmus(folder, &[&words, more].concat(), server);
    let report = std::fs::read(folder.join("report.json")).unwrap();
    (ended.status.code(), serde_json::from_slice(&report).unwrap())
}

/// A bug is found, confirmed, and its suite tells the server that has it from the one that has not.
fn is_found(bug: &str, kind: &str) {
    let folder = Folder::new(bug);
    let (code, report) = fuzz(&folder.0, &["--time", "90s", "--seed", "1", "--stop-on-finding"], &["--bug", bug]);
    let findings = report["findings"].as_array().unwrap();
    let found = findings.iter().find(|finding| finding["kind"] == kind).unwrap_or_else(|| panic!("{report:#}"));
    assert_eq!((code, &found["confirmed"]), (Some(1), &Value::Bool(true)), "{found:#}");
    let suite = found["reproducer"].as_str().unwrap();
    let play = |server: &[&str]| litmus(&folder.0, &["run", suite, "--revision", "2025-11-25"], server).status.code();
    assert_eq!((play(&["--bug", bug]), play(&[])), (Some(1), Some(0)), "{suite}");
}

#[test]
fn a_crash_is_found_and_shown_again() {
    is_found("nul", "crash");
}

#[test]
fn damage_to_what_the_server_knows_is_found() {
    is_found("lost-tools", "violation");
}

#[test]
fn a_second_answer_is_found() {
    is_found("double-error", "violation");
}

#[test]
fn tools_that_do_more_than_read_are_left_alone() {
    let folder = Folder::new("read-only");
    let (code, report) = fuzz(&folder.0, &["--messages", "2000", "--seed", "3"], &[]);
    assert!(matches!(code, Some(0 | 1)), "{report:#}");
    let notes = report["notes"].to_string();
    assert!(notes.contains("mutate") && notes.contains("--call all"), "{notes}");
    assert!(report["messages"].as_u64().unwrap() >= 2000);
}

#[test]
fn nothing_is_left_behind_and_the_report_says_why_nothing_was_tested() {
    let folder = Folder::new("unreachable");
    let words = ["fuzz", "--time", "5s", "--startup-timeout", "5s", "--report", "json=report.json"];
    let ended = Command::new(LITMUS).args(words).args(["--", "false"]).current_dir(&folder.0).output().unwrap();
    assert_eq!(ended.status.code(), Some(3), "{}", String::from_utf8_lossy(&ended.stderr));
    let report: Value = serde_json::from_slice(&std::fs::read(folder.0.join("report.json")).unwrap()).unwrap();
    assert!(report["unreachable"].is_object() && report["messages"] == 0, "{report:#}");
}

#[test]
fn a_strategy_that_there_is_not_is_told() {
    let folder = Folder::new("strategy");
    let ended = litmus(&folder.0, &["fuzz", "--only", "magic"], &[]);
    assert_eq!(ended.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&ended.stderr).contains("`--only` takes framing"));
}
