//! A launch in a sandbox is still one: it fails in the same words, is ended the same way, and serves.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::Stdio,
    time::Duration,
};

use mcp_litmus::{
    sandbox::{
        Door, Sandbox,
        SandboxLevel::{Full, Limits},
    },
    transport::{
        Chunk, Ladder, Rung,
        http::Remote,
        serve,
        stdio::{self, Launch},
        with_free_port,
    },
};
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::stage::{Needs::Nothing, Outside, PROGRAM, Row, command, launch, play, sandbox};

pub const TRIALS: &[Row] = &[
    ("what cannot be started is told as before", Nothing, failures_read_as_before),
    ("an exit code comes through", Nothing, an_exit_code_comes_through),
    ("it is ended as before", Nothing, it_is_ended_as_before),
    ("what it leaves is found by its mark", Nothing, what_it_leaves_is_found),
    ("the demo serves", Nothing, the_demo_serves),
    ("the demo serves at an address", Nothing, the_demo_serves_at_an_address),
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
    let named = |program: &Path| launch(&program.display().to_string(), &[]);
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
        let brief = Duration::from_millis(300);
        let ladder = Ladder { eof: brief, sigterm: brief, ..Ladder::default() };
        let shutdown = connection.peer.shutdown(&ladder).await;
        assert_eq!(shutdown.rung, Rung::Sigkill);
        assert!(shutdown.exited.is_some_and(|exited| exited.signal == Some(9)));
    });
}

fn what_it_leaves_is_found() {
    if !cfg!(target_os = "linux") {
        return;
    }
    let sandbox = sandbox(Full);
    let script = "setsid sh -c 'echo ready; sleep 1000; true' & read line";
    let wrapped = sandbox.wrap(&launch("sh", &["-c", script])).unwrap_or_else(|failure| panic!("{failure}"));
    runtime().block_on(async {
        let mut connection = stdio::launch(&wrapped).unwrap_or_else(|failure| panic!("{failure}"));
        let ready = connection.chunks.recv().await.map(|event| event.chunk);
        assert!(matches!(ready, Some(Chunk::Stdout(_))), "{ready:?}");
        let shutdown = connection.peer.shutdown(&Ladder::default()).await;
        let names: Vec<&str> = shutdown.leftovers.iter().map(|process| process.name.as_str()).collect();
        assert!(names.contains(&"sh") && shutdown.rung == Rung::Eof, "{shutdown:?}");
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

fn the_demo_serves_at_an_address() {
    let sandbox = Sandbox::prepare(Full, Path::new(PROGRAM), Door::Http).expect("a sandbox");
    let demo = launch(PROGRAM, &["demo", "--http", "127.0.0.1:{port}"]);
    let (address, demo) = with_free_port("http://127.0.0.1:{port}/mcp", &demo).expect("a free port");
    let wrapped = sandbox.wrap(&demo).unwrap_or_else(|failure| panic!("{failure}"));
    let remote = Remote::new(address.parse().expect("an address"));
    runtime().block_on(async {
        let served = serve(&wrapped, &remote, Duration::from_secs(60)).await;
        let served = served.unwrap_or_else(|failure| panic!("{failure}: {:?}", failure.said));
        assert!(served.is_alive());
    });
}
