//! A server in this process: any async function over two pipes. The same connection as stdio, without a process.

use std::future::Future;
use std::sync::Arc;
use std::time::Instant;

use tokio::io::{DuplexStream, duplex, empty};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use super::connection::{Connection, Ends, Exited, connect as join};

/// As much as a pipe usually holds.
const PIPE: usize = 64 * 1024;

/// What SIGKILL would have said.
const KILLED: Exited = Exited { code: None, signal: Some(9) };

/// What a process that panics exits with.
const PANICKED: Exited = Exited { code: Some(101), signal: None };

/// Start a server from its stdin and its stdout to its exit code. Needs a running tokio runtime.
pub fn connect<F, Fut>(serve: F) -> Connection
where
    F: FnOnce(DuplexStream, DuplexStream) -> Fut,
    Fut: Future<Output = i32> + Send + 'static,
{
    let (our_input, stdin) = duplex(PIPE);
    let (our_output, stdout) = duplex(PIPE);
    let ends = Ends {
        stdin: our_input,
        stdout: our_output,
        stderr: empty(),
        group: None,
        started: Instant::now(),
        transport: "memory",
    };
    let server = tokio::spawn(serve(stdin, stdout));
    join(ends, |stop| live(server, stop))
}

async fn live(mut server: JoinHandle<i32>, stop: Arc<Notify>) -> Exited {
    tokio::select! {
        ended = &mut server => ended.map_or(PANICKED, |code| Exited { code: Some(code), signal: None }),
        () = stop.notified() => {
            server.abort();
            let _ = server.await;
            KILLED
        }
    }
}
