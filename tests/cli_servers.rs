//! Servers of files: which one is meant, what holds for it, and what is refused.

#[path = "cli/harness.rs"]
mod harness;

use harness::{Ended, Folder, golden};

/// Quick checks are enough to see which server was played.
const QUICK: &str = "only = 'ping/*'\n";

/// A configuration whose servers are this program's own demo, by the path that the tests know it by.
fn config(defaults: &str, servers: &[(&str, &str)]) -> String {
    let program = env!("CARGO_BIN_EXE_mcp-litmus");
    let server = |(name, more): &(&str, &str)| format!("[servers.{name}]\ncommand = ['{program}', 'demo']\n{more}\n");
    format!("[defaults]\n{QUICK}{defaults}\n{}", servers.iter().map(server).collect::<String>())
}

fn with_config(text: &str) -> Folder {
    let folder = Folder::new();
    folder.write("litmus.toml", text);
    folder
}

fn page(folder: &Folder, lines: &[&[&str]]) -> String {
    let refused = |line: &&[&str]| {
        let ended = folder.play(line);
        assert_eq!(ended.code, Some(2), "{line:?}: {}{}", ended.stdout, ended.stderr);
        ended.page(line)
    };
    lines.iter().map(refused).collect::<Vec<_>>().join("\n")
}

fn passed(ended: &Ended) -> bool {
    ended.code == Some(0) && ended.stdout.contains("PASS") && ended.stderr.is_empty()
}

#[test]
fn the_only_server_needs_no_name() {
    let folder = with_config(&config("revision = '2025-11-25'", &[("one", "")]));
    assert!(passed(&folder.play(&["check"])), "{}", folder.play(&["check"]).stdout);
    assert!(passed(&folder.play(&["check", "--server", "one"])));
}

#[test]
fn every_server_is_played_and_the_worst_counts() {
    let mute = "startup-timeout = '1s'\ntimeout = '200ms'\n";
    let text = config("report = 'json=out/r.json'", &[("good", ""), ("off", "disabled = true")]);
    let folder = with_config(&format!("{text}[servers.mute]\ncommand = 'no-such-program-here'\n{mute}"));
    let ended = folder.play(&["check", "--all-servers"]);
    assert_eq!(ended.code, Some(3), "{}{}", ended.stdout, ended.stderr);
    let (good, mute) = (ended.stdout.find("# good"), ended.stdout.find("# mute"));
    assert!(good.is_some() && good < mute && !ended.stdout.contains("# off"), "{}", ended.stdout);
    assert!(folder.has("out/r-good.json") && folder.has("out/r-mute.json") && !folder.has("out/r.json"));
    let refused = folder.play(&["check", "--all-servers", "--report", "junit"]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.stderr.contains("give each a file: `--report junit=FILE`"), "{}", refused.stderr);
}

#[test]
fn the_command_line_goes_before_the_entry_and_the_entry_before_the_defaults() {
    let folder = with_config(&config("revision = '2025-06-18'", &[("a", "revision = '2025-03-26'"), ("b", "")]));
    let said = |arguments: &[&str]| folder.play(&[&["check"], arguments].concat()).stdout;
    assert!(said(&["--server", "b"]).contains("(2025-06-18, stdio"));
    assert!(said(&["--server", "a"]).contains("(2025-03-26, stdio"));
    assert!(said(&["--server", "a", "--revision", "2025-11-25"]).contains("(2025-11-25, stdio"));
}

#[test]
fn suites_of_a_server_are_run() {
    let folder = with_config(&config("suites = 'mine*.md'", &[("a", "")]));
    folder.write(
        "mine1.md",
        "+++\nabout = 'x'\n+++\n## x: Y\n\n```yaml check\nlevel: MUST\nsteps:\n  - alive: yes\n```\n",
    );
    let ended = folder.play(&["run", "--only", "mine1/*"]);
    assert!(passed(&ended), "{}{}", ended.stdout, ended.stderr);
}

#[cfg(unix)]
#[test]
fn secrets_of_a_file_are_shown_nowhere() {
    let folder = Folder::new();
    let script = "echo \\\"$KEY $HELD $FILED\\\" >&2; exit 3";
    let json = format!(
        r#"{{ "mcpServers": {{ "s": {{ "command": "sh", "args": ["-c", "{script}"], "envFile": "${{workspaceFolder}}/.env",
             "env": {{ "KEY": "literal-value-1", "HELD": "${{SOME_HOLDER}}" }} }} }} }}"#
    );
    folder.write("mcp.json", &json);
    folder.write(".env", "FILED=filed-value-3\n");
    let arguments = ["check", "--config", "mcp.json", "--only", "ping/*", "--report", "ndjson=a", "--timeout", "300ms"];
    let ended = folder.play_with(&arguments, &[("SOME_HOLDER", "held-value-2")]);
    assert_eq!(ended.code, Some(3), "{}{}", ended.stdout, ended.stderr);
    let said = format!("{}{}{}", ended.stdout, ended.stderr, folder.read("a"));
    for secret in ["literal-value-1", "held-value-2", "filed-value-3"] {
        assert!(!said.contains(secret), "{said}");
    }
    assert!(said.contains("[redacted KEY] [redacted HELD] [redacted FILED]"), "{said}");
    assert!(said.contains("--config mcp.json --server s"), "{said}");
}

#[test]
fn refusals() {
    let none = Folder::new();
    let beside = Folder::new();
    beside.write(".mcp.json", r#"{ "mcpServers": { "weather": { "command": "x" }, "api": { "url": "u" } } }"#);
    let two = with_config(
        "[servers.weather]\ncommand = 'x'\nenv = { A = '${NO_SUCH_A}' }\ncwd = '${input:dir}'\n\
         [servers.api]\nurl = 'http://${NO_SUCH_HOST}/mcp'\nbearer = '${command:ask}'\nreport = ['junt', 'json=']\n\
         suites = ['none/*.md']\n",
    );
    let broken = with_config("[servers.a]\ncomand = 'x'\njobs = 0\n");
    let empty = with_config("");
    let pages = [
        page(&none, &[&["check", "--server", "a"], &["check", "--all-servers"], &["check", "--config", "x.json"]]),
        page(&beside, &[&["check"], &["check", "--server", "weather"], &["check", "--config", ".mcp.json"]]),
        page(&beside, &[&["check", "--config", ".mcp.json", "--server", "wether"]]),
        page(&beside, &[&["check", "--config", ".mcp.json", "--server", "api"]]),
        page(&two, &[&["check"], &["check", "--server", "weather"], &["check", "--server", "api"]]),
        page(&beside, &[&["check", "--config", ".mcp.json", "--server", "weather", "--transport", "sse"]]),
        page(&beside, &[&["check", "--config", ".mcp.json", "--server", "weather", "--bearer", "x"]]),
        page(&broken, &[&["check"]]),
        page(&empty, &[&["check"], &["run", "--all-servers"]]),
    ];
    golden("cli_refusals_servers", &pages.join("\n"));
}
