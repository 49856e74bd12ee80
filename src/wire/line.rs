//! A stream of bytes to lines and the messages on them. Ends lines at LF and nowhere else, loses no byte, and holds
//! no more than its limit, whatever comes.

use super::defect::{Defect, note};
use super::join::{Joiner, Raw};
use super::lsp::Framing;
use super::message::Message;

/// One line of a stream; several when a message goes over them.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Without the LF that ends it; cut at the limit.
    pub bytes: Vec<u8>,
    /// Of the whole line, without the LF that ends it.
    pub length: u64,
    /// Of its first byte in the stream.
    pub offset: u64,
    /// Whether an LF ended it.
    pub ended: bool,
    /// The messages on it; usually one.
    pub messages: Vec<Message>,
    /// What is wrong with it.
    pub defects: Vec<Defect>,
}

/// Makes lines of chunks; how the bytes are cut into chunks changes nothing.
pub struct LineDecoder {
    limit: usize,
    partial: Vec<u8>,
    length: u64,
    offset: u64,
    framing: Framing,
    joiner: Joiner,
}

impl LineDecoder {
    /// Keep at most so many bytes of a line, and as many of lines that may belong together.
    pub fn new(limit: usize) -> Self {
        Self {
            limit,
            partial: Vec::new(),
            length: 0,
            offset: 0,
            framing: Framing::default(),
            joiner: Joiner::new(limit),
        }
    }

    /// How many bytes wait for the end of their line.
    pub fn buffered(&self) -> usize {
        self.partial.len() + self.joiner.held()
    }

    /// Give a chunk; get the lines that it completes.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Line> {
        let mut done = Vec::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let end = rest.iter().position(|byte| *byte == b'\n');
            let due = self.framing.longest().map(|longest| longest.saturating_sub(self.length));
            match (end, due.and_then(|due| usize::try_from(due).ok())) {
                (end, Some(due)) if due <= end.unwrap_or(rest.len()) => {
                    let (body, behind) = rest.split_at(due);
                    self.extend(body);
                    self.line(false, &mut done);
                    rest = behind;
                }
                (Some(end), _) => {
                    let (line, behind) = rest.split_at(end);
                    self.extend(line);
                    self.line(true, &mut done);
                    rest = behind.get(1..).unwrap_or_default();
                }
                (None, _) => {
                    self.extend(rest);
                    break;
                }
            }
        }
        done
    }

    /// The stream has ended; get what was held back.
    pub fn finish(&mut self) -> Vec<Line> {
        let mut done = Vec::new();
        let has_rest = self.length > 0;
        if has_rest {
            self.line(false, &mut done);
        }
        self.joiner.release(true, &mut done);
        if let Some(last) = done.last_mut().filter(|_| has_rest) {
            note(&mut last.defects, Defect::MissingNewline);
        }
        done
    }

    fn extend(&mut self, bytes: &[u8]) {
        let room = self.limit.saturating_sub(self.partial.len());
        self.partial.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
        self.length += bytes.len() as u64;
    }

    fn line(&mut self, ended: bool, done: &mut Vec<Line>) {
        let bytes = std::mem::take(&mut self.partial);
        self.framing = self.framing.after(&bytes);
        let length = std::mem::take(&mut self.length);
        let raw = Raw { bytes, length, offset: self.offset, ended };
        self.offset += length + u64::from(ended);
        self.joiner.offer(raw, done);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PING: &str = r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;

    #[test]
    fn a_flood_without_a_newline_is_cut() {
        let mut decoder = LineDecoder::new(1000);
        for _ in 0..1000 {
            assert_eq!(decoder.push(&[0; 4096]), []);
            assert!(decoder.buffered() <= 1000);
        }
        let lines = decoder.push(format!("\n{PING}\n").as_bytes());
        assert_eq!((lines[0].bytes.len(), lines[0].length), (1000, 4_096_000));
        assert_eq!(lines[0].defects, [Defect::LineTooLong]);
        assert_eq!((lines[1].offset, lines[1].messages.len()), (4_096_001, 1));
    }

    #[test]
    fn only_lf_ends_a_line() {
        let mut decoder = LineDecoder::new(1000);
        assert_eq!(decoder.push("a\u{2028}b\u{85}c\rd\x0b\n".as_bytes()).len(), 1);
    }

    #[test]
    fn the_last_line_may_lack_its_end() {
        let mut decoder = LineDecoder::new(1000);
        assert_eq!(decoder.push(PING.as_bytes()), []);
        let lines = decoder.finish();
        assert_eq!((lines.len(), lines[0].messages.len()), (1, 1));
        assert_eq!(lines[0].defects, [Defect::MissingNewline]);
        assert_eq!(decoder.finish(), []);
    }

    #[test]
    fn a_message_behind_a_content_length_is_delivered_at_once() {
        let mut decoder = LineDecoder::new(1000);
        let framed = format!("Content-Length: {}\r\n\r\n{PING}", PING.len());
        for _ in 0..2 {
            let lines = decoder.push(framed.as_bytes());
            assert_eq!(lines.len(), 3);
            assert!(lines[0].defects.contains(&Defect::ContentLengthHeader));
            assert_eq!((lines[2].messages.len(), lines[2].ended), (1, false));
        }
    }

    #[test]
    fn a_wrong_content_length_still_leaves_the_next_message() {
        let mut decoder = LineDecoder::new(1000);
        let framed = format!("Content-Length: {}\r\n\r\n{PING}", PING.len() - 3);
        decoder.push(framed.as_bytes());
        let framed = format!("Content-Length: {}\r\n\r\n{PING}", PING.len());
        let lines = decoder.push(framed.as_bytes());
        assert_eq!(lines.last().map(|line| line.messages.len()), Some(1));
    }
}
