//! An answer, read as it comes: each part is given as soon as its bytes are there, and nothing but the head is held.

use super::chunked::{ChunkRead, Chunks, split_off};
use super::framing::{Framing, keeps_connection};
use super::head::{HeadRead, HeadReader};
use super::{Head, HttpDefect};
use crate::wire::defect::note;

/// A part of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// What stands before the body. Comes at most once: what only announces another answer (1xx) is read over.
    Head(Head),
    /// Bytes of the body, cut anywhere; never empty.
    Body(Vec<u8>),
    /// No more will come. Comes exactly once, with all that was wrong.
    End(Vec<HttpDefect>),
}

/// Makes parts of the bytes of one answer; how they are cut changes nothing but the cuts of the body, and whether
/// bytes behind its end are among its defects.
pub struct ResponseDecoder {
    method: String,
    state: State,
    has_begun: bool,
    keeps: bool,
    behind: HttpDefect,
    defects: Vec<HttpDefect>,
}

/// Where in the answer reading is.
enum State {
    Head(HeadReader),
    Length(u64),
    Chunked(Chunks),
    ToTheEnd,
    Over { whole: bool },
}

/// What makes it doubtful where the next answer begins.
const DOUBTS: &[HttpDefect] = &[HttpDefect::TwoLengths, HttpDefect::BadLength, HttpDefect::LengthBesideCoding];

impl ResponseDecoder {
    /// For the answer to a request with this method. A head that is longer than the limit ends it.
    pub fn new(method: &str, head_limit: usize) -> Self {
        Self {
            method: method.to_owned(),
            state: State::Head(HeadReader::new(head_limit)),
            has_begun: false,
            keeps: false,
            behind: HttpDefect::BytesBehind,
            defects: Vec::new(),
        }
    }

