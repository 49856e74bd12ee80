//! A launch in a sandbox is still one: it fails in the same words, is ended the same way, and serves.

use std::{
    io::{BufRead, BufReader, Write},
    process::Stdio,
};

use mcp_litmus::{
    sandbox::SandboxLevel::{Full, Limits},
    transport::{
        Ladder, Rung,
        stdio::{self, Launch},
    },
};
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::stage::{Needs::Nothing, Outside, PROGRAM, Row, command, launch, play, sandbox};

pub const TRIALS: &[Row] = &[
    ("what cannot be started is told as before", Nothing, failures_read_as_before),
    ("an exit code comes through", Nothing, an_exit_code_comes_through),
    ("it is ended as before", Nothing, it_is_ended_as_before),
    ("the demo serves", Nothing, the_demo_serves),
];

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

fn failures_read_as_before() {
    let (sandbox, outside) = (sandbox(Full), Outside::new());
    let runtime = runtime();
    let _inside = runtime.enter();
    let plain = outside.path().join("plain.py");
    std::fs::write(&plain, "print()").expect("a file");
    let orphan = outside.path().join("orphan");
    std::fs::rename(outside.script("script", ""), &orphan).expect("a script");
    std::fs::write(&orphan, "#!/no/such/interpreter\n").expect("a script");
    let named = |program: &std::path::Path| launch(&program.display().to_string(), &[]);
    let missing = Launch { cwd: Some(outside.path().join("none")), ..launch("sh", &[]) };
    for launch in [
        launch("no-such-command-anywhere", &[]),
        launch("nodee", &["x"]),
        launch("", &[]),
        launch("-x", &[]),
        launch("./Cargo.toml", &[]),
        launch("Cargo.toml", &[]),
        launch("sh -c true", &[]),
        named(&plain),
        named(&orphan),
        named(outside.path()),
        missing,
    ] {
        let before = stdio::launch(&launch).err();
        assert!(before.is_some(), "{launch:?} can be started");
        assert_eq!(sandbox.wrap(&launch).err(), before, "{launch:?}");
    }
}

fn an_exit_code_comes_through() {
    for level in [Limits, Full] {
        assert_eq!(play(&sandbox(level), &launch("sh", &["-c", "exit 7"])).1, Some(7));
    }
}

/// It keeps its process id, its group and its mark: the polite end reaches it, and what it leaves is found.
fn it_is_ended_as_before() {
    let sandbox = sandbox(Full);
    let script = "trap '' TERM; sleep 1000 & exec sleep 1000";
    let wrapped = sandbox.wrap(&launch("sh", &["-c", script])).unwrap_or_else(|failure| panic!("{failure}"));
    runtime().block_on(async {
        let mut connection = stdio::launch(&wrapped).unwrap_or_else(|failure| panic!("{failure}"));
        let brief = std::time::Duration::from_millis(300);
        let ladder = Ladder { eof: brief, sigterm: brief, ..Ladder::default() };
        let shutdown = connection.peer.shutdown(&ladder).await;
        assert_eq!(shutdown.rung, Rung::Sigkill);
        assert!(shutdown.exited.is_some_and(|exited| exited.signal == Some(9)));
    });
}

fn the_demo_serves() {
    for level in [Limits, Full] {
        let sandbox = sandbox(level);
        let wrapped = sandbox.wrap(&launch(PROGRAM, &["demo"])).unwrap_or_else(|failure| panic!("{failure}"));
        let mut server = command(&wrapped).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
        let request = r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}"#;
        let mut stdin = server.stdin.take().expect("a pipe");
        writeln!(stdin, "{request}").expect("it reads");
        let mut answer = String::new();
        BufReader::new(server.stdout.take().expect("a pipe")).read_line(&mut answer).expect("an answer");
        drop(stdin);
        let answer: Value = serde_json::from_str(&answer).expect("JSON");
        assert_eq!(answer["result"]["protocolVersion"], "2025-11-25", "{answer}");
        assert!(server.wait().expect("it ends").success());
    }
}
