//! The rules of the house that a machine can hold: sizes, openings, words, completeness of the catalogue.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use mcp_litmus::{
    checks::{CHAPTERS, Registry},
    model::{Level, Verdict},
    suite::{Body, WatchOn},
};

/// A file that is longer wants a room of its own.
const FILE: usize = 400;
/// A function that is longer wants to be two.
const FUNCTION: usize = 50;

#[test]
fn every_file_says_what_it_keeps() {
    let silent = offenders(|text| !text.starts_with("//! "));
    assert!(silent.is_empty(), "these do not open with `//!`: {silent:?}");
}

#[test]
fn files_are_short() {
    let long = offenders(|text| text.lines().count() > FILE);
    assert!(long.is_empty(), "more than {FILE} lines: {long:?}");
}

#[test]
fn functions_are_short() {
    let mut long = Vec::new();
    for (path, text) in sources() {
        let lines: Vec<&str> = text.lines().collect();
        for (start, line) in lines.iter().enumerate().filter(|(_, line)| opens_function(line)) {
            let indent: String = line.chars().take_while(|c| *c == ' ').collect();
            let end = lines[start..].iter().position(|line| *line == format!("{indent}}}")).unwrap_or(0);
            if end > FUNCTION {
                long.push(format!("{path}:{}: {end} lines", start + 1));
            }
        }
    }
    assert!(long.is_empty(), "longer than {FUNCTION} lines:\n{}", long.join("\n"));
}

fn opens_function(line: &str) -> bool {
    let line = line.trim_start();
    let line = line.trim_start_matches("pub(super) ").trim_start_matches("pub(crate) ").trim_start_matches("pub ");
    line.trim_start_matches("const ").trim_start_matches("async ").starts_with("fn ")
}

#[test]
fn nothing_is_left_open() {
    // Put together here, so that this file does not find itself.
    let words = ["todo!(", "unimplemented!(", "dbg!(", "#[ignore", "TO-DO", "FIX-ME"].map(|word| word.replace('-', ""));
    let open: Vec<String> = sources()
        .into_iter()
        .filter(|(path, _)| path != "tests/tidy.rs")
        .flat_map(|(path, text)| {
            let found: Vec<String> = words.iter().filter(|word| text.contains(word.as_str())).cloned().collect();
            found.into_iter().map(move |word| format!("{path}: {word}"))
        })
        .collect();
    assert!(open.is_empty(), "{}", open.join("\n"));
}

#[test]
fn messages_begin_small_and_end_without_a_full_stop() {
    let mut bad = Vec::new();
    for (path, text) in sources().into_iter().filter(|(path, _)| path.starts_with("src/")) {
        for (_, rest) in text.match_indices("#[error(\"").map(|(at, found)| (at, &text[at + found.len()..])) {
            let message = rest.split("\")]").next().unwrap_or_default();
            if message.ends_with('.') || message.starts_with(|c: char| c.is_uppercase()) {
                bad.push(format!("{path}: {message}"));
            }
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

#[test]
fn every_chapter_is_built_in() {
    let on_disk: BTreeSet<String> = walk(&root().join("suites"), "md").into_iter().map(|path| shown(&path)).collect();
    let built_in: BTreeSet<String> = CHAPTERS.iter().map(|chapter| chapter.file.to_owned()).collect();
    assert_eq!(on_disk, built_in, "src/checks/builtin.rs lists the chapters");
}

#[test]
fn every_check_has_a_server_that_passes_and_one_that_fails() {
    let registry = Registry::builtin().unwrap_or_else(|error| panic!("{}", error.rendered.join("\n")));
    assert!(registry.checks().len() >= 40, "only {} checks", registry.checks().len());
    for check in registry.checks() {
        // Our own mistakes are no server's; `tests/own_messages.rs` plays them.
        let ours = matches!(&check.body, Body::Watch(watch) if watch.on == WatchOn::Sent);
        for wanted in [Verdict::Pass, Verdict::Fail].into_iter().filter(|wanted| !ours || *wanted == Verdict::Pass) {
            let has = check.examples.iter().any(|example| example.verdict == wanted);
            assert!(has, "{} has no `yaml server {wanted}`", check.info.id);
        }
        assert!(!check.info.about.trim().is_empty(), "{} does not say why it matters", check.info.id);
        // Advice rests on no sentence.
        let advice = check.info.level == Level::Advice;
        assert!(advice || !check.info.proves.is_empty(), "{} proves nothing", check.info.id);
        for id in &check.info.proves {
            let well_formed = ["modern:", "legacy:"].iter().any(|era| id.starts_with(era)) && id.contains('/');
            assert!(well_formed, "{}: `{id}` is no requirement", check.info.id);
        }
    }
}

fn offenders(is_bad: impl Fn(&str) -> bool) -> Vec<String> {
    sources().into_iter().filter(|(_, text)| is_bad(text)).map(|(path, _)| path).collect()
}

fn sources() -> Vec<(String, String)> {
    let folders = ["src", "tests", "benches", "examples", "fuzz"];
    let files = folders.iter().flat_map(|folder| walk(&root().join(folder), "rs"));
    files.map(|path| (shown(&path), fs::read_to_string(&path).unwrap())).collect()
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

fn walk(folder: &Path, kind: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files = Vec::new();
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() && path.file_name().is_none_or(|name| name != "target") {
            files.extend(walk(&path, kind));
        } else if path.extension().is_some_and(|extension| extension == kind) {
            files.push(path);
        }
    }
    files
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
