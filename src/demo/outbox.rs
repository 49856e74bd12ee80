//! The way out: messages become lines, one task writes them, whole and in order.

use std::sync::Arc;

use serde_json::Value;
use tokio::{
    io::{AsyncWrite, AsyncWriteExt},
    sync::mpsc,
    task::JoinHandle,
};

use super::{failure::Cause, faults::Faults};
use crate::model::Revision;

/// So many messages wait for a client that does not read; then the server stops reading as well.
const WAITING: usize = 256;
const BURST: usize = 64 << 10;

/// A message on its way to the client.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// The message.
    pub message: Value,
    /// The request that it answers.
    pub request: Option<Arc<Value>>,
    /// Why that failed.
    pub cause: Option<Cause>,
    /// The revision that is spoken.
    pub revision: Revision,
}

/// Takes messages. Clones write to the same client.
#[derive(Clone)]
pub struct Outbox {
    queue: mpsc::Sender<Vec<u8>>,
    faults: Arc<Faults>,
}

impl Outbox {
    /// Starts the task that writes; it ends when every clone of the outbox is gone.
    pub fn open(output: impl AsyncWrite + Unpin + Send + 'static, faults: Arc<Faults>) -> (Self, JoinHandle<()>) {
        let (queue, waiting) = mpsc::channel(WAITING);
        (Self { queue, faults }, tokio::spawn(write(waiting, output)))
    }

    /// Sends a message. A client that is gone is no error.
    pub async fn send(&self, outgoing: Outgoing) {
        self.bytes(self.faults.encode(outgoing)).await;
    }

    /// Sends a message if there is room for it.
    pub fn try_send(&self, outgoing: Outgoing) {
        let _ = self.queue.try_send(self.faults.encode(outgoing));
    }

    /// Sends lines as they are.
    pub async fn lines(&self, lines: &[String]) {
        for line in lines {
            self.bytes(format!("{line}\n").into_bytes()).await;
        }
    }

    /// Sends bytes as they are.
    pub async fn bytes(&self, bytes: Vec<u8>) {
        if !bytes.is_empty() {
            let _ = self.queue.send(bytes).await;
        }
    }
}

/// Writes what waits in one go, and goes on emptying the queue when nobody reads any more.
async fn write(mut waiting: mpsc::Receiver<Vec<u8>>, mut output: impl AsyncWrite + Unpin) {
    let mut alive = true;
    while let Some(mut burst) = waiting.recv().await {
        while let Some(more) = (burst.len() < BURST).then(|| waiting.try_recv().ok()).flatten() {
            burst.extend_from_slice(&more);
        }
        alive = alive && output.write_all(&burst).await.is_ok() && output.flush().await.is_ok();
    }
    let _ = output.shutdown().await;
}
