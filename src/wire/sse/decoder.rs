//! A stream of bytes to events. Ends lines at CR, LF and CR LF, wherever they are cut, and holds no more than its
//! limit, whatever comes.

use super::SseEvent;

/// It may stand at the beginning of the stream, and nowhere else.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// Makes events of chunks; how the bytes are cut into chunks changes nothing.
pub struct SseDecoder {
    limit: usize,
    /// How much of a byte order mark has come; nothing once it is past.
    mark: Option<usize>,
    /// The lines of the event that has no end yet.
    block: Vec<u8>,
    is_cut: bool,
    /// Whether the line that has no end yet is empty.
    at_line_start: bool,
    after_cr: bool,
}

impl SseDecoder {
    /// Keep at most so many bytes of an event.
    pub fn new(limit: usize) -> Self {
        Self { limit, mark: Some(0), block: Vec::new(), is_cut: false, at_line_start: true, after_cr: false }
    }

    /// How many bytes wait for the end of their event.
    pub fn buffered(&self) -> usize {
        self.block.len()
    }

    /// Give a chunk; get the events that it completes.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<SseEvent> {
        let mut done = Vec::new();
        let mut rest = self.skip_mark(bytes);
        while let Some((&byte, behind)) = rest.split_first() {
            match byte {
                b'\n' | b'\r' => {
                    self.line_end(byte, &mut done);
                    rest = behind;
                }
                _ => {
                    let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
                    let (text, behind) = rest.split_at(end);
                    self.keep(text);
                    (self.at_line_start, self.after_cr) = (false, false);
                    rest = behind;
                }
            }
        }
        done
    }

    /// The stream has ended; get the event that clients discard. Comments alone are none.
    pub fn finish(&mut self) -> Option<SseEvent> {
        if let Some(begun) = self.mark.take() {
            self.keep(BOM.get(..begun).unwrap_or_default());
        }
        self.take().map(SseEvent::unfinished).filter(|event| !event.is_comment())
    }

    /// Go over a byte order mark; what only begins like one is a part of the first line.
    fn skip_mark<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        let mut rest = bytes;
        while let (Some(begun), Some((byte, behind))) = (self.mark, rest.split_first()) {
            self.mark = match BOM.get(begun) {
                Some(expected) if expected == byte => {
                    rest = behind;
                    Some(begun + 1).filter(|begun| *begun < BOM.len())
                }
                _ => {
                    self.keep(BOM.get(..begun).unwrap_or_default());
                    self.at_line_start = begun == 0;
                    None
                }
            };
        }
        rest
    }

    fn line_end(&mut self, byte: u8, done: &mut Vec<SseEvent>) {
        let is_second_half = byte == b'\n' && self.after_cr;
        self.after_cr = byte == b'\r';
        if is_second_half {
            // The blank line before it has ended the event already, and has no room in the next one.
            if !self.block.is_empty() {
                self.keep(b"\n");
            }
        } else if self.at_line_start {
            done.extend(self.take());
        } else {
            self.keep(&[byte]);
        }
        self.at_line_start = true;
    }

    fn keep(&mut self, bytes: &[u8]) {
        let room = self.limit.saturating_sub(self.block.len());
        self.is_cut |= bytes.len() > room;
        self.block.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
    }

    /// The event whose lines have come, if there are any.
    fn take(&mut self) -> Option<SseEvent> {
        let block = std::mem::take(&mut self.block);
        let is_cut = std::mem::take(&mut self.is_cut);
        (is_cut || !block.is_empty()).then(|| SseEvent::read(block, is_cut))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::sse::SseDefect;

    fn decode(chunks: &[&str]) -> (Vec<String>, Option<SseEvent>) {
        let mut decoder = SseDecoder::new(1000);
        let events = chunks.iter().flat_map(|chunk| decoder.push(chunk.as_bytes())).collect::<Vec<_>>();
        (events.into_iter().map(|event| event.data.unwrap_or_default()).collect(), decoder.finish())
    }

    #[test]
    fn every_line_end_in_every_cut() {
        for end in ["\n", "\r", "\r\n"] {
            let stream = ["", "data:a", "data:b", "", "", "data:c", "", ""].join(end);
            for cut in 0..stream.len() {
                let (front, back) = stream.split_at(cut);
                assert_eq!(decode(&[front, back]), (vec!["a\nb".into(), "c".into()], None), "{stream:?} {cut}");
            }
        }
        assert_eq!(decode(&["data:a\n\rdata:b\r\n\r"]).0, ["a", "b"]);
    }

    #[test]
    fn a_blank_line_that_ends_in_cr_is_not_waited_for() {
        let mut decoder = SseDecoder::new(1000);
        let events = decoder.push(b"data:a\r\n\r");
        assert_eq!(events.iter().map(|event| &event.bytes[..]).collect::<Vec<_>>(), [b"data:a\r\n"]);
        assert_eq!(decoder.push(b"\ndata:b\n\n")[0].bytes, b"data:b\n");
    }

    #[test]
    fn a_mark_is_skipped_at_the_beginning_only() {
        assert_eq!(decode(&["\u{feff}data:a\n\n"]).0, ["a"]);
        let mut decoder = SseDecoder::new(1000);
        let events: Vec<_> = BOM.iter().chain(b"data:a\n\n").flat_map(|byte| decoder.push(&[*byte])).collect();
        assert_eq!((events.len(), &events[0].defects[..]), (1, &[][..]));
        let events = decoder.push("\u{feff}data:a\n\n".as_bytes());
        assert_eq!(events[0].defects, [SseDefect::UnknownField]);
        let events = SseDecoder::new(1000).push(b"\xef\xbbdata:a\n\n");
        assert_eq!((&events[0].data, &events[0].bytes[..]), (&None, &b"\xef\xbbdata:a\n"[..]));
        let mut decoder = SseDecoder::new(1000);
        assert_eq!(decoder.push(b"\xef"), []);
        assert_eq!(decoder.finish().map(|event| event.bytes), Some(b"\xef".to_vec()));
    }

    #[test]
    fn the_end_of_the_stream_ends_no_event() {
        for stream in ["data:a", "data:a\n", "id:1\r\ndata:a\r"] {
            let (events, last) = decode(&[stream]);
            let last = last.unwrap_or_default();
            assert_eq!((events.len(), last.data.as_deref()), (0, Some("a")), "{stream:?}");
            assert_eq!(last.defects, [SseDefect::Unfinished], "{stream:?}");
        }
        assert_eq!(decode(&["data:a\n\n: bye\n"]).1, None);
    }

    #[test]
    fn a_flood_without_a_blank_line_is_cut() {
        let mut decoder = SseDecoder::new(1000);
        for _ in 0..1000 {
            assert_eq!(decoder.push(b"data: flood\n"), []);
            assert!(decoder.buffered() <= 1000);
        }
        let events = decoder.push(b"\ndata:a\n\n");
        assert_eq!((events[0].bytes.len(), &events[0].defects[..]), (1000, &[SseDefect::TooLong][..]));
        assert_eq!((events[1].data.as_deref(), events[1].defects.len()), (Some("a"), 0));
    }
}
