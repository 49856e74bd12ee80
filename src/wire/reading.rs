//! One line, or one body, to messages: takes off what lies around the JSON, and tells messages from noise.

use std::borrow::Cow;

use super::defect::{Defect, note};
use super::json::{self, Ending, Found};
use super::lsp;
use super::message::{Message, classify};

/// What JSON allows around a value.
const BLANK: [char; 4] = [' ', '\t', '\r', '\n'];

/// What a line holds.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// The messages on it.
    pub messages: Vec<Message>,
    /// What is wrong with it.
    pub defects: Vec<Defect>,
    /// Whether it is the beginning of an array or object that may go on in the next line.
    pub unfinished: bool,
}

impl Reading {
    /// Whether it is beyond doubt no part of a longer message.
    pub fn stands_alone(&self) -> bool {
        self.defects.contains(&Defect::ContentLengthHeader)
            || self.messages.iter().any(|message| message.is_valid() && message.value.get("jsonrpc").is_some())
    }

    fn noise(mut defects: Vec<Defect>, defect: Defect) -> Self {
        note(&mut defects, defect);
        Self { defects, ..Self::default() }
    }
}

/// Read one line without its LF.
pub(super) fn read(line: &[u8]) -> Reading {
    let mut defects = Vec::new();
    let line = unwrap(line, &mut defects);
    let text = text(&line, &mut defects);
    let trimmed = text.trim_matches(BLANK);
    if trimmed.is_empty() {
        return Reading::noise(defects, Defect::BlankLine);
    }
    if lsp::is_header(trimmed.as_bytes()) {
        return Reading::noise(defects, Defect::ContentLengthHeader);
    }
    let mut reading = sort(json::read(trimmed), defects);
    if trimmed.len() < text.len() && !reading.messages.is_empty() {
        note(&mut reading.defects, Defect::SurroundingSpace);
    }
    reading
}

/// Read what came as a whole: a body, or the data of an event. Space and newlines are no fault there.
pub fn read_body(bytes: &[u8]) -> (Vec<Message>, Vec<Defect>) {
    let mut defects = Vec::new();
    let bytes = unmark(bytes, &mut defects);
    let text = text(&bytes, &mut defects);
    let trimmed = text.trim_matches(BLANK);
    if trimmed.is_empty() {
        note(&mut defects, Defect::BlankLine);
        return (Vec::new(), defects);
    }
    let reading = sort(json::read(trimmed), defects);
    (reading.messages, reading.defects)
}

/// As text, whatever it is.
fn text<'a>(bytes: &'a [u8], defects: &mut Vec<Defect>) -> Cow<'a, str> {
    let text = String::from_utf8_lossy(bytes);
    if matches!(text, Cow::Owned(_)) {
        defects.push(Defect::InvalidUtf8);
    }
    text
}

/// Take off what belongs to the line and not to the message.
fn unwrap<'a>(line: &'a [u8], defects: &mut Vec<Defect>) -> Cow<'a, [u8]> {
    let mut line = line;
    if let Some(without) = line.strip_suffix(b"\r") {
        defects.push(Defect::Crlf);
        line = without;
    }
    unmark(line, defects)
}

/// Take off what some systems put into a text.
fn unmark<'a>(line: &'a [u8], defects: &mut Vec<Defect>) -> Cow<'a, [u8]> {
    let mut line = line;
    if let Some(without) = line.strip_prefix(b"\xef\xbb\xbf") {
        defects.push(Defect::Bom);
        line = without;
    }
    if line.contains(&0) {
        defects.push(Defect::Nul);
        return line.iter().copied().filter(|byte| *byte != 0).collect();
    }
    Cow::Borrowed(line)
}

