//! The way into a server. A task of its own owns the pipe, so that a server that never reads blocks nobody.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{sleep, timeout};

/// How many writes may wait for the server to read.
const WAITING_WRITES: usize = 16;

/// How long the rest may make no progress once the pipe is to be closed.
const PATIENCE: Duration = Duration::from_millis(100);

/// A handle on the server's stdin; clones share it.
#[derive(Clone)]
pub struct Input {
    queue: mpsc::Sender<Job>,
    closing: Arc<watch::Sender<bool>>,
}

/// Why bytes were not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotWritten {
    /// The server has closed its stdin or is gone, or we have closed it.
    Closed,
    /// The server does not read within the limit. What was begun is finished when it reads again.
    Stuck,
}

impl fmt::Display for NotWritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Closed => "the server's input is closed",
            Self::Stuck => "the server does not read its input",
        })
    }
}

struct Job {
    bytes: Vec<u8>,
    written: oneshot::Sender<()>,
}

impl Input {
    pub(super) fn new(pipe: impl AsyncWrite + Send + Unpin + 'static) -> Self {
        let (queue, jobs) = mpsc::channel(WAITING_WRITES);
        let (closing, closed) = watch::channel(false);
        tokio::spawn(work(pipe, jobs, closed));
        Self { queue, closing: Arc::new(closing) }
    }

    /// Write, and wait until the pipe has taken everything. A server may read only as far as its output is read:
    /// keep reading meanwhile.
    pub async fn write(&self, bytes: Vec<u8>, limit: Duration) -> Result<(), NotWritten> {
        let (written, done) = oneshot::channel();
        let job = Job { bytes, written };
        let finished = async {
            self.queue.send(job).await.map_err(|_| NotWritten::Closed)?;
            done.await.map_err(|_| NotWritten::Closed)
        };
        timeout(limit, finished).await.unwrap_or(Err(NotWritten::Stuck))
    }

    /// Close stdin behind what is queued, or without it if the server does not read.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }
}

/// Dropping the pipe at the end closes it, and dropping the jobs fails them.
async fn work(mut pipe: impl AsyncWrite + Unpin, mut jobs: mpsc::Receiver<Job>, mut closing: watch::Receiver<bool>) {
    while let Some(job) = next(&mut jobs, &mut closing).await {
        if write_all(&mut pipe, &job.bytes, &mut closing).await.is_err() {
            return;
        }
        let _ = job.written.send(());
    }
}

async fn next(jobs: &mut mpsc::Receiver<Job>, closing: &mut watch::Receiver<bool>) -> Option<Job> {
    tokio::select! {
        biased;
        job = jobs.recv() => job,
        () = closed(closing) => {
            jobs.close();
            jobs.recv().await
        }
    }
}

async fn write_all(
    pipe: &mut (impl AsyncWrite + Unpin),
    bytes: &[u8],
    closing: &mut watch::Receiver<bool>,
) -> io::Result<()> {
    let mut rest = bytes;
    while !rest.is_empty() {
        let count = tokio::select! {
            biased;
            count = pipe.write(rest) => count?,
            () = impatience(closing) => 0,
        };
        if count == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        rest = rest.get(count..).unwrap_or_default();
    }
    pipe.flush().await
}

async fn impatience(closing: &mut watch::Receiver<bool>) {
    closed(closing).await;
    sleep(PATIENCE).await;
}

async fn closed(closing: &mut watch::Receiver<bool>) {
    let _ = closing.wait_for(|closing| *closing).await;
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncReadExt;

    use super::*;

    const LONG: Duration = Duration::from_secs(20);

    #[tokio::test]
    async fn what_is_queued_is_written_before_it_closes() {
        let (ours, mut theirs) = tokio::io::duplex(4);
        let input = Input::new(ours);
        let reader = tokio::spawn(async move {
            let mut read = String::new();
            theirs.read_to_string(&mut read).await.map(|_| read)
        });
        assert_eq!(input.write(b"first ".to_vec(), LONG).await, Ok(()));
        let write = input.write(b"second".to_vec(), LONG);
        let (written, ()) = tokio::join!(write, async { input.close() });
        assert_eq!(written, Ok(()));
        assert_eq!(input.write(b"third".to_vec(), LONG).await, Err(NotWritten::Closed));
        assert_eq!(reader.await.ok().and_then(Result::ok).as_deref(), Some("first second"));
    }

    #[tokio::test]
    async fn a_server_that_does_not_read_keeps_nobody() {
        let (ours, mut theirs) = tokio::io::duplex(4);
        let input = Input::new(ours);
        let brief = Duration::from_millis(10);
        for _ in 0..WAITING_WRITES + 3 {
            assert_eq!(input.write(b"too long".to_vec(), brief).await, Err(NotWritten::Stuck));
        }
        input.close();
        assert_eq!(input.write(b"late".to_vec(), LONG).await, Err(NotWritten::Closed));
        let mut read = String::new();
        assert_eq!(theirs.read_to_string(&mut read).await.ok(), Some(4));
    }

    #[tokio::test]
    async fn a_server_that_has_closed_its_stdin() {
        let (ours, theirs) = tokio::io::duplex(4);
        let input = Input::new(ours);
        drop(theirs);
        assert_eq!(input.write(b"hello".to_vec(), LONG).await, Err(NotWritten::Closed));
    }
}
