//! One message over several lines: holds back lines that may belong together, until they do or cannot.

use super::defect::{Defect, note};
use super::line::Line;
use super::reading::{Reading, read};

/// More lines than this are no single message.
const MOST_LINES: usize = 20_000;

/// A line that is not read yet.
pub(super) struct Raw {
    /// Without the LF; cut at the limit.
    pub bytes: Vec<u8>,
    /// Of the whole line.
    pub length: u64,
    /// Of its first byte in the stream.
    pub offset: u64,
    /// Whether an LF ended it.
    pub ended: bool,
}

impl Raw {
    fn is_cut(&self) -> bool {
        self.length > self.bytes.len() as u64
    }

    fn read(&self) -> Reading {
        if self.is_cut() { Reading::default() } else { read(&self.bytes) }
    }

    fn into_line(self, reading: Reading) -> Line {
        let mut defects = reading.defects;
        if self.is_cut() {
            note(&mut defects, Defect::LineTooLong);
        }
        let Self { bytes, length, offset, ended } = self;
        Line { bytes, length, offset, ended, messages: reading.messages, defects }
    }
}

/// The lines that are held back.
pub(super) struct Joiner {
    limit: usize,
    held: Vec<u8>,
    /// Where in `held` each line ends.
    ends: Vec<usize>,
    offset: u64,
    nesting: Nesting,
}

impl Joiner {
    /// Hold back at most so many bytes.
    pub fn new(limit: usize) -> Self {
        Self { limit, held: Vec::new(), ends: Vec::new(), offset: 0, nesting: Nesting::default() }
    }

    /// How many bytes are held back.
    pub fn held(&self) -> usize {
        self.held.len()
    }

    /// Give a line; get those that are decided now.
    pub fn offer(&mut self, raw: Raw, done: &mut Vec<Line>) {
        let reading = raw.read();
        if !self.ends.is_empty() && (reading.stands_alone() || !self.has_room(&raw)) {
            self.release(true, done);
        }
        if self.ends.is_empty() && !(reading.unfinished && raw.ended) {
            done.push(raw.into_line(reading));
            return;
        }
        let ended = raw.ended;
        self.hold(&raw);
        if self.nesting.is_closed() {
            self.complete(ended, done);
        } else if !ended {
            self.release(false, done);
        }
    }

    /// What is held back does not belong together: read it line by line. `ended` tells of the last one.
    pub fn release(&mut self, ended: bool, done: &mut Vec<Line>) {
        let held = std::mem::take(&mut self.held);
        let mut start = 0;
        for end in std::mem::take(&mut self.ends) {
            let bytes = held.get(start..end).unwrap_or_default().to_vec();
            let ended = ended || end < held.len();
            let raw = Raw { length: bytes.len() as u64, offset: self.offset + start as u64, ended, bytes };
            let reading = raw.read();
            done.push(raw.into_line(reading));
            start = end + 1;
        }
        self.nesting = Nesting::default();
    }

    fn has_room(&self, raw: &Raw) -> bool {
        !raw.is_cut() && self.held.len() + raw.bytes.len() < self.limit && self.ends.len() < MOST_LINES
    }

    fn hold(&mut self, raw: &Raw) {
        if self.ends.is_empty() {
            self.offset = raw.offset;
        } else {
            self.held.push(b'\n');
            self.nesting.advance(b"\n");
        }
        self.held.extend_from_slice(&raw.bytes);
        self.ends.push(self.held.len());
        self.nesting.advance(&raw.bytes);
    }

    /// Every bracket is closed: it is JSON now, or never was.
    fn complete(&mut self, ended: bool, done: &mut Vec<Line>) {
        let mut reading = read(&self.held);
        if reading.messages.is_empty() {
            self.release(ended, done);
            return;
        }
        note(&mut reading.defects, Defect::EmbeddedNewline);
        let bytes = std::mem::take(&mut self.held);
        self.ends.clear();
        self.nesting = Nesting::default();
        done.push(Raw { length: bytes.len() as u64, offset: self.offset, ended, bytes }.into_line(reading));
    }
}

/// How deep in brackets a text is, fed piece by piece.
#[derive(Default)]
struct Nesting {
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl Nesting {
    fn advance(&mut self, bytes: &[u8]) {
        for byte in bytes {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = self.in_string,
                b'"' => self.in_string = !self.in_string,
                b'{' | b'[' if !self.in_string => self.depth += 1,
                b'}' | b']' if !self.in_string => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
    }

    fn is_closed(&self) -> bool {
        self.depth == 0 && !self.in_string
    }
}

#[cfg(test)]
mod tests {
    use super::super::LineDecoder;
    use super::*;

    const PING: &str = r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;

    fn lines(text: &str) -> Vec<Line> {
        let mut decoder = LineDecoder::new(1024);
        let mut lines = decoder.push(text.as_bytes());
        lines.extend(decoder.finish());
        lines
    }

    #[test]
    fn a_pretty_printed_message_is_one_line_with_a_defect() {
        let pretty = "{\n  \"jsonrpc\": \"2.0\",\r\n  \"method\": \"a } b\"\n}";
        let lines = lines(&format!("{PING}\n{pretty}\n{PING}\n"));
        assert_eq!(lines.len(), 3);
        assert_eq!(lines[1].bytes, pretty.as_bytes());
        assert_eq!(lines[1].offset, PING.len() as u64 + 1);
        assert_eq!(lines[1].messages[0].value["method"], "a } b");
        assert!(lines[1].defects.contains(&Defect::EmbeddedNewline));
        assert_eq!((lines[0].defects.len(), lines[2].defects.len()), (0, 0));
    }

    #[test]
    fn a_raw_newline_in_a_string_is_forgiven() {
        let lines = lines("{\"method\":\"two\nlines\"}\n");
        assert_eq!(lines[0].messages[0].value["method"], "two\nlines");
        assert_eq!(lines[0].defects, [Defect::ControlCharacter, Defect::EmbeddedNewline]);
    }

    #[test]
    fn a_message_is_never_held_back_by_the_noise_before_it() {
        let mut decoder = LineDecoder::new(1024);
        let lines = decoder.push(format!("{{\nstarting\n{PING}\n").as_bytes());
        let counts: Vec<_> = lines.iter().map(|line| line.messages.len()).collect();
        assert_eq!(counts, [0, 0, 1]);
        assert_eq!(lines[0].defects, [Defect::NotJson]);
        assert_eq!(lines[2].defects, []);
    }

    #[test]
    fn a_batch_over_several_lines_loses_no_message() {
        let lines = lines(&format!("[\n{PING},\n{PING}\n]\n"));
        assert_eq!(lines.iter().map(|line| line.messages.len()).sum::<usize>(), 2);
    }

    #[test]
    fn what_never_completes_is_noise_line_by_line() {
        for text in ["{\n\"a\":\n\"b", "{\n\"a\"\n}\n", "[\n[\n]\nx\n"] {
            let lines = lines(text);
            assert_eq!(lines.len(), text.lines().count(), "{text}");
            assert!(lines.iter().all(|line| line.messages.iter().all(|message| !message.is_valid())), "{text}");
        }
        let long = format!("{{\n{}", "\"a\":1,\n".repeat(1000));
        assert_eq!(lines(&long).len(), 1001);
    }
}
