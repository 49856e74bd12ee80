//! One event of a stream: the lines between two blank ones, and what a client makes of them.

use std::borrow::Cow;

use super::SseDefect;
use crate::wire::defect::note;

/// One event, or a block of comments, which has comments and nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SseEvent {
    /// The value of its last `event`; clients take none and an empty one for `message`.
    pub name: Option<String>,
    /// The values of its `data`, a line each; nothing when there is no such field.
    pub data: Option<String>,
    /// The value of its last `id`.
    pub id: Option<String>,
    /// The value of its last `retry`: digits.
    pub retry: Option<String>,
    /// How many lines are comments.
    pub comments: usize,
    /// Its lines as they came, without the blank one; cut at the limit.
    pub bytes: Vec<u8>,
    /// What is wrong with it.
    pub defects: Vec<SseDefect>,
}

impl SseEvent {
    /// Whether it has comments and nothing else.
    pub fn is_comment(&self) -> bool {
        self.comments > 0
            && [&self.name, &self.data, &self.id, &self.retry].iter().all(|field| field.is_none())
            && self.defects.is_empty()
    }

    /// Of the lines before a blank one. Half a line, at the end of the stream or at the limit, is read for what it
    /// gives and not judged.
    pub(super) fn read(bytes: Vec<u8>, is_cut: bool) -> Self {
        let mut event = Self::default();
        let (whole, half) = bytes.split_at(bytes.iter().rposition(|byte| is_line_end(*byte)).map_or(0, |end| end + 1));
        for line in whole.split(|byte| is_line_end(*byte)).filter(|line| !line.is_empty()) {
            event.line(line);
        }
        if !half.is_empty() {
            let defects = event.defects.clone();
            event.line(half);
            event.defects = defects;
        }
        if is_cut {
            note(&mut event.defects, SseDefect::TooLong);
        }
        if event.data.is_none() && (event.name.is_some() || event.id.is_some()) {
            note(&mut event.defects, SseDefect::WithoutData);
        }
        event.bytes = bytes;
        event
    }

    /// The stream ended before its blank line.
    pub(super) fn unfinished(mut self) -> Self {
        if !self.is_comment() {
            note(&mut self.defects, SseDefect::Unfinished);
        }
        self
    }

    fn line(&mut self, line: &[u8]) {
        let text = String::from_utf8_lossy(line);
        if matches!(text, Cow::Owned(_)) {
            note(&mut self.defects, SseDefect::InvalidUtf8);
        }
        let (field, value) = text.split_once(':').unwrap_or((&text, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "" => self.comments += 1,
            "event" => self.name = Some(value.to_owned()),
            "data" => match &mut self.data {
                Some(data) => data.extend(["\n", value]),
                None => self.data = Some(value.to_owned()),
            },
            "id" if value.contains('\0') => note(&mut self.defects, SseDefect::NulInId),
            "id" => self.id = Some(value.to_owned()),
            "retry" if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_digit()) => {
                note(&mut self.defects, SseDefect::BadRetry);
            }
            "retry" => self.retry = Some(value.to_owned()),
            _ => note(&mut self.defects, SseDefect::UnknownField),
        }
    }
}

const fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &str) -> SseEvent {
        SseEvent::read(lines.as_bytes().to_vec(), false)
    }

    #[test]
    fn fields_as_the_standard_has_them() {
        for (lines, data) in [
            ("data: a\n", "a"),
            ("data:  a\n", " a"),
            ("data:a:b\n", "a:b"),
            ("data\n", ""),
            ("data:\n", ""),
            ("data\ndata\n", "\n"),
            ("data: a\r\ndata\rdata:b\n", "a\n\nb"),
            ("data:a\u{2028}b\u{85}\n", "a\u{2028}b\u{85}"),
        ] {
            let event = read(lines);
            assert_eq!((event.data.as_deref(), event.defects.len()), (Some(data), 0), "{lines:?}");
        }
        let event = read("event: a\nevent\nid: 1\nid: 2\nretry: 10\ndata: x\n: c\n:\n");
        assert_eq!((event.name.as_deref(), event.id.as_deref()), (Some(""), Some("2")));
        assert_eq!((event.retry.as_deref(), event.comments, event.defects), (Some("10"), 2, vec![]));
    }

    #[test]
    fn what_clients_drop_has_a_name() {
        for (lines, defect) in [
            ("Data: a\n", SseDefect::UnknownField),
            ("data : a\n", SseDefect::UnknownField),
            (" data: a\n", SseDefect::UnknownField),
            ("{\"jsonrpc\":\"2.0\"}\n", SseDefect::UnknownField),
            ("retry: 1s\n", SseDefect::BadRetry),
            ("retry\n", SseDefect::BadRetry),
            ("id: a\0b\ndata:\n", SseDefect::NulInId),
            ("event: a\n", SseDefect::WithoutData),
            ("id: a\n", SseDefect::WithoutData),
        ] {
            let event = read(lines);
            assert_eq!(event.defects, [defect], "{lines:?}");
            assert!(!event.is_comment(), "{lines:?}");
        }
        assert_eq!(read("retry: 5\n").defects, []);
        assert_eq!(read("id: a\0b\nid: c\ndata:\n").id.as_deref(), Some("c"));
        let event = SseEvent::read(b"data: \xff\n".to_vec(), false);
        assert_eq!((event.data.as_deref(), &event.defects[..]), (Some("\u{fffd}"), &[SseDefect::InvalidUtf8][..]));
    }

    #[test]
    fn half_a_line_is_not_judged() {
        for lines in ["data: a\nda", "data: a\nretry: ", "data: a\nretry:x"] {
            assert_eq!(read(lines).unfinished().defects, [SseDefect::Unfinished], "{lines:?}");
        }
        let event = SseEvent::read("Data\ndata: \u{e9}".as_bytes()[..12].to_vec(), true);
        assert_eq!(event.defects, [SseDefect::UnknownField, SseDefect::TooLong]);
        assert_eq!(event.data.as_deref(), Some("\u{fffd}"));
    }

    #[test]
    fn comments_alone_are_no_event() {
        assert!(read(": a\n").is_comment());
        assert!(!read(": a\nretry: 1\n").is_comment());
        let event = read(": a\n").unfinished();
        assert_eq!((event.comments, event.defects), (1, vec![]));
    }
}
