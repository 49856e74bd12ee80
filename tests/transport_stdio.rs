//! Real processes that do what no server should: each ends on the rung that it deserves, and none is left.
#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;
use std::time::Duration;

use mcp_litmus::transport::stdio::{Launch, launch};
use mcp_litmus::transport::{Chunk, Connection, Exited, Ladder, NotWritten, Rung, Shutdown};
use mcp_litmus::wire::LineDecoder;
use tokio::time::timeout;

/// Longer than anything here takes, so that only a hang meets it.
const PATIENCE: Duration = Duration::from_secs(60);

/// A rung that is expected to help.
const PATIENT: u64 = 20_000;

/// A rung that is expected to fail.
const BRIEF: u64 = 100;

fn ladder(eof: u64, sigterm: u64) -> Ladder {
    let [eof, sigterm, sigkill] = [eof, sigterm, PATIENT].map(Duration::from_millis);
    Ladder { eof, sigterm, sigkill }
}

/// A server that is known by an environment variable of its test, so that nothing it starts can hide.
struct Server {
    connection: Connection,
    mark: String,
}

fn sh(name: &str, script: &str) -> Server {
    let value = format!("{name}-{}", std::process::id());
    let what = Launch {
        program: "sh".into(),
        args: vec!["-c".into(), script.into()],
        env: vec![("LITMUS_TEST".into(), value.clone().into())],
        ..Launch::default()
    };
    let connection = launch(&what).unwrap_or_else(|failure| panic!("{failure}"));
    Server { connection, mark: format!("LITMUS_TEST={value}") }
}

impl Server {
    async fn next(&mut self) -> Option<Chunk> {
        let next = timeout(PATIENCE, self.connection.chunks.recv()).await;
        next.expect("an event or the end").map(|event| event.chunk)
    }

    async fn until(&mut self, wanted: impl Fn(&Chunk) -> bool) {
        while let Some(chunk) = self.next().await {
            if wanted(&chunk) {
                return;
            }
        }
        panic!("the server fell silent before");
    }

    /// A forked shell takes a moment to become what it runs.
    async fn until_runs(&mut self, name: &str) {
        let seen = timeout(PATIENCE, async {
            while !running(&self.mark).iter().any(|running| running == name) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        });
        assert!(seen.await.is_ok(), "only these run: {:?}", running(&self.mark));
    }

    async fn until_ready(&mut self) {
        self.until(|chunk| *chunk == Chunk::Stdout(b"ready\n".to_vec())).await;
    }

    /// Everything until both pipes are closed and the process has ended.
    async fn rest(&mut self) -> Vec<Chunk> {
        let mut chunks = Vec::new();
        while let Some(chunk) = self.next().await {
            chunks.push(chunk);
        }
        chunks
    }

    /// Shut down as a session does, reading all the while, and see that nothing is left.
    async fn shutdown(&mut self, ladder: &Ladder) -> Shutdown {
        let Connection { peer, chunks, .. } = &mut self.connection;
        let reading = async {
            while chunks.recv().await.is_some() {}
            std::future::pending::<()>().await;
        };
        let ended = timeout(PATIENCE, async {
            tokio::select! {
                shutdown = peer.shutdown(ladder) => shutdown,
                () = reading => unreachable!("reading never ends"),
            }
        });
        let shutdown = ended.await.expect("the shutdown ends");
        assert_gone(&self.mark).await;
        shutdown
    }
}

/// The names of the processes that carry the mark of a test and run; a zombie has no environment.
fn running(mark: &str) -> Vec<String> {
    let carries = |path: &Path| {
        let environment = fs::read(path.join("environ")).unwrap_or_default();
        environment.split(|byte| *byte == 0).any(|entry| entry == mark.as_bytes())
    };
    let name = |path: &Path| fs::read_to_string(path.join("comm")).unwrap_or_default().trim().to_owned();
    let processes = fs::read_dir("/proc").expect("a process table").flatten().map(|entry| entry.path());
    processes.filter(|path| carries(path)).map(|path| name(&path)).collect()
}

/// Killed processes vanish soon, not at once.
async fn assert_gone(mark: &str) {
    let gone = timeout(PATIENCE, async {
        while !running(mark).is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    });
    assert!(gone.await.is_ok(), "still there: {:?}", running(mark));
}

fn exited(code: i32) -> Exited {
    Exited { code: Some(code), signal: None }
}

fn killed(signal: i32) -> Exited {
    Exited { code: None, signal: Some(signal) }
}

