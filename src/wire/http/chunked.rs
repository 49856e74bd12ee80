//! A body in chunks that say their size. Gives the bytes of a chunk as they come, not when it is complete. Extensions
//! and trailers are read over.

use super::HttpDefect;
use super::line::{Lines, Taken};
use crate::wire::defect::note;

/// Of a line with a size and its extensions, and of all trailers together.
const LONGEST: usize = 16 * 1024;

/// Where in the chunks reading is.
#[derive(Debug)]
pub(super) enum Chunks {
    /// In the line with the size of the next one.
    Size(Lines),
    /// In one, with so many bytes to come.
    Data(u64),
    /// In the line end behind one; whether its CR has come.
    Behind(bool),
    /// Behind the last one.
    Trailers(Lines),
}

/// What reading came to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ChunkRead {
    /// More bytes are needed.
    More,
    /// The body is complete.
    Complete,
    /// No more can be read, and why.
    Broken(HttpDefect),
}

impl Chunks {
    /// Before the first one.
    pub const fn new() -> Self {
        Self::Size(Lines::new(LONGEST))
    }

    /// How many bytes are held.
    pub fn buffered(&self) -> usize {
        match self {
            Self::Size(lines) | Self::Trailers(lines) => lines.buffered(),
            Self::Data(_) | Self::Behind(_) => 0,
        }
    }

    /// Read on; what belongs to the body is put behind it.
    pub fn read(&mut self, bytes: &mut &[u8], body: &mut Vec<u8>, defects: &mut Vec<HttpDefect>) -> ChunkRead {
        while !bytes.is_empty() {
            let broken = match self {
                Self::Size(lines) => match lines.take(bytes, defects) {
                    Taken::Line(line) => self.begin(&line),
                    Taken::More => None,
                    Taken::TooLong => Some(HttpDefect::ChunkSize),
                },
                Self::Data(left) => {
                    body.extend_from_slice(split_off(bytes, left));
                    if *left == 0 {
                        *self = Self::Behind(false);
                    }
                    None
                }
                Self::Behind(_) => self.leave(bytes, defects),
                Self::Trailers(lines) => match lines.take(bytes, defects) {
                    Taken::Line(line) if line.is_empty() => return ChunkRead::Complete,
                    Taken::Line(_) | Taken::More => None,
                    Taken::TooLong => Some(HttpDefect::LongTrailers),
                },
            };
            if let Some(defect) = broken {
                return ChunkRead::Broken(defect);
            }
        }
        ChunkRead::More
    }

    /// Go behind the line with a size.
    fn begin(&mut self, line: &[u8]) -> Option<HttpDefect> {
        *self = match size(line) {
            None => return Some(HttpDefect::ChunkSize),
            Some(0) => Self::Trailers(Lines::new(LONGEST)),
            Some(size) => Self::Data(size),
        };
        None
    }

    /// Go over one byte of the line end behind a chunk.
    fn leave(&mut self, bytes: &mut &[u8], defects: &mut Vec<HttpDefect>) -> Option<HttpDefect> {
        let had_cr = matches!(self, Self::Behind(true));
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        *self = match byte {
            b'\r' if !had_cr => Self::Behind(true),
            b'\n' => Self::new(),
            _ => return Some(HttpDefect::ChunkEnd),
        };
        if *byte == b'\n' && !had_cr {
            note(defects, HttpDefect::BareLf);
        }
        None
    }
}

/// Take off the bytes as many as are left to take, and as there are.
pub(super) fn split_off<'a>(bytes: &mut &'a [u8], left: &mut u64) -> &'a [u8] {
    let count = usize::try_from(*left).unwrap_or(usize::MAX).min(bytes.len());
    let (taken, rest) = bytes.split_at(count);
    *bytes = rest;
    *left = left.saturating_sub(count as u64);
    taken
}

/// The size on its line: hexadecimal digits, before extensions.
fn size(line: &[u8]) -> Option<u64> {
    let digits = line.split(|byte| *byte == b';').next()?.trim_ascii_end();
    let digits = std::str::from_utf8(digits).ok()?;
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    u64::from_str_radix(digits, 16).ok().filter(|_| is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (ChunkRead, String, Vec<HttpDefect>, usize) {
        let (mut body, mut defects, mut bytes) = (Vec::new(), Vec::new(), text.as_bytes());
        let read = Chunks::new().read(&mut bytes, &mut body, &mut defects);
        (read, String::from_utf8_lossy(&body).into_owned(), defects, bytes.len())
    }

    #[test]
    fn chunks_are_joined_and_what_is_behind_them_is_left() {
        let text = "3\r\nabc\r\n0A ;x=\"y\"\r\n0123456789\r\n000\r\nA: 1\r\nB\r\n\r\nHTTP";
        assert_eq!(read(text), (ChunkRead::Complete, "abc0123456789".to_owned(), vec![], 4));
        assert_eq!(read("1\na\n0\n\n"), (ChunkRead::Complete, "a".to_owned(), vec![HttpDefect::BareLf], 0));
        assert_eq!(read("1\r\na\n0\r\n\r\n").2, [HttpDefect::BareLf]);
    }

    #[test]
    fn a_chunk_is_given_before_it_is_complete() {
        assert_eq!(read("ff\r\nabc"), (ChunkRead::More, "abc".to_owned(), vec![], 0));
    }

    #[test]
    fn what_cannot_be_read_ends_it() {
        for (text, why) in [
            ("x\r\n", HttpDefect::ChunkSize),
            ("\r\n", HttpDefect::ChunkSize),
            ("-1\r\n", HttpDefect::ChunkSize),
            ("+1\r\n", HttpDefect::ChunkSize),
            (" 1\r\n", HttpDefect::ChunkSize),
            ("11111111111111111\r\n", HttpDefect::ChunkSize),
            ("1\r\nab\r\n", HttpDefect::ChunkEnd),
            ("1\r\na\r\r", HttpDefect::ChunkEnd),
        ] {
            assert_eq!(read(text).0, ChunkRead::Broken(why), "{text:?}");
        }
        let endless = "a".repeat(LONGEST);
        assert_eq!(read(&format!("1;{endless}")).0, ChunkRead::Broken(HttpDefect::ChunkSize));
        assert_eq!(read(&format!("0\r\n{endless}\r\n\r\n")).0, ChunkRead::Broken(HttpDefect::LongTrailers));
    }
}
