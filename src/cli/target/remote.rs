//! A server behind a URL, with everything that is needed to reach it.

use std::{path::PathBuf, time::Duration};

use crate::{
    session::Limits,
    transport::http::{self, HttpLimits, Url},
    wire::http::Headers,
};

/// Where a server is, and how it is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remote {
    /// Its address.
    pub url: Url,
    /// The headers that the user wants in each request.
    pub headers: Headers,
    /// A file with the certificates of who may vouch for it, beside those of the system.
    pub ca: Option<PathBuf>,
    /// Whether to believe every certificate.
    pub insecure: bool,
    /// The hosts that may be reached beside its own.
    pub allow_hosts: Vec<String>,
    /// How long to wait for a connection.
    pub connect: Duration,
}

impl Remote {
    /// The same, with the patience of a run. Whoever asks has the shorter one: an exchange goes on after that, so that
    /// a late answer is seen to be one.
    pub fn within(&self, limits: &Limits) -> http::Remote {
        let Self { url, headers, ca, insecure, allow_hosts, connect } = self.clone();
        let patience = limits.answer * 3;
        // The first answer may take as long as the user says, and what it is that does not come in time is told.
        let (connect, first_byte) = (connect.min(limits.startup), patience.max(limits.startup));
        let limits = HttpLimits { connect, first_byte, ..HttpLimits::within(patience) };
        http::Remote { headers, ca, insecure, allow_hosts, limits, ..http::Remote::new(url) }
    }
}
