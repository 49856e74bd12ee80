//! What the faults of HTTP remember, and what they know of a request.

use std::{collections::HashSet, sync::Arc};

use serde_json::Value;

use crate::{
    demo::{
        caller,
        http::{Request, SESSION, Stream, VERSION},
    },
    model::{Era, Revision},
};

/// What happened so far.
#[derive(Default)]
pub struct Memory {
    /// The session that was begun last.
    pub session: Option<String>,
    /// How many ids were given away.
    pub ids: u64,
    /// A response that was held back.
    pub parked: Option<Vec<u8>>,
    /// The latest progress that was told.
    pub progress: Option<Vec<u8>>,
    /// The latest message of a stream, with the stream's name.
    pub told: Option<(String, Vec<u8>)>,
    /// The streams of requests that stand alone.
    pub streams: Vec<Arc<Stream>>,
    /// The ids of requests that are not answered yet.
    pub busy: HashSet<String>,
}

/// A request, as the faults see it.
pub struct Knock {
    /// The message in it, or null.
    pub message: Value,
    /// The version in its headers.
    pub version: Option<String>,
    /// Whether it needs no session.
    pub is_modern: bool,
    /// Whether it names a session.
    pub has_session: bool,
    /// Whether its origin is named.
    pub has_origin: bool,
}

impl Knock {
    /// What is known of a request.
    pub fn of(request: &Request) -> Self {
        let message = request.message().unwrap_or_default();
        let version = request.headers.get(VERSION);
        let is_modern = revision(version.as_deref()).is_some_and(|revision| revision.era() == Era::Modern)
            || message["params"].as_object().is_some_and(caller::is_modern);
        let (has_session, has_origin) = (request.headers.has(SESSION), request.headers.has("origin"));
        Self { message, version, is_modern, has_session, has_origin }
    }

    /// Whether its version is one that nobody ever spoke.
    pub fn is_garbled(&self) -> bool {
        self.version.is_some() && revision(self.version.as_deref()).is_none()
    }

    /// What it asks for.
    pub fn method(&self) -> &str {
        self.message["method"].as_str().unwrap_or_default()
    }
}

fn revision(name: Option<&str>) -> Option<Revision> {
    Revision::ALL.into_iter().find(|revision| Some(revision.as_str()) == name)
}
