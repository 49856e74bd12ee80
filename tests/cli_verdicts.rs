//! How a run ends: the exit code for every kind of end, on every revision, with suites of one's own.

#[path = "cli/harness.rs"]
mod harness;

use harness::{Ended, Folder, play};
use mcp_litmus::model::Revision;
use serde_json::Value;

const SUITE: &str = r#"+++
about = "Our own server"
needs = ["tools"]
+++

## lists-tools: It lists its tools
A client cannot do without.

```yaml check
level: MUST
revisions: ">=2024-11-05"
steps:
  - send: tools/list
  - expect:
      - pass: { result: { tools: { $len: { $min: 1 } } } }
      - fail: { result: {} }
        because: there are no tools
      - fail: { error: {} }
        because: it refuses
```
```yaml server pass
```
```yaml server fail
tools/list: { result: { tools: [] } }
```
"#;

fn ends(ended: &Ended, code: i32, says: &[&str]) {
    assert_eq!(ended.code, Some(code), "{}{}", ended.stdout, ended.stderr);
    for words in says {
        assert!(ended.stdout.contains(words), "it does not say `{words}`:\n{}", ended.stdout);
    }
}

#[test]
fn a_clean_server() {
    ends(&play(&["check", "--demo", "--only", "tools/*"]), 0, &["PASS"]);
}

#[test]
fn a_failure() {
    let ended = play(&["check", "--demo", "--fault", "banner", "--only", "stdio/*"]);
    ends(&ended, 1, &["FAIL", "stdio/", "because", "reproduce", "check --only stdio/"]);
}

#[test]
fn a_warning_fails_where_it_is_denied() {
    let warned = ["check", "--demo", "--fault", "bad-tool-name", "--only", "tools/name-characters"];
    ends(&play(&warned), 0, &["WARN", "1 warned"]);
    ends(&play(&[&warned[..], &["--deny", "warnings"]].concat()), 1, &["WARN", "1 warned"]);
}

#[test]
fn an_unreachable_server() {
    let ended = play(&["check", "--", "sh", "-c", "echo no port left >&2; exit 9"]);
    ends(&ended, 3, &["exited with code 9", "no port left", "hint"]);
}

#[test]
fn nothing_was_tested() {
    let ended = play(&["check", "--demo", "--only", "capabilities/undeclared-tools"]);
    ends(&ended, 4, &["nothing was tested", "1 skipped"]);
}

#[test]
fn no_tool_is_called_where_none_may_be() {
    let folder = Folder::new();
    folder.play(&["check", "--demo", "--call", "none", "--only", "tools/call-result", "--report", "json=none.json"]);
    let report: Value = serde_json::from_str(&folder.read("none.json")).unwrap();
    assert_eq!(report["results"][0]["verdict"], "skip", "{}", report["results"][0]);
    assert_eq!(report["results"][0]["skip"], "not-exercised");
}

#[test]
fn every_revision_can_be_spoken() {
    for revision in Revision::ALL {
        let revision = revision.to_string();
        let folder = Folder::new();
        let ended =
            folder.play(&["check", "--demo", "--revision", &revision, "--only", "tools/list", "--report", "json"]);
        assert_eq!(ended.code, Some(0), "{revision}: {}", ended.stderr);
        let report: Value = serde_json::from_str(&ended.stdout).unwrap();
        assert_eq!(report["runs"].as_array().map(Vec::len), Some(1));
        assert_eq!(report["runs"][0]["revision"], revision.as_str());
        assert_eq!(report["results"][0]["revision"], revision.as_str());
    }
}

#[test]
fn all_revisions_in_one_run() {
    let ended = play(&["check", "--demo", "--revision", "all", "--only", "tools/list", "--report", "json"]);
    let report: Value = serde_json::from_str(&ended.stdout).unwrap();
    let spoken: Vec<&str> =
        report["runs"].as_array().unwrap().iter().filter_map(|run| run["revision"].as_str()).collect();
    assert_eq!(spoken.len(), Revision::ALL.len(), "{spoken:?}");
}

#[test]
fn a_suite_of_ones_own() {
    let folder = Folder::new();
    folder.write("mine.md", SUITE);
    ends(&folder.play(&["run", "mine.md", "--demo"]), 0, &["1 passed"]);
    ends(&folder.play(&["rehearse", "mine.md"]), 0, &["examples played, 0 judged otherwise"]);
    let listed = folder.play(&["list", "mine.md"]);
    ends(&listed, 0, &["mine/lists-tools  MUST"]);

    folder.write("wrong.md", &SUITE.replace("tools: []", "tools: [{ name: a, inputSchema: { type: object } }]"));
    ends(&folder.play(&["rehearse", "wrong.md"]), 1, &["5 judged otherwise", "wrong"]);

    folder.write("strict.md", &SUITE.replace("$min: 1", "$min: 1000"));
    let ended = folder.play(&["run", "strict.md", "--demo"]);
    ends(&ended, 1, &["there are no tools", "mcp-litmus run strict.md --only strict/lists-tools"]);
}

#[test]
fn the_command_that_reproduces_a_finding_has_the_options_that_matter() {
    let options = ["--call", "all", "--timeout", "3s", "--cwd", ".", "--env", "LITMUS_WORD=sesame-open", "--verbose"];
    let check = ["check", "--demo", "--fault", "unknown-tool-ok", "--only", "tools/unknown-tool"];
    let ended = play(&[check.as_slice(), &options].concat());
    let again =
        r#"--call all --timeout 3000ms --cwd . --env LITMUS_WORD="$LITMUS_WORD" --demo --fault unknown-tool-ok"#;
    ends(&ended, 1, &[again]);
    assert!(!ended.stdout.contains("sesame"), "{}", ended.stdout);
}

#[test]
fn the_command_that_reproduces_a_finding_does() {
    let ended = play(&["check", "--demo", "--fault", "bad-tool-name", "--only", "tools/*"]);
    let line = ended.stdout.lines().find_map(|line| line.trim().strip_prefix("reproduce")).unwrap();
    let words: Vec<&str> = line.split_whitespace().skip(1).collect();
    ends(&play(&words), 0, &["tools/name-characters", "1 warned"]);
}

#[test]
fn colours_only_where_they_are_wanted() {
    let run = ["check", "--demo", "--only", "tools/list"];
    let colored = |more: &[&str], variables: &[(&str, &str)]| {
        let ended = Folder::new().play_with(&[&run[..], more].concat(), variables);
        (ended.stdout + &ended.stderr).contains('\u{1b}')
    };
    assert!(!colored(&[], &[]), "into a pipe");
    assert!(colored(&["--color", "always"], &[]));
    assert!(colored(&["--color", "always"], &[("NO_COLOR", "1")]), "what is typed outweighs what is set");
    assert!(!colored(&["--color", "never"], &[]));
}

#[test]
fn verbose_shows_the_wire() {
    let ended = play(&["check", "--demo", "--only", "tools/list", "--verbose"]);
    ends(&ended, 0, &["--> {", "<-- {", "\"method\":\"tools/list\"", "pass   tools/list"]);
}
