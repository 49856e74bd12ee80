//! Servers that we start and that serve at an address, or do not.

use std::net::TcpListener;

use mcp_litmus::model::Exit;

use crate::{
    harness::{Ended, play},
    stage::holds,
};

/// Start this with an address as its last argument, and check what is there.
fn launch(more: &[&str], command: &[&str]) -> Ended {
    let url = "http://127.0.0.1:{port}/mcp";
    play(&[&["check", "--url", url], more, &["--"], command, &["127.0.0.1:{port}"]].concat())
}

fn launch_sh(script: &str) -> Ended {
    launch(&[], &["sh", "-c", script])
}

#[test]
fn one_that_exits_at_once() {
    let ended = launch_sh("echo 'no API_KEY is set' >&2; exit 3");
    holds(
        &ended,
        Exit::Unreachable,
        &["exited with code 3", "stderr no API_KEY is set", "arguments or environment variables"],
    );
}

#[test]
fn one_that_never_listens() {
    let ended = launch_sh("echo starting; sleep 1000");
    holds(
        &ended,
        Exit::Unreachable,
        &["did not answer at http://", "connection refused", "stderr starting", "--startup-timeout"],
    );
}

#[test]
fn one_that_ignores_every_polite_signal() {
    let ended = launch_sh("trap '' TERM INT HUP PIPE; setsid sleep 1000 & while :; do sleep 1; done");
    holds(&ended, Exit::Unreachable, &["did not answer at http://"]);
}

#[test]
fn one_whose_port_is_taken() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}/mcp", listener.local_addr().expect("an address"));
    let ended = play(&["check", "--url", &url, "--", "sleep", "1000"]);
    holds(&ended, Exit::Unreachable, &["something listens on 127.0.0.1:", "already"]);
}

#[test]
fn one_that_dies_in_the_middle() {
    let more = ["--startup-timeout", "10s", "--only", "errors/*"];
    let server = [env!("CARGO_BIN_EXE_mcp-litmus"), "demo", "--fault", "crash-on-unknown-method", "--http"];
    let ended = launch(&more, &server);
    holds(&ended, Exit::Findings, &["the process that serves it exited with code"]);
}
