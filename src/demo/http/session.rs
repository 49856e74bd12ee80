//! Sessions: a server for each client that shook hands, and what was said to it.

use std::{
    collections::{HashMap, VecDeque},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use super::{listeners::Listeners, stream::Stream};
use crate::demo::{calls::locked, server::Server};

/// So many sessions are kept; the oldest goes first.
const KEPT: usize = 10_000;
/// So many streams of a session are kept for those who come back.
const STREAMS: usize = 64;

/// One client that shook hands.
pub struct Session {
    /// What names it to the client.
    pub id: String,
    /// What serves it.
    pub server: Arc<Server>,
    /// Where it listens.
    pub listeners: Arc<Listeners>,
    streams: Mutex<VecDeque<Arc<Stream>>>,
    issued: AtomicU64,
}

impl Session {
    /// A session that nobody knows yet.
    pub fn new(id: String, server: Arc<Server>, listeners: Arc<Listeners>) -> Arc<Self> {
        let (streams, issued) = (Mutex::default(), AtomicU64::new(0));
        Arc::new(Self { id, server, listeners, streams, issued })
    }

    /// A stream for a request.
    pub fn stream(&self) -> Arc<Stream> {
        let stream = Stream::new(format!("p{}", self.issued.fetch_add(1, Ordering::Relaxed) + 1));
        self.keep(&stream);
        stream
    }

    /// Remembers a stream.
    pub fn keep(&self, stream: &Arc<Stream>) {
        let mut streams = locked(&self.streams);
        if streams.len() >= STREAMS {
            streams.pop_front();
        }
        streams.push_back(stream.clone());
    }

    /// The stream in which this event stands, and the event's number.
    pub fn find(&self, event: &str) -> Option<(Arc<Stream>, u64)> {
        let (name, number) = event.rsplit_once('-')?;
        let number = number.parse().ok()?;
        let ours = locked(&self.streams).iter().find(|stream| stream.name == name).cloned();
        Some((ours.or_else(|| self.listeners.find(name))?, number))
    }

    /// Ends it: nothing more is said, and nothing goes on.
    pub fn end(&self) {
        self.server.client.hang_up();
        self.server.calls.abandon();
        self.listeners.finish();
        locked(&self.streams).iter().for_each(|stream| stream.finish());
    }
}

/// The sessions by their ids.
#[derive(Default)]
pub struct Sessions(Mutex<Book>);

#[derive(Default)]
struct Book {
    sessions: HashMap<String, Arc<Session>>,
    order: VecDeque<String>,
}

impl Sessions {
    /// Takes one in.
    pub fn add(&self, session: &Arc<Session>) {
        let mut book = locked(&self.0);
        book.sessions.insert(session.id.clone(), session.clone());
        book.order.push_back(session.id.clone());
        while book.order.len() > KEPT {
            if let Some(oldest) = book.order.pop_front().and_then(|oldest| book.sessions.remove(&oldest)) {
                oldest.end();
            }
        }
    }

    /// The one with this id.
    pub fn find(&self, id: &str) -> Option<Arc<Session>> {
        locked(&self.0).sessions.get(id).cloned()
    }

    /// Ends the one with this id. Whether there was one.
    pub fn end(&self, id: &str) -> bool {
        let mut book = locked(&self.0);
        book.order.retain(|other| other != id);
        let session = book.sessions.remove(id);
        if let Some(session) = &session {
            session.end();
        }
        session.is_some()
    }
}
