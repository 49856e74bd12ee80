//! Connections to the server: processes that are started before they are needed, so that nobody waits for them, or
//! requests to an address.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use super::{address::Place, plan::Launcher};
use crate::{
    model::event::Unreachable,
    transport::{Connection, Exited, Ladder, LaunchFailure},
};

/// Gives connections to a server nobody has spoken to yet. What is left over is killed when the pool is dropped.
#[derive(Clone)]
pub(super) struct Pool {
    source: Source,
    ready: Arc<Mutex<VecDeque<Connection>>>,
}

#[derive(Clone)]
enum Source {
    Process(super::plan::Start),
    Address(Place),
}

impl Pool {
    pub(super) fn new(launcher: &Launcher) -> Self {
        let source = match launcher {
            Launcher::Process(start) => Source::Process(Arc::clone(start)),
            Launcher::Address(address) => Source::Address(Place::new(address.clone())),
        };
        Self { source, ready: Arc::default() }
    }

    /// Start some now. One that cannot be started is nobody's concern until it is needed.
    pub(super) fn prepare(&self, processes: usize) {
        if let Source::Process(start) = &self.source {
            let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
            ready.extend((0..processes).map_while(|_| start().ok()));
        }
    }

    /// Start the command that serves at an address, if there is one, and wait until it answers.
    pub(super) async fn begin(&self, patience: Duration) -> Result<(), Unreachable> {
        let Some(place) = self.place() else { return Ok(()) };
        place.begin(patience).await.map_err(unreachable)
    }

    /// What its own words explain about a server that could not be spoken to.
    pub(super) fn explain(&self, mut unreachable: Unreachable) -> Unreachable {
        let (lines, exited) = self.place().map(Place::last_words).unwrap_or_default();
        unreachable.stderr.extend(lines);
        if let Some(exited) = exited {
            unreachable.what.push_str(&format!("; the process that serves it {exited}"));
        }
        unreachable
    }

    /// How the command that serves at the address ended, if it has.
    pub(super) async fn exited(&self) -> Option<Exited> {
        self.place()?.exited().await
    }

    /// End what was started to serve at the address.
    pub(super) async fn end(&self, ladder: &Ladder) {
        if let Some(place) = self.place() {
            place.end(ladder).await;
        }
    }

    /// A connection that nobody has used.
    pub(super) fn launch(&self) -> Result<Connection, LaunchFailure> {
        let ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        match (&self.source, ready) {
            (_, Some(ready)) => Ok(ready),
            (Source::Process(start), None) => start(),
            (Source::Address(place), None) => Ok(place.connect()),
        }
    }

    /// The transport that is spoken, or was tried.
    pub(super) fn transport(&self) -> &'static str {
        match self.place() {
            None => "stdio",
            Some(place) if place.is_old() => "sse",
            Some(_) => "http",
        }
    }

    /// The address, if the server has one.
    pub(super) const fn place(&self) -> Option<&Place> {
        match &self.source {
            Source::Process(_) => None,
            Source::Address(place) => Some(place),
        }
    }
}

/// What could not be started.
pub(super) fn unreachable(LaunchFailure { what, hint, said }: LaunchFailure) -> Unreachable {
    Unreachable { what, hint, stderr: said, transcript: Vec::new() }
}
