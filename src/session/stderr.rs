//! What a server writes to its stderr: kept for people, bounded, never judged.

use std::collections::VecDeque;

/// How many of its last lines are kept, whatever else is said.
const LAST: usize = 40;
/// How many lines in a row the transcript takes; more would push out the conversation.
const IN_A_ROW: usize = 200;

/// The last lines, and how many came in a row.
#[derive(Default)]
pub(super) struct Stderr {
    last: VecDeque<String>,
    in_a_row: usize,
}

impl Stderr {
    /// Keep a line; tells whether the transcript should have it too.
    pub(super) fn keep(&mut self, line: &[u8]) -> bool {
        if self.last.len() == LAST {
            self.last.pop_front();
        }
        self.last.push_back(String::from_utf8_lossy(line).into_owned());
        self.in_a_row += 1;
        self.in_a_row <= IN_A_ROW
    }

    /// Something else was said in between.
    pub(super) fn interrupt(&mut self) {
        self.in_a_row = 0;
    }

    /// The last so many lines.
    pub(super) fn last(&self, lines: usize) -> Vec<String> {
        self.last.iter().skip(self.last.len().saturating_sub(lines)).cloned().collect()
    }
}

/// Split at line ends, long lines cut.
#[derive(Default)]
pub(super) struct StderrLines {
    pending: Vec<u8>,
}

/// How much of a line of stderr is kept.
const STDERR_LINE: usize = 4096;

impl StderrLines {
    pub(super) fn push(&mut self, bytes: &[u8]) -> Vec<Vec<u8>> {
        let mut lines = Vec::new();
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            let room = STDERR_LINE.saturating_sub(self.pending.len());
            self.pending.extend_from_slice(&piece[..piece.len().min(room)]);
            if piece.ends_with(b"\n") {
                lines.push(std::mem::take(&mut self.pending).trim_ascii_end().to_vec());
            }
        }
        lines
    }

    pub(super) fn finish(&mut self) -> Vec<Vec<u8>> {
        if self.pending.is_empty() { Vec::new() } else { vec![std::mem::take(&mut self.pending)] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stderr_lines_are_whole_and_bounded() {
        let mut lines = StderrLines::default();
        assert_eq!(lines.push(b"one\r\ntw"), vec![b"one".to_vec()]);
        assert_eq!(lines.push(b"o\n"), vec![b"two".to_vec()]);
        for _ in 0..1000 {
            assert!(lines.push(&[b'x'; 1000]).is_empty());
        }
        assert_eq!(lines.finish(), vec![vec![b'x'; STDERR_LINE]]);
    }

    #[test]
    fn a_flood_keeps_its_last_lines_and_little_of_the_transcript() {
        let mut stderr = Stderr::default();
        let taken = (0..1000).filter(|number: &i32| stderr.keep(number.to_string().as_bytes())).count();
        assert_eq!((taken, stderr.last(2)), (IN_A_ROW, vec!["998".to_owned(), "999".to_owned()]));
        stderr.interrupt();
        assert!(stderr.keep(b"again"));
    }
}
