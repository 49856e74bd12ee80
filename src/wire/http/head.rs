//! What stands before the body of an answer: a status line and headers. Reads what it can, and ends where nothing
//! more can be said.

use super::line::{Lines, Taken};
use super::{Headers, HttpDefect};
use crate::wire::defect::note;

/// The status line and the headers of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The status code.
    pub status: u16,
    /// What follows it on its line; often nothing.
    pub reason: String,
    /// `HTTP/1.1`
    pub version: String,
    /// The headers.
    pub headers: Headers,
}

/// What every answer begins with.
const MARK: &[u8] = b"HTTP/";

/// No server needs a tenth of it.
const MOST_HEADERS: usize = 1000;

/// Reads heads, until one is not only the announcement of another.
#[derive(Debug)]
pub(super) struct HeadReader {
    lines: Lines,
    head: Option<Head>,
}

/// What reading came to.
pub(super) enum HeadRead {
    /// More bytes are needed.
    More,
    /// The head.
    Head(Head),
    /// There is none, and why.
    Nothing(HttpDefect),
}

impl HeadReader {
    /// Of all heads together no more than so many bytes.
    pub const fn new(limit: usize) -> Self {
        Self { lines: Lines::new(limit), head: None }
    }

    /// How many bytes are held.
    pub fn buffered(&self) -> usize {
        let lines = self.head.iter().flat_map(|head| head.headers.iter());
        self.lines.buffered() + lines.map(|(name, value)| name.len() + value.len()).sum::<usize>()
    }

    /// Read on, up to the body.
    pub fn read(&mut self, bytes: &mut &[u8], defects: &mut Vec<HttpDefect>) -> HeadRead {
        while !bytes.is_empty() {
            if self.head.is_none() && !may_begin(self.lines.begun(), self.lines.within(bytes)) {
                return HeadRead::Nothing(HttpDefect::NoHttp);
            }
            let line = match self.lines.take(bytes, defects) {
                Taken::Line(line) => line,
                Taken::More => return HeadRead::More,
                Taken::TooLong => return HeadRead::Nothing(HttpDefect::LongHead),
            };
            match &mut self.head {
                None => match status_line(&line, defects) {
                    Some(head) => self.head = Some(head),
                    None => return HeadRead::Nothing(HttpDefect::StatusLine),
                },
                Some(_) if line.is_empty() => {
                    if let Some(head) = self.head.take().filter(|head| !is_announcement(head.status)) {
                        return HeadRead::Head(head);
                    }
                }
                Some(head) if head.headers.len() == MOST_HEADERS => return HeadRead::Nothing(HttpDefect::ManyHeaders),
                Some(head) => header_line(&line, &mut head.headers, defects),
            }
        }
        HeadRead::More
    }
}

/// 101 is none: what follows it is no HTTP.
fn is_announcement(status: u16) -> bool {
    (100..200).contains(&status) && status != 101
}

/// Whether an answer can begin with these bytes; a server that speaks something else may never end its line.
fn may_begin(begun: &[u8], bytes: &[u8]) -> bool {
    begun.iter().chain(bytes).zip(MARK).all(|(byte, expected)| byte == expected)
}

