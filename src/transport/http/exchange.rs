//! One request and what comes back for it.

use crate::wire::http::{Head, Headers, HttpDefect};

/// A request, as it is to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// `POST`
    pub method: String,
    /// The path and the query; where it begins with `http`, a whole address.
    pub target: String,
    /// The headers, as they are to be spelled. `Host` and `Content-Length` are among them, or are not sent.
    pub headers: Headers,
    /// The body.
    pub body: Vec<u8>,
    /// How much of the body is written before the connection is closed; all of it, and it stays open, without.
    pub cut: Option<usize>,
    /// Whether its answer may be silent for as long as it likes: a stream of notifications.
    pub patient: bool,
    /// Whether it is to have a connection that nothing else has used.
    pub alone: bool,
}

/// A part of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    /// What stands before the body.
    Head(Head),
    /// Bytes of the body, cut anywhere.
    Body(Vec<u8>),
    /// No more will come. Comes once for each exchange.
    Over(Over),
}

/// How an exchange ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Over {
    /// In a word.
    pub how: How,
    /// In words for a person; empty when all went well.
    pub why: String,
    /// What was wrong with the framing of the answer.
    pub defects: Vec<HttpDefect>,
}

impl Over {
    /// An end that has nothing to do with framing.
    pub(super) fn new(how: How, why: impl Into<String>) -> Self {
        Self { how, why: why.into(), defects: Vec::new() }
    }
}

/// How an exchange ended, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// The whole answer was read.
    Done,
    /// The connection ended, or what came was no HTTP, before the answer was whole.
    Broken,
    /// A limit of time or size was reached.
    Late,
    /// No connection came about.
    Refused,
    /// We closed the connection.
    HungUp,
}

impl How {
    /// Its name in a suite.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Broken => "broken",
            Self::Late => "late",
            Self::Refused => "refused",
            Self::HungUp => "hung-up",
        }
    }
}
