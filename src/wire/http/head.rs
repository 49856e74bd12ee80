//! What stands before the body of an answer.

use super::Headers;

/// The status line and the headers of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The status code.
    pub status: u16,
    /// What follows it on its line; often nothing.
    pub reason: String,
    /// `HTTP/1.1`
    pub version: String,
    /// The headers.
    pub headers: Headers,
}