/// The version, the status and the reason; nothing when there is no status.
fn status_line(line: &[u8], defects: &mut Vec<HttpDefect>) -> Option<Head> {
    let line = String::from_utf8_lossy(line);
    let mut words = line.splitn(3, ' ');
    let (version, code, reason) = (words.next(), words.next(), words.next());
    let is_strict = version.is_some_and(is_version)
        && code.is_some_and(|code| matches!(code.as_bytes(), [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9']))
        && reason.is_some_and(|reason| !reason.contains(|c: char| c.is_control() && c != '\t'));
    if is_strict {
        return Some(Head {
            status: code?.parse().ok()?,
            reason: reason?.to_owned(),
            version: version?.to_owned(),
            headers: Headers::new(),
        });
    }
    let (version, rest) = line.split_once([' ', '\t'])?;
    let rest = rest.trim();
    let (code, reason) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
    let status = code.parse().ok()?;
    note(defects, HttpDefect::StatusLine);
    Some(Head { status, reason: reason.trim().to_owned(), version: version.to_owned(), headers: Headers::new() })
}

/// `HTTP/1.1`: a digit, a point and a digit.
fn is_version(word: &str) -> bool {
    matches!(word.as_bytes().strip_prefix(MARK), Some([b'0'..=b'9', b'.', b'0'..=b'9']))
}

/// One line behind the status line.
fn header_line(line: &[u8], headers: &mut Headers, defects: &mut Vec<HttpDefect>) {
    let value = line.trim_ascii();
    if value.iter().any(|byte| byte.is_ascii_control() && *byte != b'\t') {
        note(defects, HttpDefect::HeaderValue);
    }
    if line.starts_with(b" ") || line.starts_with(b"\t") {
        note(defects, HttpDefect::Folded);
        headers.fold(value);
        return;
    }
    let Some(colon) = line.iter().position(|byte| *byte == b':') else {
        note(defects, HttpDefect::NoColon);
        return;
    };
    let (name, value) = line.split_at(colon);
    if name.is_empty() || !name.iter().all(|byte| is_token(*byte)) {
        note(defects, HttpDefect::HeaderName);
    }
    headers.push(String::from_utf8_lossy(name).trim(), value.get(1..).unwrap_or_default().trim_ascii());
}

/// What names of headers, schemes and parameters are made of.
pub(super) fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The head, or why there is none, and what else is wrong.
    fn read(text: &str) -> (Result<Head, Option<HttpDefect>>, Vec<HttpDefect>) {
        let mut defects = Vec::new();
        let read = HeadReader::new(100_000).read(&mut text.as_bytes(), &mut defects);
        let head = match read {
            HeadRead::Head(head) => Ok(head),
            HeadRead::More => Err(None),
            HeadRead::Nothing(why) => Err(Some(why)),
        };
        (head, defects)
    }

    #[test]
    fn status_lines() {
        for (line, expected) in [
            ("HTTP/1.1 200 OK", Some((200, "OK", true))),
            ("HTTP/1.0 404 Not Found", Some((404, "Not Found", true))),
            ("HTTP/1.1 200 ", Some((200, "", true))),
            ("HTTP/1.1 200", Some((200, "", false))),
            ("HTTP/2 200", Some((200, "", false))),
            ("HTTP/1.1  200  OK", Some((200, "OK", false))),
            ("HTTP/1.1 200OK", Some((200, "OK", false))),
            ("HTTP/1.1 999 ?", Some((999, "?", false))),
            ("HTTP/1.1 20 OK", Some((20, "OK", false))),
            ("HTTP/ 200 O\u{7}K", Some((200, "O\u{7}K", false))),
            ("HTTP/1.1 OK", None),
            ("HTTP/1.1", None),
            ("HTTP/1.1 99999 Ok", None),
        ] {
            let (head, defects) = read(&format!("{line}\r\n\r\n"));
            match expected {
                Some((status, reason, is_strict)) => {
                    let head = head.unwrap_or_default();
                    assert_eq!((head.status, head.reason.as_str()), (status, reason), "{line}");
                    assert_eq!(defects.is_empty(), is_strict, "{line}");
                }
                None => assert_eq!(head, Err(Some(HttpDefect::StatusLine)), "{line}"),
            }
        }
    }

    #[test]
    fn what_is_no_http_is_known_at_its_first_byte() {
        for text in ["220 ready", "h", "\r\nHTTP/1.1 200 OK\r\n", "HTTQ", "\u{15}"] {
            assert_eq!(read(text).0, Err(Some(HttpDefect::NoHttp)), "{text}");
        }
        for text in ["", "H", "HTTP/", "HTTP/1.1 200 OK\r\n\r"] {
            assert_eq!(read(text).0, Err(None), "{text}");
        }
    }

    #[test]
    fn headers_and_their_defects() {
        for (lines, values, defect) in [
            ("A: 1\r\na:2 \r\n", vec!["1", "2"], None),
            ("A:\r\n", vec![""], None),
            ("A: 1\r\n\t2\r\n", vec!["1 2"], Some(HttpDefect::Folded)),
            (" 2\r\nA: 1\r\n", vec!["1"], Some(HttpDefect::Folded)),
            ("A : 1\r\n", vec!["1"], Some(HttpDefect::HeaderName)),
            (": 1\r\nA: 2\r\n", vec!["2"], Some(HttpDefect::HeaderName)),
            ("oops\r\nA: 2\r\n", vec!["2"], Some(HttpDefect::NoColon)),
            ("A: 1\u{1b}[2J\r\n", vec!["1\u{1b}[2J"], Some(HttpDefect::HeaderValue)),
            ("A: 1\n", vec!["1"], Some(HttpDefect::BareLf)),
        ] {
            let (head, defects) = read(&format!("HTTP/1.1 200 OK\r\n{lines}\r\n"));
            let head = head.unwrap_or_default();
            assert_eq!(head.headers.all("a").collect::<Vec<_>>(), values, "{lines:?}");
            assert_eq!(defects.first().copied(), defect, "{lines:?}");
        }
    }

    #[test]
    fn announcements_are_read_over() {
        let (head, defects) = read("HTTP/1.1 100 Continue\r\nA: 1\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n");
        let head = head.unwrap_or_default();
        assert_eq!((head.status, head.headers.len(), defects), (204, 0, vec![]));
        assert_eq!(read("HTTP/1.1 101 Switching Protocols\r\n\r\n").0.map(|head| head.status), Ok(101));
        assert_eq!(read("HTTP/1.1 100 Continue\r\n\r\nup").0, Err(Some(HttpDefect::NoHttp)));
    }

    #[test]
    fn neither_headers_nor_announcements_are_endless() {
        let head = format!("HTTP/1.1 200 OK\r\n{}", "A: 1\r\n".repeat(MOST_HEADERS));
        assert!(read(&format!("{head}\r\n")).0.is_ok());
        assert_eq!(read(&format!("{head}A: 1\r\n")).0, Err(Some(HttpDefect::ManyHeaders)));
        let announced = "HTTP/1.1 102 Processing\r\n\r\n".repeat(10_000);
        assert_eq!(read(&announced).0, Err(Some(HttpDefect::LongHead)));
    }

    #[test]
    fn what_is_beyond_the_limit_is_not_looked_at() {
        let read = |chunks: &[&[u8]]| {
            let (mut reader, mut defects) = (HeadReader::new(28), Vec::new());
            chunks.iter().find_map(|chunk| match reader.read(&mut &**chunk, &mut defects) {
                HeadRead::Nothing(defect) => Some(defect),
                _ => None,
            })
        };
        let announced: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";
        assert_eq!(read(&[&[announced, b"HTTX".as_slice()].concat()]), Some(HttpDefect::LongHead));
        assert_eq!(read(&[announced, b"HTT".as_slice(), b"X".as_slice()]), Some(HttpDefect::LongHead));
        assert_eq!(read(&[announced, b"HTX".as_slice()]), Some(HttpDefect::NoHttp));
    }
}
