//! Secrets are shown nowhere, however the server repeats them.
#![cfg(unix)]

#[path = "cli/harness.rs"]
mod harness;

use harness::Folder;

const SECRET: &str = "p\"ss/wörd-1";
const INHERITED: &str = "inherited-value-2";

/// Every spelling of the secrets that JSON allows, and their recognisable parts.
const TRACES: [&str; 4] = ["wörd-1", "w\\u00f6rd-1", "ss/w", INHERITED];

/// Everything that a run says and writes.
fn everything(script: &str) -> String {
    let folder = Folder::new();
    let given = format!("GIVEN={SECRET}");
    let arguments = [
        "check",
        "--startup-timeout",
        "2s",
        "--timeout",
        "500ms",
        "--only",
        "ping/*",
        "--only",
        "discover/*",
        "--only",
        "lifecycle/*",
        "--env",
        &given,
        "--verbose",
        "--report",
        "ndjson=a",
        "--report",
        "json=b",
        "--report",
        "junit=c",
        "--report",
        "console=d",
        "--",
        "sh",
        "-c",
        script,
    ];
    let ended = folder.play_with(&arguments, &[("SOME_TOKEN", INHERITED), ("ORDINARY", "ordinary-value-3")]);
    let files = ["a", "b", "c", "d"].map(|name| folder.read(name)).concat();
    ended.stdout + &ended.stderr + &files
}

fn hides(said: &str, shows: &[&str]) {
    for trace in TRACES {
        assert!(!said.contains(trace), "`{trace}` is shown:\n{said}");
    }
    for words in shows {
        assert!(said.contains(words), "`{words}` is not shown:\n{said}");
    }
}

#[test]
fn a_server_that_ends_with_its_environment_on_stderr() {
    hides(
        &everything("env >&2; exit 3"),
        &["GIVEN=[redacted GIVEN]", "SOME_TOKEN=[redacted SOME_TOKEN]", "ORDINARY=ordinary-value-3"],
    );
}

#[test]
fn a_server_that_says_its_environment_in_its_answers() {
    let script = r#"
        given=$(printf %s "$GIVEN" | sed 's/"/\\"/')
        while read -r line; do
            id=$(printf %s "$line" | sed -n 's/.*"id":\("[^"]*"\|[0-9]*\).*/\1/p')
            echo "secret: $GIVEN" >&2
            case $line in
            *'"initialize"'*) printf '{"jsonrpc":"2.0","id":%s,"result":{"protocolVersion":"2025-06-18","capabilities":{"experimental":{"%s":{}}},"serverInfo":{"name":"%s","version":"%s"}}}\n' "$id" "$SOME_TOKEN" "$given" "$SOME_TOKEN" ;;
            *'"ping"'*) printf '{"jsonrpc":"2.0","id":%s,"result":["%s"],"error":"%s"}\n' "$id" "$given" "$SOME_TOKEN" ;;
            *'"id"'*) printf '{"jsonrpc":"2.0","id":%s,"error":{"code":-32601,"message":"%s"}}\n' "$id" "$given" ;;
            esac
        done"#;
    hides(
        &everything(script),
        &[r#""name": "[redacted GIVEN]""#, "secret: [redacted GIVEN]", r#""[redacted SOME_TOKEN]": {}"#, "FAIL"],
    );
}

#[test]
fn a_command_that_holds_a_secret() {
    let said = everything(&format!(": {INHERITED}; exit 3"));
    hides(&said, &["sh -c ': [redacted SOME_TOKEN]; exit 3'"]);
}
