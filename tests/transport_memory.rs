//! A server in memory is the same connection as a process: it speaks, ends at EOF, and can be killed.

use std::time::Duration;

use mcp_litmus::transport::{Chunk, Connection, Exited, Ladder, NotWritten, Rung, memory};
use tokio::io::{AsyncWriteExt, DuplexStream};
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_secs(60);

async fn echo(mut stdin: DuplexStream, mut stdout: DuplexStream) -> i32 {
    tokio::io::copy(&mut stdin, &mut stdout).await.map_or(1, |_| 0)
}

/// Holds its pipes open and does nothing with them.
async fn deaf(_stdin: DuplexStream, _stdout: DuplexStream) -> i32 {
    std::future::pending().await
}

async fn rest(server: &mut Connection) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    let all = async {
        while let Some(event) = server.chunks.recv().await {
            chunks.push(event.chunk);
        }
    };
    timeout(PATIENCE, all).await.expect("the server falls silent");
    chunks
}

#[tokio::test]
async fn it_speaks_and_ends_with_its_stdin() {
    let mut server = memory::connect(echo);
    assert_eq!((server.transport, server.peer.pid()), ("memory", None));
    assert_eq!(server.way.pipe().expect("a pipe").write(b"hello\n".to_vec(), PATIENCE).await, Ok(()));
    let shutdown = server.peer.shutdown(&Ladder::default()).await;
    assert_eq!(shutdown.rung, Rung::Eof);
    assert_eq!(shutdown.exited, Some(Exited { code: Some(0), signal: None }));
    let chunks = rest(&mut server).await;
    assert!(chunks.contains(&Chunk::Stdout(b"hello\n".to_vec())), "{chunks:?}");
    assert!(chunks.contains(&Chunk::StdoutClosed) && chunks.contains(&Chunk::StderrClosed), "{chunks:?}");
}

#[tokio::test]
async fn it_is_killed_when_it_does_not_listen() {
    let mut server = memory::connect(deaf);
    let brief = Duration::from_millis(20);
    assert_eq!(server.way.pipe().expect("a pipe").write(vec![0; 100_000], brief).await, Err(NotWritten::Stuck));
    let ladder = Ladder { eof: brief, sigterm: brief, sigkill: PATIENCE };
    let shutdown = server.peer.shutdown(&ladder).await;
    let rungs: Vec<_> = shutdown.rungs.iter().map(|(rung, _)| *rung).collect();
    assert_eq!(rungs, [Rung::Eof, Rung::Sigkill]);
    assert_eq!(shutdown.exited, Some(Exited { code: None, signal: Some(9) }));
}

#[tokio::test]
async fn it_may_hang_up_or_panic() {
    let mut server = memory::connect(|stdin, stdout| async move {
        drop((stdin, stdout));
        7
    });
    assert!(rest(&mut server).await.contains(&Chunk::Exited(Exited { code: Some(7), signal: None })));
    let mut server = memory::connect(|_, mut stdout| async move {
        let _ = stdout.write_all(b"last words\n").await;
        panic!("a fault of the server itself")
    });
    let chunks = rest(&mut server).await;
    assert!(chunks.contains(&Chunk::Stdout(b"last words\n".to_vec())), "{chunks:?}");
    assert!(chunks.contains(&Chunk::Exited(Exited { code: Some(101), signal: None })), "{chunks:?}");
}
