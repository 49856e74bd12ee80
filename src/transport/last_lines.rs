//! The last lines of what a process writes, for people. Bounded, whatever it writes.

use std::collections::VecDeque;

/// How many lines are kept.
const LINES: usize = 40;

/// How much of a line is kept.
const LINE: usize = 4096;

/// The last lines of several streams, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct LastLines(VecDeque<String>);

/// A line of one stream that has not ended yet.
#[derive(Default)]
pub(super) struct Pending(Vec<u8>);

impl LastLines {
    /// Take bytes of a stream.
    pub fn push(&mut self, pending: &mut Pending, bytes: &[u8]) {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            let room = LINE.saturating_sub(pending.0.len()).min(piece.len());
            pending.0.extend_from_slice(piece.get(..room).unwrap_or_default());
            if piece.ends_with(b"\n") {
                self.end(pending);
            }
        }
    }

    /// The stream has ended, or is to be seen as it stands.
    pub fn end(&mut self, pending: &mut Pending) {
        let line = std::mem::take(&mut pending.0);
        let line = String::from_utf8_lossy(line.trim_ascii_end());
        if line.is_empty() {
            return;
        }
        if self.0.len() == LINES {
            self.0.pop_front();
        }
        self.0.push_back(line.into_owned());
    }

    /// What is kept, the oldest first.
    pub fn all(&self) -> Vec<String> {
        self.0.iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_do_not_cut_each_other_up() {
        let (mut lines, mut out, mut err) = (LastLines::default(), Pending::default(), Pending::default());
        lines.push(&mut out, b"on");
        lines.push(&mut err, b"warning\r\n\n");
        lines.push(&mut out, b"e\ntwo");
        assert_eq!(lines.all(), ["warning", "one"]);
        lines.end(&mut out);
        lines.end(&mut err);
        assert_eq!(lines.all(), ["warning", "one", "two"]);
    }

    #[test]
    fn a_flood_keeps_little() {
        let (mut lines, mut out) = (LastLines::default(), Pending::default());
        for number in 0..1000 {
            lines.push(&mut out, format!("{number}\n").as_bytes());
        }
        for _ in 0..1000 {
            lines.push(&mut out, &[b'x'; 1000]);
        }
        lines.end(&mut out);
        let all = lines.all();
        assert_eq!((all.len(), all.first().map(String::as_str)), (LINES, Some("961")));
        assert_eq!(all.last().map(String::len), Some(LINE));
    }
}
