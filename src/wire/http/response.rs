//! An answer, read as it comes.

use super::{Head, HttpDefect};

/// A part of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// What stands before the body. Comes at most once: what only announces another answer (1xx) is read over.
    Head(Head),
    /// Bytes of the body, cut anywhere; never empty.
    Body(Vec<u8>),
    /// No more will come. Comes exactly once, with all that was wrong.
    End(Vec<HttpDefect>),
}

/// Makes parts of the bytes of one answer; how they are cut changes nothing but the cuts of the body.
pub struct ResponseDecoder {
    defects: Vec<HttpDefect>,
}

impl ResponseDecoder {
    /// For the answer to a request with this method. A head that is longer than the limit ends it.
    pub fn new(method: &str, head_limit: usize) -> Self {
        let _ = (method, head_limit);
        Self { defects: Vec::new() }
    }

    /// Give bytes; get what can be said of them.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Part> {
        let _ = (bytes, &mut self.defects);
        Vec::new()
    }

    /// The connection has ended.
    pub fn finish(&mut self) -> Vec<Part> {
        let _ = &mut self.defects;
        Vec::new()
    }

    /// Whether a byte of the answer has come.
    pub fn has_begun(&self) -> bool {
        false
    }

    /// Whether the end has been told.
    pub fn is_over(&self) -> bool {
        false
    }

    /// Whether the answer is over and nothing of it is missing.
    pub fn is_whole(&self) -> bool {
        false
    }

    /// Whether the connection can carry another request: the answer is whole, nothing came behind it, and the server
    /// keeps the connection.
    pub fn is_reusable(&self) -> bool {
        false
    }

    /// How many bytes are held back.
    pub fn buffered(&self) -> usize {
        0
    }
}
