//! The body of an answer as it comes: a document that is read when it is whole, or a stream of events.

use crate::wire::sse::{SseDecoder, SseEvent};

/// A body that is being read.
pub(super) enum Body {
    /// Read when it is whole. What is longer than the limit is counted and forgotten.
    Document { bytes: Vec<u8>, length: usize, limit: usize },
    /// Read as it comes.
    Events(SseDecoder),
}

impl Body {
    /// For an answer of this media type.
    pub(super) fn of(media_type: &str, limit: usize) -> Self {
        match media_type {
            "text/event-stream" => Self::Events(SseDecoder::new(limit)),
            _ => Self::Document { bytes: Vec::new(), length: 0, limit },
        }
    }

    /// Take in bytes; gives the events that are complete.
    pub(super) fn push(&mut self, more: &[u8]) -> Vec<SseEvent> {
        match self {
            Self::Events(decoder) => decoder.push(more),
            Self::Document { bytes, length, limit } => {
                *length += more.len();
                let room = limit.saturating_sub(bytes.len());
                bytes.extend_from_slice(more.get(..room).unwrap_or(more));
                Vec::new()
            }
        }
    }

    /// The document, taken out; nothing if there is none, or not all of it.
    pub(super) fn document(&mut self) -> Option<Vec<u8>> {
        match self {
            Self::Document { bytes, length, .. } if *length == bytes.len() => Some(std::mem::take(bytes)),
            Self::Document { .. } | Self::Events(_) => None,
        }
    }

    /// Whether it is a document of which not all was kept.
    pub(super) const fn is_cut(&self) -> bool {
        matches!(self, Self::Document { bytes, length, .. } if *length != bytes.len())
    }

    /// What is left of an event that never ended.
    pub(super) fn rest(&mut self) -> Option<SseEvent> {
        match self {
            Self::Events(decoder) => decoder.finish(),
            Self::Document { .. } => None,
        }
    }
}