/// One value alone is a message, good or bad. Beside other things only what JSON-RPC knows counts as one.
fn sort(found: Found, mut defects: Vec<Defect>) -> Reading {
    if found.defects.contains(&Defect::TooManyValues) {
        return Reading::noise(defects, Defect::TooManyValues);
    }
    let unfinished = found.ending == Ending::Unfinished && found.values.is_empty();
    let alone = found.values.len() == 1 && found.ending == Ending::Clean;
    let values = found.values.len();
    let mut messages: Vec<_> = found.values.into_iter().map(classify).collect();
    if !alone {
        messages.retain(Message::is_valid);
    }
    if messages.is_empty() {
        return Reading { unfinished, ..Reading::noise(defects, Defect::NotJson) };
    }
    for defect in found.defects {
        note(&mut defects, defect);
    }
    for (seen, defect) in [
        (messages.len() > 1, Defect::SeveralMessages),
        (messages.len() < values || found.ending != Ending::Clean, Defect::TrailingText),
        (!messages.iter().any(Message::is_valid), Defect::NotAMessage),
    ] {
        if seen {
            note(&mut defects, defect);
        }
    }
    Reading { messages, defects, unfinished: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PING: &str = r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;

    fn seen(line: &str) -> (usize, Vec<Defect>) {
        let reading = read(line.as_bytes());
        (reading.messages.len(), reading.defects)
    }

    #[test]
    fn each_defect_around_a_message() {
        assert_eq!(seen(PING), (1, vec![]));
        for (line, messages, defect) in [
            (format!("{PING}\r"), 1, Defect::Crlf),
            (format!("\u{feff}{PING}"), 1, Defect::Bom),
            (format!("{PING}\0"), 1, Defect::Nul),
            (format!(" {PING}"), 1, Defect::SurroundingSpace),
            (format!("{PING}{PING}"), 2, Defect::SeveralMessages),
            (format!("{PING} done"), 1, Defect::TrailingText),
            (format!("{PING} {{}}"), 1, Defect::TrailingText),
            (format!("{PING}{{\"a\":"), 1, Defect::TrailingText),
            (" \t".to_owned(), 0, Defect::BlankLine),
            ("Content-Length: 40".to_owned(), 0, Defect::ContentLengthHeader),
            (format!("log: {PING}"), 0, Defect::NotJson),
            ("[12:00] up".to_owned(), 0, Defect::NotJson),
            ("[1] Loading".to_owned(), 0, Defect::NotJson),
            ("1 2 3".to_owned(), 0, Defect::NotJson),
            ("{\"level\":\"info\"}".to_owned(), 1, Defect::NotAMessage),
            ("\"up\"".to_owned(), 1, Defect::NotAMessage),
        ] {
            assert_eq!(seen(&line), (messages, vec![defect]), "{line}");
        }
    }

    #[test]
    fn bytes_that_are_not_utf8_leave_a_message() {
        let reading = read(b"{\"jsonrpc\":\"2.0\",\"method\":\"\xff\xfe\"}");
        assert_eq!(reading.defects, [Defect::InvalidUtf8]);
        assert_eq!(reading.messages[0].value["method"], "\u{fffd}\u{fffd}");
    }

    #[test]
    fn a_body_may_have_space_and_newlines() {
        let body = |text: &str| {
            let (messages, defects) = read_body(text.as_bytes());
            (messages.iter().filter(|message| message.is_valid()).count(), defects)
        };
        assert_eq!(body(&format!("\r\n {PING}\r\n")), (1, vec![]));
        assert_eq!(body("{\n  \"method\": \"a\"\r\n}\r"), (1, vec![]));
        assert_eq!(body(&format!("[{PING},\n{PING}]")), (1, vec![]));
        for (text, messages, defect) in [
            (format!("\u{feff}{PING}"), 1, Defect::Bom),
            (format!("{PING}\0"), 1, Defect::Nul),
            (format!("{PING}\n{PING}"), 2, Defect::SeveralMessages),
            (format!("{PING}\nok"), 1, Defect::TrailingText),
            (" \n".to_owned(), 0, Defect::BlankLine),
            ("<html>".to_owned(), 0, Defect::NotJson),
            ("{\"jsonrpc\":".to_owned(), 0, Defect::NotJson),
            ("Content-Length: 40".to_owned(), 0, Defect::NotJson),
            ("[]".to_owned(), 0, Defect::NotAMessage),
        ] {
            assert_eq!(body(&text), (messages, vec![defect]), "{text}");
        }
        assert_eq!(read_body(b"{\"method\":\"\xff\"}").1, [Defect::InvalidUtf8]);
    }

    #[test]
    fn only_an_opened_bracket_can_go_on() {
        for (line, unfinished) in
            [("{", true), ("[{\"a\":", true), ("{\"a\":\"b", true), ("{ up", false), ("up {", false), ("{}", false)]
        {
            assert_eq!(read(line.as_bytes()).unfinished, unfinished, "{line}");
        }
    }
}
