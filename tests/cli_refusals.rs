//! What a user may get wrong: each time, the program says what, and the command that would be right.

#[path = "cli/harness.rs"]
mod harness;

use harness::{Folder, golden};

/// The pages of several refusals, for one golden.
fn refusals(folder: &Folder, lines: &[&[&str]]) -> String {
    let page = |line: &&[&str]| {
        let ended = folder.play(line);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""), "{line:?}: {}", ended.stderr);
        assert!(ended.stderr.starts_with("error: "), "{line:?}: {}", ended.stderr);
        ended.page(line)
    };
    lines.iter().map(page).collect::<Vec<_>>().join("\n")
}

#[test]
fn no_server() {
    let lines: &[&[&str]] = &[
        &["check"],
        &["check", "node", "server.js"],
        &["check", "-v", "npx", "-y", "a-server", "--stdio"],
        &["check", "server.js", "--", "--stdio"],
        &["check", "https://example.com/mcp"],
        &["check", "--demo", "node"],
        &["check", "--demo", "--", "node"],
        &["check", "--fault", "banner", "--", "node"],
        &["check", "suite.md", "--", "node"],
        &["run"],
        &["run", "suite.md", "node", "server.js"],
    ];
    golden("cli_refusals_server", &refusals(&Folder::new(), lines));
}

#[test]
fn unknown_words() {
    let lines: &[&[&str]] = &[
        &["chekc"],
        &["check", "--demo", "--verbos"],
        &["check", "--demo", "--nope"],
        &["check", "--demo", "--fault", "baner"],
        &["demo", "--fault", "baner"],
        &["check", "--demo", "--only", "tools/unknwon-tool"],
        &["check", "--demo", "--only", "tolls/*"],
        &["check", "--demo", "--only", "tools"],
        &["check", "--demo", "--only", "tools/*", "--skip", "zzz"],
        &["check", "--demo", "--skip", "*"],
        &["explain", "unknwon-tool"],
        &["explain", "tools"],
        &["explain", "zzz"],
        &["list", "--only", "zzz"],
        &["schema", "nope"],
    ];
    golden("cli_refusals_words", &refusals(&Folder::new(), lines));
}

#[test]
fn bad_values() {
    let lines: &[&[&str]] = &[
        &["check", "--demo", "--revision", "2025"],
        &["check", "--demo", "--timeout", "5x"],
        &["check", "--demo", "--timeout=5x"],
        &["check", "--demo", "--timeout"],
        &["check", "--demo", "--timeout", "1s", "--timeout", "2s"],
        &["check", "--demo", "-j", "0"],
        &["check", "--demo", "--jobs", "many"],
        &["check", "--demo", "--seed", "x"],
        &["check", "--demo", "--call", "some"],
        &["check", "--demo", "--deny", "warning"],
        &["check", "--deny", "--demo"],
        &["check", "--demo", "--color", "purple"],
        &["check", "--demo", "--env", "not-shown"],
        &["check", "--demo", "--env", "A=not-shown", "--seed", "x"],
        &["schema"],
        &["explain"],
        &["report"],
    ];
    let pages = refusals(&Folder::new(), lines);
    let said = pages.lines().filter(|line| !line.starts_with("$ "));
    assert!(!said.clone().any(|line| line.contains("not-shown")), "the value of a variable is shown");
    golden("cli_refusals_values", &pages);
}

#[test]
fn bad_reports() {
    let folder = Folder::new();
    folder.write("file", "no events");
    let lines: &[&[&str]] = &[
        &["check", "--demo", "--report", "junt=report.xml"],
        &["check", "--demo", "--report", "pdf"],
        &["check", "--demo", "--report", "junit="],
        &["check", "--demo", "--report", "junit=file/report.xml"],
        &["check", "--demo", "--report", "junit=."],
        &["check", "--demo", "--report", "json", "--report", "junit"],
        &["check", "--demo", "--report", "json=a", "--report", "junit=a"],
        &["report", "--from", "missing.ndjson"],
        &["report", "--from", "file"],
        &["report", "--from", "file", "--report", "json=file"],
    ];
    golden("cli_refusals_reports", &refusals(&folder, lines));
    assert_eq!(folder.read("file"), "no events");
}

#[test]
fn bad_suites() {
    let folder = Folder::new();
    folder.write("broken.md", "# No head\n\n## x: y\n\n```yaml check\nlevel: MUST\nsteps:\n  - expct: 1\n```\n");
    let lines: &[&[&str]] = &[
        &["run", "missing.md", "--", "node"],
        &["run", "broken.md", "--", "node"],
        &["list", "broken.md"],
        &["rehearse", "broken.md"],
    ];
    golden("cli_refusals_suites", &refusals(&folder, lines));
}

#[test]
fn a_refused_run_leaves_no_reports() {
    let folder = Folder::new();
    let ended = folder.play(&["check", "--report", "json=a.json", "--only", "zzz", "--demo"]);
    assert_eq!(ended.code, Some(2));
    assert!(!folder.has("a.json"));
}
