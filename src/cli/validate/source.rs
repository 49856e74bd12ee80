//! A file, or standard input, as numbered lines. Holds its beginning, and after that one line at a time.

use std::{
    fs::File,
    io::{Cursor, Read},
    path::{Path, PathBuf},
};

use crate::{
    cli::problem::Problem,
    session::Limits,
    wire::{Defect, Line, LineDecoder, classify, json},
};

/// How much is read at once.
const CHUNK: usize = 64 * 1024;

/// Something to read.
pub(super) struct Source {
    path: PathBuf,
    /// Its beginning; all of it, if it is short.
    head: Vec<u8>,
    rest: Box<dyn Read>,
}

impl Source {
    /// Open a file; `-` is standard input.
    pub(super) fn open(path: &Path) -> Result<Self, Problem> {
        let cannot = |error: std::io::Error| Problem::file(path, "read", &error);
        let mut rest: Box<dyn Read> = match path.to_str() {
            Some("-") => Box::new(std::io::stdin()),
            _ => Box::new(File::open(path).map_err(cannot)?),
        };
        let mut head = Vec::new();
        (&mut rest).take(longest() as u64).read_to_end(&mut head).map_err(cannot)?;
        Ok(Self { path: path.to_owned(), head, rest })
    }

    /// Look at the lines of the beginning, until one tells what is wanted.
    pub(super) fn peek<T>(&self, mut look: impl FnMut(Line) -> Option<T>) -> Option<T> {
        if let Some((_, line)) = self.document() {
            return look(line);
        }
        let mut decoder = LineDecoder::new(longest());
        for chunk in self.head.chunks(CHUNK) {
            if let Some(found) = decoder.push(chunk).into_iter().find_map(&mut look) {
                return Some(found);
            }
        }
        decoder.finish().into_iter().find_map(look)
    }

    /// Hand over every line with its number.
    pub(super) fn read(self, mut take: impl FnMut(u64, Line)) -> Result<(), Problem> {
        if let Some((number, line)) = self.document() {
            take(number, line);
            return Ok(());
        }
        let mut number = 1;
        let mut numbered = |line: Line| {
            let breaks = line.bytes.split(|byte| *byte == b'\n').count() - usize::from(!line.ended);
            take(number, line);
            number += breaks as u64;
        };
        let mut decoder = LineDecoder::new(longest());
        let mut bytes = Cursor::new(self.head).chain(self.rest);
        let mut chunk = vec![0; CHUNK];
        loop {
            match bytes.read(&mut chunk) {
                Ok(0) => break,
                Ok(length) => decoder.push(chunk.get(..length).unwrap_or(&chunk)).into_iter().for_each(&mut numbered),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Problem::file(&self.path, "read", &error)),
            }
        }
        decoder.finish().into_iter().for_each(numbered);
        Ok(())
    }

    /// A file that is one message over several lines, or one list of them, with the number of its first line.
    fn document(&self) -> Option<(u64, Line)> {
        let start = self.head.iter().position(|byte| !byte.is_ascii_whitespace())?;
        let text = self.head.get(start..)?;
        let first = text.split(|byte| *byte == b'\n').next()?;
        let is_whole = self.head.len() < longest() && first.len() < text.len();
        if !is_whole || !matches!(text.first(), Some(b'{' | b'[')) || json::decode(first).0.is_some() {
            return None;
        }
        let (value, defects) = json::decode(text);
        let message = value.filter(|_| !defects.contains(&Defect::TrailingText)).map(classify)?;
        let number = self.head.get(..start)?.split(|byte| *byte == b'\n').count() as u64;
        let (bytes, length) = (Vec::new(), text.len() as u64);
        Some((number, Line { bytes, length, offset: start as u64, ended: true, messages: vec![message], defects }))
    }
}

/// How long a line may be: as long as one of a server.
pub(super) fn longest() -> usize {
    Limits::default().line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<(u64, usize)> {
        let source = Source { path: PathBuf::new(), head: text.as_bytes().to_vec(), rest: Box::new(std::io::empty()) };
        let mut found = Vec::new();
        let read = source.read(|number, line| found.push((number, line.messages.len())));
        assert!(read.is_ok());
        found
    }

    #[test]
    fn lines_are_numbered_as_an_editor_does() {
        let ping = r#"{"jsonrpc":"2.0","method":"ping"}"#;
        assert_eq!(numbers(&format!("{ping}\n\n{ping}\nx")), [(1, 1), (2, 0), (3, 1), (4, 0)]);
        assert_eq!(numbers(&format!("{ping}\n{{\n\"method\": \"ping\"\n}}\n{ping}\n")), [(1, 1), (2, 1), (5, 1)]);
    }

    #[test]
    fn one_message_may_fill_the_file() {
        assert_eq!(numbers("\n\n{\n \"jsonrpc\": \"2.0\",\n \"method\": \"ping\"\n}\n\n"), [(3, 1)]);
        assert_eq!(
            numbers("[\n{\"jsonrpc\":\"2.0\",\"method\":\"a\"},\n{\"jsonrpc\":\"2.0\",\"method\":\"b\"}\n]"),
            [(1, 1)]
        );
        let long: String = (0..30_000).map(|number| format!("\"{number}\":\n1,")).collect();
        assert_eq!(numbers(&format!("{{\n{long}\"method\":\"a\"}}")), [(1, 1)]);
    }
}
