//! A server behind an address: where it is, what each request carries, and how long it is waited for.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use tokio::sync::mpsc;

use super::carrier::Carrier;
use super::client::Client;
use super::exchanges::Exchanges;
use super::{Dialer, Facts, Url};
use crate::transport::Listening;
use crate::transport::connection::{Connection, WAITING_EVENTS, Way};
use crate::transport::peer::Peer;
use crate::wire::http::Headers;

/// A server behind an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remote {
    /// Its address.
    pub url: Url,
    /// The headers that the user wants in each request. They go to the origin of the address only.
    pub headers: Headers,
    /// A file with further certificates to trust.
    pub ca: Option<PathBuf>,
    /// Whether any certificate will do.
    pub insecure: bool,
    /// The hosts that may be reached beside that of the address: `host` or `host:port`.
    pub allow_hosts: Vec<String>,
    /// How long it may take, and how much it may say.
    pub limits: HttpLimits,
    /// Where it listens, if we have started it.
    pub listening: Option<Listening>,
}

impl Remote {
    /// A server with nothing special about it.
    pub fn new(url: Url) -> Self {
        Self {
            url,
            headers: Headers::new(),
            ca: None,
            insecure: false,
            allow_hosts: Vec::new(),
            limits: HttpLimits::default(),
            listening: None,
        }
    }
}

/// What an exchange may take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpLimits {
    /// Until the connection is there, with TLS.
    pub connect: Duration,
    /// From then to the first byte of the answer.
    pub first_byte: Duration,
    /// Between two bytes of the answer.
    pub idle: Duration,
    /// For all of it, so that a trickle ends too.
    pub whole: Duration,
    /// How many bytes may stand before the body.
    pub head: usize,
    /// How many bytes the body may have.
    pub body: u64,
}

impl HttpLimits {
    /// Limits of time that follow from one.
    pub const fn within(patience: Duration) -> Self {
        Self {
            connect: patience,
            first_byte: patience,
            idle: patience,
            whole: patience.saturating_mul(4),
            head: 64 * 1024,
            body: 64 * 1024 * 1024,
        }
    }
}

impl Default for HttpLimits {
    fn default() -> Self {
        Self::within(Duration::from_secs(10))
    }
}

/// Speak to a server. Nothing is sent yet, so that it need not be there. `transport` is `http` or `sse`. Needs a
/// running tokio runtime.
pub fn connect(remote: &Remote, dialer: &Dialer, transport: &'static str) -> Connection {
    let facts = Facts { url: remote.url.clone(), headers: remote.headers.clone(), listening: remote.listening.clone() };
    let (client, jobs) = Client::new(facts);
    let (events, chunks) = mpsc::channel(WAITING_EVENTS);
    let exchanges = Exchanges::begin(Carrier::new(remote, dialer), jobs, events);
    Connection { way: Way::Http(client), chunks, peer: Peer::remote(exchanges), started: Instant::now(), transport }
}
