//! When a server has said so much without being asked that nobody listens to it any further.

use std::fmt;

/// More lines than this are no answer to one request.
const LINES: u64 = 20_000;
/// Nor are more bytes.
const BYTES: u64 = 256 << 20;

/// What a server has said since it was last asked something.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Flood {
    lines: u64,
    bytes: u64,
}

impl Flood {
    /// So many more bytes came, with so many lines in them.
    pub(super) fn add(&mut self, bytes: usize, lines: usize) {
        self.bytes = self.bytes.saturating_add(bytes as u64);
        self.lines = self.lines.saturating_add(lines as u64);
    }

    /// Whether it is worth mentioning.
    pub(super) fn is_much(&self) -> bool {
        self.is_many() || self.bytes > BYTES / 100
    }

    /// The same, whatever its size.
    pub(super) fn is_many(&self) -> bool {
        self.lines > LINES / 100
    }

    /// Whether to stop listening.
    pub(super) fn is_over(&self) -> bool {
        self.lines > LINES || self.bytes > BYTES
    }
}

impl fmt::Display for Flood {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (size, unit) = if self.bytes < 1 << 20 { (self.bytes >> 10, "kB") } else { (self.bytes >> 20, "MB") };
        write!(f, "{} lines, {size} {unit}, that nobody asked for", self.lines)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_answer_is_no_flood_but_endless_lines_or_bytes_are() {
        let mut flood = Flood::default();
        flood.add(100 << 20, 1);
        assert!(flood.is_much() && !flood.is_over() && !Flood::default().is_much());
        let (mut lines, mut bytes) = (flood, flood);
        lines.add(2, 20_000);
        bytes.add(200 << 20, 0);
        assert!(lines.is_over() && bytes.is_over());
        assert_eq!(bytes.to_string(), "1 lines, 300 MB, that nobody asked for");
    }
}
