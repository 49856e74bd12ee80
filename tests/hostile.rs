//! Servers that do their worst. Whatever they do, the program ends in time, says what happened and what helps, keeps
//! its memory, and leaves no process behind.
#![cfg(target_os = "linux")]

#[path = "hostile/harness.rs"]
mod harness;

use harness::{Ended, interrupt, limit, play};
use mcp_litmus::model::Exit;

/// Our program's memory, whatever the server does.
const MEGABYTES: u64 = 100;

fn holds(ended: &Ended, exit: Exit, says: &[&str]) {
    let Ended { code, said, took, peak, left } = ended;
    // What a terminal wraps is one text all the same.
    let text = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(*code, Some(exit.code().into()), "after {took:?}:\n{said}");
    for words in says {
        assert!(text.contains(words), "it does not say `{words}`:\n{said}");
    }
    assert!(*took < limit(), "it took {took:?}");
    assert!(*peak < MEGABYTES, "it took {peak} MB");
    assert!(left.is_empty(), "left behind: {left:?}");
}

/// A server with which no conversation comes about.
fn unreachable(command: &[&str], says: &[&str]) {
    let arguments: Vec<&str> = ["check", "--"].into_iter().chain(command.iter().copied()).collect();
    let ended = play(&arguments);
    holds(&ended, Exit::Unreachable, says);
    assert!(ended.said.contains("hint"), "no hint:\n{}", ended.said);
}

/// A shell script with which no conversation comes about.
fn unreachable_sh(script: &str, says: &[&str]) {
    unreachable(&["sh", "-c", script], says);
}

/// A server that answers the handshake, and then does this.
fn greets_and(script: &str) -> Ended {
    play(&["run", "tests/hostile/suite.md", "--", "sh", "tests/hostile/greets.sh", script])
}

#[test]
fn a_command_that_does_not_exist() {
    unreachable(&["no-such-command-at-all"], &["the command `no-such-command-at-all` was not found", "PATH"]);
}

#[test]
fn a_folder() {
    unreachable(&["tests/hostile/"], &["`tests/hostile/` is a folder", "name the program in it"]);
}

#[test]
fn a_file_that_is_not_executable() {
    unreachable(&["./Cargo.toml"], &["`./Cargo.toml` is not executable", "chmod +x"]);
}

#[test]
fn one_that_exits_at_once() {
    let script = "echo 'no API_KEY is set' >&2; exit 3";
    unreachable_sh(script, &["exited with code 3", "stderr no API_KEY is set", "arguments or environment variables"]);
}

#[test]
fn one_that_prints_html() {
    let script = "echo '<!doctype html>'; echo '<title>404</title>'";
    unreachable_sh(script, &["before it answered", "is no message: `<!doctype html>`", "stdout is for messages only"]);
}

#[test]
fn a_gigabyte_without_a_newline() {
    unreachable(&["head", "-c", "1000000000", "/dev/zero"], &["flooded its stdout", "0 lines, "]);
}

#[test]
fn endless_lines() {
    unreachable(&["yes"], &["flooded its stdout", "is it the right command?"]);
}

#[test]
fn endless_messages() {
    let message = r#"{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"x"}}"#;
    unreachable(&["yes", message], &["flooded its stdout"]);
}

#[test]
fn endless_requests_whose_answers_nobody_reads() {
    unreachable(&["yes", r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#], &["flooded its stdout"]);
}

#[test]
fn endless_stderr() {
    unreachable_sh("yes >&2", &["did not answer within 1 s", "stderr y"]);
}

#[test]
fn one_that_never_answers() {
    unreachable(&["sleep", "1000"], &["did not answer within 1 s", "--startup-timeout"]);
    unreachable_sh("cat >/dev/null", &["did not answer within 1 s"]);
}

#[test]
fn one_that_sends_back_what_it_gets() {
    unreachable(&["cat"], &["sends back what it is sent"]);
}

#[test]
fn one_that_ignores_every_polite_signal() {
    unreachable_sh("trap '' TERM INT HUP PIPE; while :; do sleep 1; done", &["did not answer"]);
}

#[test]
fn a_grandchild_that_holds_stdout() {
    unreachable_sh("sleep 1000 & exit 0", &["exited with code 0"]);
    unreachable_sh("sleep 1000 & cat >/dev/null", &["did not answer"]);
}

#[test]
fn a_grandchild_in_a_session_of_its_own() {
    unreachable_sh("setsid sleep 1000 & exit 0", &["exited with code 0"]);
    unreachable_sh("setsid sleep 1000 >/dev/null 2>&1 </dev/null & cat >/dev/null", &["did not answer"]);
}

#[test]
fn one_that_closes_stdout_and_lives_on() {
    unreachable_sh("exec >&-; sleep 1000", &["the server closed its stdout"]);
}

#[test]
fn one_that_greets_and_dies() {
    let ended = greets_and("echo 'out of luck' >&2; exit 7");
    holds(&ended, Exit::Findings, &["exited with code 7"]);
}

#[test]
fn one_that_greets_and_falls_silent() {
    let ended = greets_and("cat >/dev/null");
    holds(&ended, Exit::Findings, &["silence"]);
}

#[test]
fn one_that_greets_and_floods() {
    holds(&greets_and("exec yes"), Exit::Findings, &["suite/ping"]);
    let ended = greets_and("exec head -c 1000000000 /dev/zero");
    holds(&ended, Exit::Findings, &["suite/ping"]);
}

#[test]
fn one_that_greets_and_ignores_every_polite_signal() {
    let ended = greets_and("trap '' TERM INT HUP; while :; do sleep 1; done");
    holds(&ended, Exit::Findings, &["silence"]);
}

#[test]
fn one_that_greets_and_leaves_a_process_of_its_own() {
    let ended = greets_and("setsid sleep 1000 & exit 0");
    holds(&ended, Exit::Findings, &["exited with code 0"]);
}

#[test]
fn ctrl_c_while_a_server_hangs() {
    let script = "trap '' TERM INT; setsid sleep 1000 & touch \"$HOSTILE_READY\"; while :; do sleep 1; done";
    let ended = interrupt(&["check", "--startup-timeout", "50s", "--", "sh", "-c", script]);
    holds(&ended, Exit::Interrupted, &[]);
}
