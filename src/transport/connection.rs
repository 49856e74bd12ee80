//! A live server as whoever talks to it sees it: one way in, one stream of events out, one handle on its life.

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Instant;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{Notify, mpsc, watch};

use super::http::{Answered, Client};
use super::input::Input;
use super::os::Group;
use super::output::drain;
use super::peer::Peer;
use super::process::Process;

/// How many events may wait to be read; then the server has to wait.
pub(super) const WAITING_EVENTS: usize = 16;

/// A live server.
pub struct Connection {
    /// How it is spoken to.
    pub way: Way,
    /// What it says and what becomes of it. Read this while writing and while shutting down, or it has to wait.
    pub chunks: mpsc::Receiver<Event>,
    /// Its life.
    pub peer: Peer,
    /// When it was started.
    pub started: Instant,
    /// `stdio`, `memory`, `http` or `sse`.
    pub transport: &'static str,
}

/// The way in.
#[derive(Clone)]
pub enum Way {
    /// Its stdin: lines.
    Pipe(Input),
    /// Its address: requests.
    Http(Client),
}

impl Way {
    /// Its stdin, if it has one.
    pub const fn pipe(&self) -> Option<&Input> {
        match self {
            Self::Pipe(input) => Some(input),
            Self::Http(_) => None,
        }
    }
}

/// Something that came from the server.
#[derive(Clone, Debug)]
pub struct Event {
    /// When.
    pub at: Instant,
    /// What.
    pub chunk: Chunk,
}

/// What came from the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chunk {
    /// Bytes from its stdout, cut anywhere.
    Stdout(Vec<u8>),
    /// Bytes from its stderr, cut anywhere.
    Stderr(Vec<u8>),
    /// No more will come from stdout. Comes once, soon after `Exited` at the latest.
    StdoutClosed,
    /// No more will come from stderr. Comes once, soon after `Exited` at the latest.
    StderrClosed,
    /// The process itself has ended; what it wrote before may still follow.
    Exited(Exited),
    /// A part of the answer to a request over HTTP.
    Http {
        /// The number of the exchange.
        exchange: u64,
        /// What came.
        part: Answered,
    },
}

/// How a process ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exited {
    /// Its exit code, when it ended by itself.
    pub code: Option<i32>,
    /// The signal that ended it.
    pub signal: Option<i32>,
}

impl fmt::Display for Exited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.code, self.signal) {
            (Some(code), _) => write!(f, "exited with code {code}"),
            (None, Some(signal)) => write!(f, "killed by signal {signal}"),
            (None, None) => f.write_str("ended"),
        }
    }
}

impl Event {
    pub(super) fn now(chunk: Chunk) -> Self {
        Self { at: Instant::now(), chunk }
    }
}

/// The ends of a server that is running already.
pub(super) struct Ends<I, O, E> {
    pub stdin: I,
    pub stdout: O,
    pub stderr: E,
    /// The process group, if it is a process.
    pub group: Option<Group>,
    pub started: Instant,
    pub transport: &'static str,
}

/// Set the tasks to work that carry bytes. `life` gets the bell that demands its end, and gives how it ended.
pub(super) fn connect<I, O, E, L>(ends: Ends<I, O, E>, life: impl FnOnce(Arc<Notify>) -> L) -> Connection
where
    I: AsyncWrite + Send + Unpin + 'static,
    O: AsyncRead + Send + Unpin + 'static,
    E: AsyncRead + Send + Unpin + 'static,
    L: Future<Output = Exited> + Send + 'static,
{
    let (events, chunks) = mpsc::channel(WAITING_EVENTS);
    let (gone, exited) = watch::channel(None);
    let stop = Arc::new(Notify::new());
    let input = Input::new(ends.stdin);
    tokio::spawn(drain(ends.stdout, events.clone(), exited.clone(), Chunk::Stdout, Chunk::StdoutClosed));
    tokio::spawn(drain(ends.stderr, events.clone(), exited.clone(), Chunk::Stderr, Chunk::StderrClosed));
    tokio::spawn(report(life(stop.clone()), gone, events));
    let peer = Peer::process(Process::new(input.clone(), exited, stop, ends.group));
    Connection { way: Way::Pipe(input), chunks, peer, started: ends.started, transport: ends.transport }
}

/// The handle on its life learns of the end even when nobody reads the events.
async fn report(life: impl Future<Output = Exited>, gone: watch::Sender<Option<Exited>>, events: mpsc::Sender<Event>) {
    let exited = life.await;
    let event = Event::now(Chunk::Exited(exited.clone()));
    gone.send_replace(Some(exited));
    let _ = events.send(event).await;
}
