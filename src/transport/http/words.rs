//! What the system says about connections, in words for a person.

use std::io::{Error, ErrorKind};
use std::time::Duration;

/// An error of a socket.
pub(super) fn in_words(error: &Error) -> String {
    match error.kind() {
        ErrorKind::ConnectionRefused => "connection refused".into(),
        ErrorKind::ConnectionReset => "the server reset the connection".into(),
        ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe => "the connection broke".into(),
        ErrorKind::TimedOut => "no connection in time".into(),
        ErrorKind::HostUnreachable => "the host cannot be reached".into(),
        ErrorKind::NetworkUnreachable => "the network cannot be reached".into(),
        _ => error.to_string(),
    }
}

/// A limit of time: `10 s`, `250 ms`.
pub(super) fn span(limit: Duration) -> String {
    if limit.subsec_millis() == 0 { format!("{} s", limit.as_secs()) } else { format!("{} ms", limit.as_millis()) }
}

/// A limit of size: `64 MB`, `100 bytes`.
pub(super) fn size(limit: u64) -> String {
    if limit >= 1 << 20 { format!("{} MB", limit >> 20) } else { format!("{limit} bytes") }
}

/// What bytes begin with, if that is text; else nothing.
pub(super) fn begins(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes.split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default());
    let is_text =
        !text.trim().is_empty() && !text.contains(|c: char| c.is_control() || c == char::REPLACEMENT_CHARACTER);
    if is_text { format!(": it begins with `{}`", text.trim()) } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_said_shortly() {
        assert_eq!(span(Duration::from_secs(10)), "10 s");
        assert_eq!(span(Duration::from_millis(1250)), "1250 ms");
    }

    #[test]
    fn sizes_are_said_shortly() {
        assert_eq!((size(100_000), size(64 << 20)), ("100000 bytes".to_owned(), "64 MB".to_owned()));
    }

    #[test]
    fn only_text_is_shown() {
        assert_eq!(begins(b"SSH-2.0-x\r\nmore"), ": it begins with `SSH-2.0-x`");
        assert_eq!([begins(b"\x15\x03\x01"), begins(b"\xff\xfe"), begins(b"\r\n")], ["", "", ""]);
    }

    #[test]
    fn errors_are_said_without_numbers() {
        assert_eq!(in_words(&Error::from(ErrorKind::ConnectionRefused)), "connection refused");
        assert_eq!(in_words(&Error::other("something else")), "something else");
    }
}
