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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_said_shortly() {
        assert_eq!(span(Duration::from_secs(10)), "10 s");
        assert_eq!(span(Duration::from_millis(1250)), "1250 ms");
    }

    #[test]
    fn errors_are_said_without_numbers() {
        assert_eq!(in_words(&Error::from(ErrorKind::ConnectionRefused)), "connection refused");
        assert_eq!(in_words(&Error::other("something else")), "something else");
    }
}
