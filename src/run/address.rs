//! A server behind an address: where it is by now, and how it is spoken to there.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::timeout;

use crate::transport::{
    Connection, Exited, Ladder, LaunchFailure, Served,
    http::{self, Dialer, Remote, Url},
    serve,
    stdio::Launch,
};

/// Which transport is spoken at an address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Streamable HTTP; where that is unknown, HTTP+SSE.
    #[default]
    Auto,
    /// Streamable HTTP.
    Http,
    /// HTTP+SSE, the transport of the first revision.
    Sse,
}

/// A server behind an address.
#[derive(Clone)]
pub struct Address {
    /// What is known of it.
    pub remote: Remote,
    /// How connections come about.
    pub dialer: Dialer,
    /// What is spoken there.
    pub style: Style,
    /// The command that serves it, if we have to start it.
    pub command: Option<Launch>,
}

/// An address in the course of a run: it may be moved, and turn out to be an old one.
#[derive(Clone)]
pub(super) struct Place {
    address: Arc<Address>,
    found: Arc<Mutex<Found>>,
    /// Held by whoever starts the command, so that nobody else does.
    starting: Arc<tokio::sync::Mutex<()>>,
}

/// What was found out.
struct Found {
    remote: Remote,
    old: bool,
    moves: usize,
    served: Option<Served>,
}

/// How long the end of a process may take to be seen.
const MOMENT: Duration = Duration::from_millis(100);
/// How often an address may send us on.
const MOVES: usize = 5;

impl Place {
    pub(super) fn new(address: Arc<Address>) -> Self {
        let found = Found { remote: address.remote.clone(), old: address.style == Style::Sse, moves: 0, served: None };
        Self { address, found: Arc::new(Mutex::new(found)), starting: Arc::default() }
    }

    /// Start the command that serves it, if there is one and it is not there.
    pub(super) async fn begin(&self, patience: Duration) -> Result<(), LaunchFailure> {
        let Some(command) = &self.address.command else { return Ok(()) };
        let _starting = self.starting.lock().await;
        // Out of its place, since nobody may hold that while waiting; a dying one is killed when it is dropped.
        let (served, url) = {
            let mut found = self.found();
            (found.served.take(), found.remote.url.clone())
        };
        if let Some(served) = served
            && served.is_there(&url).await
        {
            self.found().served = Some(served);
            return Ok(());
        }
        let served = serve(command, &self.address.remote, patience).await?;
        let mut found = self.found();
        found.remote.listening = Some(served.listening());
        found.served = Some(served);
        Ok(())
    }

    /// How the command ended, if it has; what has just died cannot be seen to have, for a moment.
    pub(super) async fn exited(&self) -> Option<Exited> {
        let end = self.found().served.as_ref().map(Served::end)?;
        timeout(MOMENT, end).await.ok()?
    }

    /// End the command.
    pub(super) async fn end(&self, ladder: &Ladder) {
        let served = self.found().served.take();
        if let Some(mut served) = served {
            served.shutdown(ladder).await;
        }
    }

    /// What the command has written, and how it ended, if it has.
    pub(super) fn last_words(&self) -> (Vec<String>, Option<Exited>) {
        let found = self.found();
        found.served.as_ref().map_or_else(Default::default, |served| (served.lines(), served.exited()))
    }

    /// How many bytes of memory the command holds.
    pub(super) fn memory(&self) -> Option<u64> {
        self.found().served.as_ref().and_then(Served::memory)
    }

    /// Speak to it. Nothing is sent yet.
    pub(super) fn connect(&self) -> Connection {
        let found = self.found();
        http::connect(&found.remote, &self.address.dialer, if found.old { "sse" } else { "http" })
    }

    /// Whether it is spoken to in the manner of the first revision.
    pub(super) fn is_old(&self) -> bool {
        self.found().old
    }

    /// Speak to it in the manner of the first revision from now on. Gives whether that is something new.
    pub(super) fn try_old(&self) -> bool {
        let mut found = self.found();
        let new = self.address.style == Style::Auto && !found.old;
        found.old |= new;
        new
    }

    /// It does not speak in the manner of the first revision either.
    pub(super) fn give_up_old(&self) {
        self.found().old = self.address.style == Style::Sse;
    }

    /// Go where it sends us, on the same host. Gives why not, if not.
    pub(super) fn move_to(&self, location: &str) -> Result<(), String> {
        let mut found = self.found();
        let next: Url = found.remote.url.resolve(location).map_err(|error| format!("it sends us on: {error}"))?;
        if next.origin() != found.remote.url.origin() {
            return Err(format!("it sends us on to another host: {next}"));
        }
        if found.moves == MOVES || next == found.remote.url {
            return Err(format!("it sends us round in circles: to {next}"));
        }
        found.moves += 1;
        found.remote.url = next;
        Ok(())
    }

    fn found(&self) -> MutexGuard<'_, Found> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
