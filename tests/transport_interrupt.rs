//! Ctrl-C: everything that runs is killed at once. A file of its own, since it ends every server of its process.
#![cfg(target_os = "linux")]

use std::time::Duration;

use mcp_litmus::transport::stdio::{Launch, launch};
use mcp_litmus::transport::{Chunk, Connection, Ladder, Rung, kill_all};
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_secs(60);

async fn until(server: &mut Connection, wanted: impl Fn(&Chunk) -> bool) {
    let found = async {
        while let Some(event) = server.chunks.recv().await {
            if wanted(&event.chunk) {
                return true;
            }
        }
        false
    };
    assert!(timeout(PATIENCE, found).await.expect("it comes"));
}

#[tokio::test]
async fn kill_all_ends_every_server_and_its_children() {
    let script = "trap '' TERM INT; setsid sleep 1000 & echo ready; while :; do sleep 1; done";
    let what = Launch { program: "sh".into(), args: vec!["-c".into(), script.into()], ..Launch::default() };
    let mut servers: Vec<_> = (0..3).map(|_| launch(&what).expect("a shell")).collect();
    for server in &mut servers {
        until(server, |chunk| matches!(chunk, Chunk::Stdout(_))).await;
    }
    kill_all();
    for server in &mut servers {
        until(server, |chunk| matches!(chunk, Chunk::Exited(exited) if exited.signal == Some(9))).await;
        let shutdown = server.peer.shutdown(&Ladder::default()).await;
        assert_eq!((shutdown.rung, shutdown.leftovers), (Rung::None, vec![]));
    }
}
