//! The way out of a server: a task a pipe, so that neither waits for the other, and backpressure to the server, so
//! that memory is bounded.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, timeout};

use super::connection::{Chunk, Event, Exited};

/// As much as a pipe usually holds.
const CHUNK: usize = 64 * 1024;

/// How long a pipe may be silent after the end of the process; a grandchild may hold it open for ever.
const SILENCE: Duration = Duration::from_millis(200);

/// How long a pipe may trickle after the end of the process.
const TRICKLE: Duration = Duration::from_secs(2);

/// More bytes than this were not in the pipe when the process ended: somebody else writes them.
const LEGACY: usize = 1024 * 1024;

/// Carry everything that a pipe gives to `events`, then say that it is closed.
pub(super) async fn drain(
    mut pipe: impl AsyncRead + Unpin,
    events: mpsc::Sender<Event>,
    mut exited: watch::Receiver<Option<Exited>>,
    wrap: fn(Vec<u8>) -> Chunk,
    closed: Chunk,
) {
    let mut buffer = vec![0; CHUNK];
    let mut grace: Option<Grace> = None;
    loop {
        let count = read(&mut pipe, &mut buffer, &mut exited, &mut grace).await;
        let bytes = buffer.get(..count).unwrap_or_default().to_vec();
        if bytes.is_empty() || events.send(Event::now(wrap(bytes))).await.is_err() {
            break;
        }
    }
    drop(pipe);
    let _ = events.send(Event::now(closed)).await;
}

/// As long as the process lives, wait for as long as it takes.
async fn read(
    pipe: &mut (impl AsyncRead + Unpin),
    buffer: &mut [u8],
    exited: &mut watch::Receiver<Option<Exited>>,
    grace: &mut Option<Grace>,
) -> usize {
    if grace.is_none() {
        tokio::select! {
            count = pipe.read(buffer) => return count.unwrap_or(0),
            _ = exited.wait_for(Option::is_some) => {}
        }
    }
    grace.get_or_insert_with(Grace::new).read(pipe, buffer).await
}

/// What a pipe is still granted after the end of its process.
struct Grace {
    until: Instant,
    bytes: usize,
}

impl Grace {
    fn new() -> Self {
        Self { until: Instant::now() + TRICKLE, bytes: LEGACY }
    }

    /// Zero when the grace is used up. What lies in the pipe already is read however late it is.
    async fn read(&mut self, pipe: &mut (impl AsyncRead + Unpin), buffer: &mut [u8]) -> usize {
        let patience = SILENCE.min(self.until.saturating_duration_since(Instant::now()));
        let room = buffer.len().min(self.bytes);
        let part = buffer.get_mut(..room).unwrap_or_default();
        let count = timeout(patience, pipe.read(part)).await.map_or(0, |count| count.unwrap_or(0));
        self.bytes -= count;
        count
    }
}
