//! Lines out of a stream of bytes, with a limit on their length.

use tokio::io::{AsyncRead, AsyncReadExt};

/// Lines longer than this are thrown away.
const LONGEST: usize = 16 << 20;
const CHUNK: usize = 64 << 10;

/// A line that arrived.
#[derive(Debug, PartialEq, Eq)]
pub struct Line {
    /// Without its newline.
    pub bytes: Vec<u8>,
    /// Which read brought its end, counted from one.
    pub read: u64,
    /// Whether its end was thrown away because it was too long.
    pub cut: bool,
}

/// Splits what a reader gives into lines.
pub struct Lines<R> {
    reader: R,
    buffer: Vec<u8>,
    start: usize,
    searched: usize,
    reads: u64,
    cut: bool,
}

impl<R: AsyncRead + Unpin> Lines<R> {
    /// Nothing is read before the first line is asked for.
    pub fn new(reader: R) -> Self {
        Self { reader, buffer: Vec::new(), start: 0, searched: 0, reads: 0, cut: false }
    }

    /// The next line; `None` at the end of the input, whose unterminated rest is no line.
    /// Nothing is lost when the future is dropped halfway.
    pub async fn next(&mut self) -> Option<Line> {
        loop {
            if let Some(line) = self.take() {
                return Some(line);
            }
            self.make_room();
            match (&mut self.reader).take(CHUNK as u64).read_buf(&mut self.buffer).await {
                Ok(0) | Err(_) => return None,
                Ok(_) => self.reads += 1,
            }
        }
    }

    fn take(&mut self) -> Option<Line> {
        let unseen = self.buffer.get(self.searched..)?;
        let Some(length) = unseen.iter().position(|byte| *byte == b'\n') else {
            self.searched = self.buffer.len();
            return None;
        };
        let end = self.searched + length;
        let bytes = self.buffer.get(self.start..end)?.to_vec();
        (self.start, self.searched) = (end + 1, end + 1);
        Some(Line { bytes, read: self.reads, cut: std::mem::take(&mut self.cut) })
    }

    fn make_room(&mut self) {
        self.buffer.drain(..self.start);
        self.start = 0;
        if self.buffer.len() > LONGEST {
            self.buffer.truncate(CHUNK);
            self.cut = true;
        }
        self.searched = self.buffer.len();
        self.buffer.reserve(CHUNK);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn all(bytes: &[u8]) -> Vec<(usize, bool)> {
        let mut lines = Lines::new(bytes);
        let mut found = Vec::new();
        while let Some(line) = lines.next().await {
            found.push((line.bytes.len(), line.cut));
        }
        found
    }

    #[tokio::test]
    async fn lines_are_cut_at_newlines_and_the_rest_is_dropped() {
        assert_eq!(all(b"one\n\nthree\nrest").await, [(3, false), (0, false), (5, false)]);
    }

    #[tokio::test]
    async fn an_endless_line_costs_no_endless_memory() {
        let mut bytes = vec![b'x'; LONGEST * 2];
        bytes.extend_from_slice(b"\nshort\n");
        let found = all(&bytes).await;
        assert!(found[0].1 && found[0].0 <= LONGEST + CHUNK, "{found:?}");
        assert_eq!(found[1], (5, false));
    }
}