#[tokio::test]
async fn what_cannot_be_started_says_why_and_what_helps() {
    for (program, what, hint) in [
        ("litmus-no-such-command", "was not found", "PATH"),
        ("setsidd", "was not found", "did you mean `setsid`?"),
        ("--verbose", "was not found", "before `--`"),
        ("cat README.md", "was not found", "no quotes"),
        ("./no/such/file", "was not found", "no such file"),
        ("Cargo.toml", "was not found", "`./Cargo.toml`"),
        ("./Cargo.toml", "is not executable", "chmod"),
        ("./src", "is a folder", "in it"),
        ("", "empty", "COMMAND"),
    ] {
        let Err(failure) = launch(&Launch { program: program.into(), ..Launch::default() }) else {
            panic!("{program} was started");
        };
        assert!(failure.what.contains(what), "{program}: {failure}");
        assert!(failure.hint.contains(hint), "{program}: {failure}");
    }
    let nowhere = Launch { program: "sh".into(), cwd: Some("no-such-folder".into()), ..Launch::default() };
    assert!(launch(&nowhere).is_err_and(|failure| failure.what.contains("`no-such-folder`")));
}

#[tokio::test]
async fn exits_at_once_and_everything_it_said_arrives() {
    let mut server = sh("brief", "echo out; echo err >&2; exit 3");
    let chunks = server.rest().await;
    for expected in [
        Chunk::Stdout(b"out\n".to_vec()),
        Chunk::Stderr(b"err\n".to_vec()),
        Chunk::StdoutClosed,
        Chunk::StderrClosed,
        Chunk::Exited(exited(3)),
    ] {
        assert_eq!(chunks.iter().filter(|chunk| **chunk == expected).count(), 1, "{expected:?}");
    }
    let late = server.connection.way.pipe().expect("a pipe").write(b"hello\n".to_vec(), PATIENCE).await;
    assert_eq!(late, Err(NotWritten::Closed));
    let shutdown = server.shutdown(&Ladder::default()).await;
    assert_eq!((shutdown.rung, shutdown.rungs, shutdown.exited), (Rung::None, vec![], Some(exited(3))));
}

#[tokio::test]
async fn a_polite_server_ends_when_its_stdin_does() {
    let mut server = sh("polite", "exec cat");
    assert_eq!(server.connection.way.pipe().expect("a pipe").write(b"ready\n".to_vec(), PATIENCE).await, Ok(()));
    server.until_ready().await;
    assert_eq!(running(&server.mark), ["cat"]);
    let shutdown = server.shutdown(&ladder(PATIENT, PATIENT)).await;
    assert_eq!((shutdown.rung, shutdown.exited), (Rung::Eof, Some(exited(0))));
    assert_eq!(shutdown.leftovers, []);
}

#[tokio::test]
async fn floods_stdout_and_stderr() {
    let mut server = sh("yes", "yes err >&2 & exec yes out");
    let (mut out, mut err) = (0, 0);
    while out < 1_000_000 || err < 1_000_000 {
        match server.next().await {
            Some(Chunk::Stdout(bytes)) => out += bytes.len(),
            Some(Chunk::Stderr(bytes)) => err += bytes.len(),
            other => panic!("{other:?}"),
        }
    }
    let shutdown = server.shutdown(&ladder(BRIEF, PATIENT)).await;
    assert_eq!((shutdown.rung, shutdown.rungs.len()), (Rung::Sigterm, 2));
}

#[tokio::test]
async fn a_gigabyte_without_a_newline_is_held_to_the_limit() {
    let mut server = sh("gigabyte", "exec head -c 1000000000 /dev/zero");
    let mut decoder = LineDecoder::new(100_000);
    let mut lines = Vec::new();
    while let Some(chunk) = server.next().await {
        if let Chunk::Stdout(bytes) = chunk {
            lines.extend(decoder.push(&bytes));
            assert!(decoder.buffered() <= 100_000);
        }
    }
    lines.extend(decoder.finish());
    assert_eq!((lines.len(), lines[0].length, lines[0].bytes.len()), (1, 1_000_000_000, 100_000));
    assert_eq!(server.shutdown(&Ladder::default()).await.rung, Rung::None);
}

#[tokio::test]
async fn a_server_that_never_reads_stops_nobody() {
    let mut server = sh("deaf", "exec sleep 1000");
    let megabyte = vec![b'x'; 1_000_000];
    let written = server.connection.way.pipe().expect("a pipe").write(megabyte, Duration::from_millis(BRIEF)).await;
    assert_eq!(written, Err(NotWritten::Stuck));
    let shutdown = server.shutdown(&ladder(BRIEF, PATIENT)).await;
    assert_eq!((shutdown.rung, shutdown.exited), (Rung::Sigterm, Some(killed(15))));
}

