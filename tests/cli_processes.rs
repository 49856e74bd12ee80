//! The real process of the demo with the faults of processes: they are caught, and nothing is left.
#![cfg(target_os = "linux")]

#[path = "cli/harness.rs"]
mod harness;

use std::{fs, process, thread, time::Duration};

use harness::Folder;

const MARK: &str = "CLI_PROCESSES_MARK";

/// The names of all processes that inherited this mark. What was killed may take a moment to vanish.
fn left(mark: &str) -> Vec<String> {
    let entry = format!("{MARK}={mark}");
    let marked = || {
        let processes = fs::read_dir("/proc").unwrap().flatten();
        processes
            .filter(|process| {
                let environment = fs::read(process.path().join("environ")).unwrap_or_default();
                environment.split(|byte| *byte == 0).any(|variable| variable == entry.as_bytes())
            })
            .map(|process| fs::read_to_string(process.path().join("comm")).unwrap_or_default())
            .collect::<Vec<_>>()
    };
    for _ in 0..500 {
        if marked().is_empty() {
            break;
        }
        thread::sleep(Duration::from_millis(10));
    }
    marked()
}

fn is_caught(fault: &str) {
    let mark = format!("{}-{fault}", process::id());
    let folder = Folder::new();
    let arguments = ["check", "--demo", "--fault", fault, "--only", "stdio/*", "--deny", "warnings"];
    let ended = folder.play_with(&arguments, &[(MARK, &mark)]);
    assert_eq!(ended.code, Some(1), "{fault} is not caught:\n{}{}", ended.stdout, ended.stderr);
    assert_eq!(left(&mark), Vec::<String>::new(), "{fault} leaves processes behind");
}

#[test]
fn one_that_leaves_a_process_behind() {
    is_caught("orphan");
}

#[test]
fn one_that_ignores_every_polite_end() {
    is_caught("ignore-sigterm");
}
