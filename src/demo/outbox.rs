//! The way out: where a message leaves. Into a pipe as a line, or into the stream of HTTP that it belongs to.

use std::sync::Arc;

use serde_json::Value;
use tokio::{
    io::{AsyncWrite, AsyncWriteExt},
    sync::mpsc,
    task::JoinHandle,
};

use super::{
    failure::Cause,
    faults::Faults,
    http::{Listeners, Parcel, Writer},
    rpc,
};
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

/// Takes messages. Clones write to the same place, and HTTP ends a stream when the last clone is gone.
#[derive(Clone)]
pub struct Outbox {
    way: Way,
    faults: Arc<Faults>,
}

#[derive(Clone)]
enum Way {
    /// Lines, written by a task.
    Pipe(mpsc::Sender<Vec<u8>>),
    /// What belongs to one request.
    Stream(Arc<Writer>),
    /// What belongs to none: one of the streams on which the client listens.
    Listeners(Arc<Listeners>),
}

impl Outbox {
    /// Starts the task that writes; it ends when every clone of the outbox is gone.
    pub fn open(output: impl AsyncWrite + Unpin + Send + 'static, faults: Arc<Faults>) -> (Self, JoinHandle<()>) {
        let (queue, waiting) = mpsc::channel(WAITING);
        (Self { way: Way::Pipe(queue), faults }, tokio::spawn(write(waiting, output)))
    }

    /// Messages for one stream.
    pub fn to_stream(writer: Writer, faults: Arc<Faults>) -> Self {
        Self { way: Way::Stream(Arc::new(writer)), faults }
    }

    /// Messages that belong to no request.
    pub fn to_listeners(listeners: Arc<Listeners>, faults: Arc<Faults>) -> Self {
        Self { way: Way::Listeners(listeners), faults }
    }

    /// Sends a message. A client that is gone is no error.
    pub async fn send(&self, outgoing: Outgoing) {
        match &self.way {
            Way::Pipe(_) => self.bytes(self.faults.encode(outgoing)).await,
            Way::Stream(writer) => {
                for parcel in self.parcels(outgoing) {
                    writer.push(parcel).await;
                }
            }
            Way::Listeners(listeners) => {
                for parcel in self.parcels(outgoing) {
                    listeners.push(parcel).await;
                }
            }
        }
    }

    /// Sends a message that answers nothing.
    pub async fn tell(&self, message: Value, revision: Revision) {
        self.send(Outgoing { message, request: None, cause: None, revision }).await;
    }

    /// Sends a notification.
    pub async fn notify(&self, method: &str, params: &Value, revision: Revision) {
        self.tell(rpc::notification(method, params), revision).await;
    }

    fn parcels(&self, outgoing: Outgoing) -> impl Iterator<Item = Parcel> {
        let cause = outgoing.cause;
        self.faults.messages(outgoing).into_iter().map(move |(message, bytes)| Parcel::new(&message, bytes, cause))
    }

    /// Sends a message if there is room for it.
    pub fn try_send(&self, outgoing: Outgoing) {
        match &self.way {
            Way::Pipe(queue) => {
                let _ = queue.try_send(self.faults.encode(outgoing));
            }
            Way::Stream(writer) => self.parcels(outgoing).for_each(|parcel| writer.push_now(parcel)),
            Way::Listeners(listeners) => self.parcels(outgoing).for_each(|parcel| listeners.push_now(&parcel)),
        }
    }

    /// Sends lines as they are, in place of an answer that has this cause.
    pub async fn lines(&self, lines: &[String], cause: Option<Cause>) {
        for line in lines {
            match &self.way {
                Way::Pipe(_) => self.bytes(format!("{line}\n").into_bytes()).await,
                Way::Stream(writer) => writer.push(Parcel::line(line, cause)).await,
                Way::Listeners(listeners) => listeners.push(Parcel::line(line, cause)).await,
            }
        }
    }

    /// Sends bytes as they are; HTTP has no place for what is no message.
    pub async fn bytes(&self, bytes: Vec<u8>) {
        if let (Way::Pipe(queue), false) = (&self.way, bytes.is_empty()) {
            let _ = queue.send(bytes).await;
        }
    }

    /// Waits until nobody will ever read what is sent: the client has closed the stream and cannot come back to it.
    pub async fn hung_up(&self) {
        match &self.way {
            Way::Pipe(queue) => queue.closed().await,
            Way::Stream(writer) => writer.hung_up().await,
            Way::Listeners(_) => std::future::pending().await,
        }
    }

    /// Whether both write to the same place.
    pub fn leads_where(&self, other: &Self) -> bool {
        match (&self.way, &other.way) {
            (Way::Pipe(ours), Way::Pipe(theirs)) => ours.same_channel(theirs),
            (Way::Stream(ours), Way::Stream(theirs)) => Arc::ptr_eq(ours, theirs),
            (Way::Listeners(ours), Way::Listeners(theirs)) => Arc::ptr_eq(ours, theirs),
            _ => false,
        }
    }

    /// Whether nobody will ever read what is sent.
    pub fn is_hung_up(&self) -> bool {
        match &self.way {
            Way::Pipe(queue) => queue.is_closed(),
            Way::Stream(writer) => writer.is_hung_up(),
            Way::Listeners(_) => false,
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