    /// Give bytes; get what can be said of them.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Part> {
        let mut parts = Vec::new();
        if bytes.is_empty() {
            return parts;
        }
        if self.is_over() {
            self.keeps = false;
            return parts;
        }
        self.has_begun = true;
        let mut rest = bytes;
        let mut body = Vec::new();
        while !rest.is_empty() && !self.is_over() {
            self.step(&mut rest, &mut body, &mut parts);
        }
        if !body.is_empty() {
            parts.push(Part::Body(body));
        }
        if self.is_whole() && !rest.is_empty() {
            self.keeps = false;
            note(&mut self.defects, self.behind);
        }
        if self.is_over() {
            parts.push(self.end());
        }
        parts
    }

    /// The connection has ended. When nothing had come before, this is a head that is too short.
    pub fn finish(&mut self) -> Vec<Part> {
        let missing = match self.state {
            State::Head(_) => Some(HttpDefect::ShortHead),
            State::Length(_) => Some(HttpDefect::ShortBody),
            State::Chunked(_) => Some(HttpDefect::ShortChunks),
            State::ToTheEnd | State::Over { .. } => None,
        };
        self.keeps = false;
        if self.is_over() {
            return Vec::new();
        }
        self.over(missing);
        vec![self.end()]
    }

    /// Whether a byte of the answer has come.
    pub fn has_begun(&self) -> bool {
        self.has_begun
    }

    /// Whether the end has been told.
    pub fn is_over(&self) -> bool {
        matches!(self.state, State::Over { .. })
    }

    /// Whether the answer is over and nothing of it is missing.
    pub fn is_whole(&self) -> bool {
        matches!(self.state, State::Over { whole: true })
    }

    /// Whether the connection can carry another request: the answer is whole, nothing came behind it, and the server
    /// keeps the connection.
    pub fn is_reusable(&self) -> bool {
        self.is_whole() && self.keeps
    }

    /// How many bytes are held back.
    pub fn buffered(&self) -> usize {
        match &self.state {
            State::Head(head) => head.buffered(),
            State::Chunked(chunks) => chunks.buffered(),
            State::Length(_) | State::ToTheEnd | State::Over { .. } => 0,
        }
    }

    fn step(&mut self, rest: &mut &[u8], body: &mut Vec<u8>, parts: &mut Vec<Part>) {
        match &mut self.state {
            State::Head(reader) => match reader.read(rest, &mut self.defects) {
                HeadRead::More => {}
                HeadRead::Nothing(why) => self.over(Some(why)),
                HeadRead::Head(head) => {
                    self.begin_body(&head);
                    parts.push(Part::Head(head));
                }
            },
            State::Length(left) => {
                body.extend_from_slice(split_off(rest, left));
                if *left == 0 {
                    self.over(None);
                }
            }
            State::Chunked(chunks) => match chunks.read(rest, body, &mut self.defects) {
                ChunkRead::More => {}
                ChunkRead::Complete => self.over(None),
                ChunkRead::Broken(why) => self.over(Some(why)),
            },
            State::ToTheEnd => body.extend_from_slice(std::mem::take(rest)),
            State::Over { .. } => {}
        }
    }

    fn begin_body(&mut self, head: &Head) {
        let framing = Framing::of(&self.method, head, &mut self.defects);
        self.keeps = keeps_connection(head) && !DOUBTS.iter().any(|doubt| self.defects.contains(doubt));
        match framing {
            Framing::Nothing => {
                self.behind = HttpDefect::BodyForbidden;
                self.over(None);
            }
            Framing::Length(0) => self.over(None),
            Framing::Length(length) => self.state = State::Length(length),
            Framing::Chunked => self.state = State::Chunked(Chunks::new()),
            Framing::ToTheEnd => self.state = State::ToTheEnd,
        }
    }

    fn over(&mut self, missing: Option<HttpDefect>) {
        self.state = State::Over { whole: missing.is_none() };
        if let Some(defect) = missing {
            note(&mut self.defects, defect);
        }
    }

    fn end(&mut self) -> Part {
        Part::End(std::mem::take(&mut self.defects))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The status, the body and the defects of an answer that came at once; and whether its connection lives on.
    fn read(method: &str, text: &str, ended: bool) -> (Option<u16>, String, Option<Vec<HttpDefect>>, bool) {
        let mut decoder = ResponseDecoder::new(method, 1000);
        let mut parts = decoder.push(text.as_bytes());
        if ended {
            parts.extend(decoder.finish());
        }
        let (mut status, mut body, mut end) = (None, Vec::new(), None);
        for part in parts {
            match part {
                Part::Head(head) => status = Some(head.status),
                Part::Body(bytes) => body.extend(bytes),
                Part::End(defects) => end = Some(defects),
            }
        }
        (status, String::from_utf8_lossy(&body).into_owned(), end, decoder.is_reusable())
    }

    const LENGTH: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    const CHUNKED: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
    const TO_THE_END: &str = "HTTP/1.1 200 OK\r\n\r\n{}";

    #[test]
    fn a_body_ends_where_its_head_says() {
        let body = || "{}".to_owned();
        for text in [LENGTH, CHUNKED] {
            assert_eq!(read("POST", text, false), (Some(200), body(), Some(vec![]), true), "{text}");
            assert_eq!(read("POST", text, true), (Some(200), body(), Some(vec![]), false), "{text}");
        }
        assert_eq!(read("GET", TO_THE_END, false), (Some(200), body(), None, false));
        assert_eq!(read("GET", TO_THE_END, true), (Some(200), body(), Some(vec![]), false));
        assert_eq!(read("HEAD", LENGTH.trim_end_matches("{}"), false), (Some(200), String::new(), Some(vec![]), true));
    }

    #[test]
    fn an_answer_that_breaks_off_is_not_whole() {
        for (text, cut, defect) in [
            (LENGTH, 1, HttpDefect::ShortBody),
            (CHUNKED, 2, HttpDefect::ShortChunks),
            (CHUNKED, 8, HttpDefect::ShortChunks),
            (TO_THE_END, 3, HttpDefect::ShortHead),
            (TO_THE_END, TO_THE_END.len(), HttpDefect::ShortHead),
        ] {
            let text = &text[..text.len() - cut];
            let (_, _, defects, is_reusable) = read("POST", text, true);
            assert_eq!((defects, is_reusable), (Some(vec![defect]), false), "{text}");
        }
    }

    #[test]
    fn bytes_behind_the_end_cost_the_connection() {
        for (method, text, defect) in [
            ("POST", LENGTH, HttpDefect::BytesBehind),
            ("POST", CHUNKED, HttpDefect::BytesBehind),
            ("HEAD", LENGTH, HttpDefect::BodyForbidden),
        ] {
            let (_, _, defects, is_reusable) = read(method, &format!("{text}."), false);
            assert_eq!((defects, is_reusable), (Some(vec![defect]), false), "{method} {text}");
        }
        let mut decoder = ResponseDecoder::new("POST", 1000);
        assert_eq!(decoder.push(LENGTH.as_bytes()).len(), 3);
        assert!(decoder.is_reusable());
        assert_eq!(decoder.push(b"late"), []);
        assert!(!decoder.is_reusable());
    }

    #[test]
    fn a_doubtful_end_costs_the_connection_too() {
        for head in ["Content-Length: 2\r\nContent-Length: 3", "Content-Length: 2\r\nContent-Length: x"] {
            let (_, body, _, is_reusable) = read("POST", &format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n{{}}"), false);
            assert_eq!((body.as_str(), is_reusable), ("{}", false), "{head}");
        }
    }

    #[test]
    fn each_part_is_given_as_soon_as_it_is_there() {
        let mut decoder = ResponseDecoder::new("POST", 1000);
        assert!(!decoder.has_begun());
        assert_eq!(decoder.push(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r"), []);
        assert!(decoder.has_begun());
        assert!(matches!(decoder.push(b"\n")[..], [Part::Head(_)]));
        assert_eq!(decoder.push(b"ff"), []);
        assert_eq!(decoder.push(b"\r\nda"), [Part::Body(b"da".to_vec())]);
        assert_eq!(decoder.push(b"ta"), [Part::Body(b"ta".to_vec())]);
        assert_eq!(decoder.finish(), [Part::End(vec![HttpDefect::ShortChunks])]);
        assert_eq!((decoder.finish(), decoder.push(b"x")), (vec![], vec![]));
    }

    #[test]
    fn what_is_no_answer_ends_at_once() {
        let end = |defect| (None, String::new(), Some(vec![defect]), false);
        assert_eq!(read("POST", "SSH-2.0", false), end(HttpDefect::NoHttp));
        assert_eq!(read("POST", &format!("HTTP/1.1 200 {}", "a".repeat(1000)), false), end(HttpDefect::LongHead));
        assert_eq!(read("POST", "", true), end(HttpDefect::ShortHead));
    }
}
