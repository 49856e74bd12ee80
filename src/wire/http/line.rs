//! Lines of a head, of the sizes of chunks and of trailers, however they are cut, and never more than they may be.

use super::HttpDefect;
use crate::wire::defect::note;

/// Takes lines off a stream, until all of them together are longer than they may be.
#[derive(Debug)]
pub(super) struct Lines {
    partial: Vec<u8>,
    left: usize,
}

/// What was found at the beginning of the stream.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// A line without its end.
    Line(Vec<u8>),
    /// The line goes on beyond what has come.
    More,
    /// There is no end of the lines within the limit.
    TooLong,
}

impl Lines {
    /// Of so many bytes in all, with their ends.
    pub const fn new(limit: usize) -> Self {
        Self { partial: Vec::new(), left: limit }
    }

    /// How many bytes wait for the end of their line.
    pub fn buffered(&self) -> usize {
        self.partial.len()
    }

    /// What has come of the line that has no end yet.
    pub fn begun(&self) -> &[u8] {
        &self.partial
    }

    /// Those of the bytes that are within the limit: how much more has come at once must not matter.
    pub fn within<'a>(&self, bytes: &'a [u8]) -> &'a [u8] {
        bytes.get(..self.left).unwrap_or(bytes)
    }

    /// Take one line off the bytes.
    pub fn take(&mut self, bytes: &mut &[u8], defects: &mut Vec<HttpDefect>) -> Taken {
        let end = bytes.iter().take(self.left).position(|byte| *byte == b'\n');
        let (taken, rest) = bytes.split_at(end.map_or(self.left.min(bytes.len()), |end| end + 1));
        self.partial.extend_from_slice(taken);
        self.left -= taken.len();
        *bytes = rest;
        if end.is_none() {
            return if rest.is_empty() { Taken::More } else { Taken::TooLong };
        }
        let mut line = std::mem::take(&mut self.partial);
        line.pop();
        if line.pop_if(|last| *last == b'\r').is_none() {
            note(defects, HttpDefect::BareLf);
        }
        Taken::Line(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(limit: usize, pieces: &[&str]) -> (Vec<Taken>, Vec<HttpDefect>) {
        let mut lines = Lines::new(limit);
        let mut defects = Vec::new();
        let mut all = Vec::new();
        for piece in pieces {
            let mut bytes = piece.as_bytes();
            while !bytes.is_empty() {
                all.push(lines.take(&mut bytes, &mut defects));
                if all.last() == Some(&Taken::TooLong) {
                    return (all, defects);
                }
            }
        }
        (all, defects)
    }

    #[test]
    fn a_line_ends_at_lf_and_cr_belongs_to_its_end() {
        let line = |text: &str| Taken::Line(text.as_bytes().to_vec());
        assert_eq!(taken(99, &["a\r\n\r\n"]), (vec![line("a"), line("")], vec![]));
        assert_eq!(taken(99, &["a\r", "\n"]), (vec![Taken::More, line("a")], vec![]));
        assert_eq!(taken(99, &["a\rb\n"]), (vec![line("a\rb")], vec![HttpDefect::BareLf]));
    }

    #[test]
    fn the_limit_counts_every_byte_of_all_lines() {
        assert_eq!(taken(4, &["a\nb\n"]).0.len(), 2);
        assert_eq!(taken(3, &["a\nb\n"]).0.last(), Some(&Taken::TooLong));
        assert_eq!(taken(3, &["a", "\n", "b", "\n"]).0.last(), Some(&Taken::TooLong));
        assert_eq!(taken(0, &["\n"]).0, [Taken::TooLong]);
    }
}
