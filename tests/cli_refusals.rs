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
fn contradicting_targets() {
    let url = "http://127.0.0.1:9/mcp";
    let lines: &[&[&str]] = &[
        &["check", "-v", "https://example.com/mcp", "--bearer", "not-shown"],
        &["check", "--demo", "--url", url],
        &["check", "--server", "a", "--", "node"],
        &["check", "--server", "a", "--url", url],
        &["check", "--all-servers", "--demo"],
        &["check", "--all-servers", "--server", "a"],
        &["check", "--config", ".mcp.json", "--server", "a", "--demo"],
        &["check", "--url", url, "--transport", "stdio"],
        &["check", "--transport", "http", "--", "node"],
        &["check", "--header", "A: not-shown", "--", "node"],
        &["check", "--bearer", "not-shown", "--demo"],
        &["check", "--insecure", "--demo", "--transport", "stdio"],
        &["check", "--url", url, "--env", "A=not-shown"],
        &["check", "--url", url, "--cwd", "."],
        &["check", "--url", url, "--bearer", "not-shown", "--header", "authorization: not-shown"],
        &["run", "suite.md", "--url", url, "--transport", "stdio"],
    ];
    let pages = refusals(&Folder::new(), lines);
    hides_values(&pages);
    golden("cli_refusals_targets", &pages);
}

#[test]
fn bad_addresses_and_headers() {
    let url = "http://127.0.0.1:9/mcp";
    let lines: &[&[&str]] = &[
        &["check", "--url", "localhost:8000/mcp"],
        &["check", "--url", "ftp://example.com"],
        &["check", "--url", "http://user:not-shown@example.com"],
        &["check", "--url", "http://127.0.0.1:${NO_SUCH_PORT}/mcp"],
        &["check", "--url"],
        &["check", "--url", url, "--header", "not-shown"],
        &["check", "--url", url, "--header", "A B: not-shown"],
        &["check", "--url", url, "--header", "A: not-shown\r\nB: not-shown"],
        &["check", "--url", url, "--header", "A: ${NO_SUCH_TOKEN}"],
        &["check", "--url", url, "--header", "A: ${input:key}"],
        &["check", "--url", url, "--bearer", "${NO_SUCH_TOKEN}"],
        &["check", "--url", url, "--bearer", ""],
        &["check", "--url", url, "--bearer"],
        &["check", "--url", url, "--transport", "websocket"],
        &["check", "--url", url, "--connect-timeout", "soon"],
    ];
    let pages = refusals(&Folder::new(), lines);
    hides_values(&pages);
    golden("cli_refusals_addresses", &pages);
}

/// No refusal repeats a value that may be a secret.
fn hides_values(pages: &str) {
    let mut said = pages.lines().filter(|line| !line.starts_with("$ ") && !line.starts_with("B: "));
    assert!(!said.any(|line| line.contains("not-shown")), "a secret is shown:\n{pages}");
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
    hides_values(&pages);
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
