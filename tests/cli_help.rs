//! What the program says of itself: helps, lists, explanations.

#[path = "cli/harness.rs"]
mod harness;

use harness::{golden, play};

const COMMANDS: [&str; 10] =
    ["check", "init", "run", "list", "explain", "rehearse", "demo", "schema", "report", "validate"];

fn page(arguments: &[&str]) -> String {
    let ended = play(arguments);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""), "{arguments:?}");
    ended.page(arguments)
}

#[test]
fn short_helps() {
    let commands = COMMANDS.map(|command| page(&[command, "-h"]));
    golden("cli_help_short", &(page(&["-h"]) + "\n" + &commands.join("\n")));
}

#[test]
fn long_helps() {
    golden("cli_help", &page(&["--help"]));
    golden("cli_help_check", &page(&["check", "--help"]));
    golden("cli_help_run", &page(&["run", "--help"]));
    golden("cli_help_report", &page(&["report", "--help"]));
    golden("cli_help_validate", &page(&["validate", "--help"]));
}

#[test]
fn a_long_help_says_more_than_a_short_one_and_fits() {
    for command in COMMANDS {
        let (short, long) = (play(&[command, "-h"]).stdout, play(&[command, "--help"]).stdout);
        assert_ne!(long, short, "{command}");
        let widest = long.lines().chain(short.lines()).map(|line| line.chars().count()).max();
        assert!(widest <= Some(100), "{command}: {widest:?} columns");
    }
}

#[test]
fn explanations() {
    golden("cli_explain_check", &page(&["explain", "ping/answered"]));
    let topics = ["verdicts", "exit-codes", "reports"].map(|topic| page(&["explain", topic]));
    golden("cli_explain_topics", &topics.join("\n"));
}

#[test]
fn every_check_is_listed_and_explained_alike() {
    let listed: Vec<serde_json::Value> = serde_json::from_str(&play(&["list", "--json"]).stdout).unwrap();
    let table = play(&["list"]).stdout;
    assert!(listed.len() >= 40);
    for check in &listed {
        let id = check["id"].as_str().unwrap();
        assert!(table.lines().any(|line| line.split(' ').next() == Some(id)), "{id}");
    }
    let tools = play(&["list", "--only", "tools/*", "--skip", "*-legacy"]).stdout;
    assert!(tools.contains("tools/list ") && !tools.contains("-legacy ") && !tools.contains("ping/"), "{tools}");
}

#[test]
fn schemas_are_printed() {
    for name in ["suite", "config", "report", "events", "validation"] {
        let printed: serde_json::Value = serde_json::from_str(&play(&["schema", name]).stdout).unwrap();
        assert!(printed["$schema"].is_string() && printed["$defs"].is_object(), "{name}");
    }
}

#[test]
fn the_faults_are_listed() {
    let faults = play(&["demo", "--list-faults"]).stdout;
    assert!(faults.lines().count() >= 30, "{faults}");
    for name in ["banner", "orphan", "ignore-sigterm"] {
        assert!(faults.lines().any(|line| line.starts_with(&format!("{name} "))), "{name}");
    }
}
