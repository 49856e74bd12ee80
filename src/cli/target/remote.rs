//! A server behind a URL, with everything that is needed to reach it.

use std::{path::PathBuf, time::Duration};

use crate::{transport::http::Url, wire::http::Headers};

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
