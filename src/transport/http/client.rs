//! The handle with which requests are sent. A task of its own carries them out, so that nobody waits for a server.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use tokio::sync::mpsc;

use super::{Request, Url};
use crate::{transport::Listening, wire::http::Headers};

/// Sends requests; clones share the connections and the numbers of the exchanges.
#[derive(Clone)]
pub struct Client {
    jobs: mpsc::UnboundedSender<Job>,
    next: Arc<AtomicU64>,
    facts: Arc<Facts>,
}

/// What is known of the target without asking it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Its address.
    pub url: Url,
    /// The headers that the user wants in each request.
    pub headers: Headers,
    /// Where it listens, if we have started it.
    pub listening: Option<Listening>,
}

/// What the task is told.
#[derive(Debug)]
pub(super) enum Job {
    /// Send this, and tell what comes under this number.
    Start(u64, Request),
    /// Close the connection of this exchange.
    HangUp(u64),
}

impl Client {
    /// A handle, and what the task behind it has to do. The task ends when every handle is gone.
    pub(super) fn new(facts: Facts) -> (Self, mpsc::UnboundedReceiver<Job>) {
        let (jobs, waiting) = mpsc::unbounded_channel();
        (Self { jobs, next: Arc::new(AtomicU64::new(1)), facts: Arc::new(facts) }, waiting)
    }

    /// A number for an exchange, so that its answer can be awaited before it can come.
    pub fn number(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    /// Send a request under a number. What becomes of it comes as events.
    pub fn start(&self, exchange: u64, request: Request) {
        let _ = self.jobs.send(Job::Start(exchange, request));
    }

    /// Close the connection of an exchange, whatever has come of it.
    pub fn hang_up(&self, exchange: u64) {
        let _ = self.jobs.send(Job::HangUp(exchange));
    }

    /// What is known of the target.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }
}