#[tokio::test]
async fn a_server_that_reads_late_gets_everything() {
    let mut server = sh("late", "read go; wc -c");
    assert_eq!(server.connection.way.pipe().expect("a pipe").write(b"go\n".to_vec(), PATIENCE).await, Ok(()));
    assert_eq!(server.connection.way.pipe().expect("a pipe").write(vec![b'x'; 500_000], PATIENCE).await, Ok(()));
    server.connection.way.pipe().expect("a pipe").close();
    assert!(server.rest().await.contains(&Chunk::Stdout(b"500000\n".to_vec())));
    assert_eq!(server.shutdown(&Ladder::default()).await.rung, Rung::None);
}

#[tokio::test]
async fn a_server_that_ignores_sigterm_is_killed() {
    let mut server = sh("stubborn", "trap '' TERM; echo ready; while :; do sleep 0.05; done");
    server.until_ready().await;
    let shutdown = server.shutdown(&ladder(BRIEF, BRIEF)).await;
    let rungs: Vec<_> = shutdown.rungs.iter().map(|(rung, _)| *rung).collect();
    assert_eq!(rungs, [Rung::Eof, Rung::Sigterm, Rung::Sigkill]);
    assert_eq!(shutdown.exited, Some(killed(9)));
}

#[tokio::test]
async fn a_grandchild_that_holds_stdout_is_named_and_removed() {
    let mut server = sh("holder", "sleep 1000 & echo ready; exec cat");
    server.until_ready().await;
    server.until_runs("sleep").await;
    let shutdown = server.shutdown(&ladder(PATIENT, PATIENT)).await;
    assert_eq!(shutdown.rung, Rung::Eof);
    let names: Vec<_> = shutdown.leftovers.iter().map(|left| left.name.as_str()).collect();
    assert_eq!(names, ["sleep"]);
}

#[tokio::test]
async fn the_end_is_told_while_a_grandchild_holds_the_pipes() {
    let mut server = sh("told", "sleep 1000 & exit 5");
    let chunks = server.rest().await;
    assert_eq!(chunks.len(), 3, "{chunks:?}");
    assert!(chunks.contains(&Chunk::Exited(exited(5))));
    assert_eq!(running(&server.mark).len(), 1);
    let shutdown = server.shutdown(&Ladder::default()).await;
    assert_eq!((shutdown.rung, shutdown.leftovers.len()), (Rung::None, 1));
}

#[tokio::test]
async fn a_grandchild_that_floods_for_ever_is_cut_off() {
    let mut server = sh("flooder", "yes & exit 0");
    assert!(server.rest().await.contains(&Chunk::StdoutClosed));
    assert_eq!(server.shutdown(&Ladder::default()).await.rung, Rung::None);
}

#[tokio::test]
async fn a_grandchild_in_a_session_of_its_own_is_found() {
    let mut server = sh("daemon", "setsid sh -c 'echo ready; exec sleep 1000' & exec cat");
    server.until_ready().await;
    let shutdown = server.shutdown(&ladder(PATIENT, PATIENT)).await;
    assert_eq!((shutdown.rung, shutdown.leftovers.len()), (Rung::Eof, 1));
}

#[tokio::test]
async fn closing_stdout_early_is_not_the_end() {
    let mut server = sh("mute", "exec >&-; exec sleep 1000");
    server.until(|chunk| *chunk == Chunk::StdoutClosed).await;
    assert_eq!(server.connection.peer.exited(), None);
    assert_eq!(server.shutdown(&ladder(BRIEF, PATIENT)).await.rung, Rung::Sigterm);
}

#[tokio::test]
async fn shutdown_does_not_need_a_reader() {
    let mut server = sh("unread", "exec yes");
    let shutdown = server.connection.peer.shutdown(&ladder(BRIEF, PATIENT)).await;
    assert_eq!(shutdown.rung, Rung::Sigterm);
    assert_gone(&server.mark).await;
}

#[tokio::test]
async fn a_dropped_connection_leaves_nothing() {
    let mut server = sh("dropped", "trap '' TERM; setsid sleep 1000 & sleep 1000 & echo ready; exec sleep 1000");
    server.until_ready().await;
    let Server { connection, mark } = server;
    drop(connection);
    assert_gone(&mark).await;
}
