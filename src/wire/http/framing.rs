//! Where the body of an answer ends, and whether the connection lives on behind it, as its head says.

use super::{Head, HttpDefect};
use crate::wire::defect::note;

/// How the end of a body is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Framing {
    /// There is no body.
    Nothing,
    /// It has so many bytes.
    Length(u64),
    /// It comes in chunks that say their size.
    Chunked,
    /// It goes on to the end of the connection.
    ToTheEnd,
}

impl Framing {
    /// Of the answer to a request with this method.
    pub fn of(method: &str, head: &Head, defects: &mut Vec<HttpDefect>) -> Self {
        let has_coding = head.headers.get("content-encoding").is_some_and(|coding| !is(&coding, "identity"));
        if has_coding {
            note(defects, HttpDefect::ContentCoding);
        }
        let mut codings = head.headers.all("transfer-encoding").peekable();
        let length = length(head, defects);
        if method == "HEAD" || matches!(head.status, 101 | 204 | 304) {
            let is_announced = codings.peek().is_some() || length.is_some_and(|length| length > 0);
            if head.status == 204 && is_announced {
                note(defects, HttpDefect::BodyForbidden);
            }
            return Self::Nothing;
        }
        if codings.peek().is_none() {
            return length.map_or(Self::ToTheEnd, Self::Length);
        }
        if head.headers.get("content-length").is_some() {
            note(defects, HttpDefect::LengthBesideCoding);
        }
        chunked(&codings.collect::<Vec<_>>().join(","), defects)
    }
}

/// Whether the server keeps the connection: HTTP/1.1 unless it says no, HTTP/1.0 if it says so.
pub(super) fn keeps_connection(head: &Head) -> bool {
    let says = |word: &str| head.headers.all("connection").any(|value| value.split(',').any(|item| is(item, word)));
    match head.version.as_str() {
        "HTTP/1.1" => !says("close"),
        "HTTP/1.0" => says("keep-alive") && !says("close"),
        _ => false,
    }
}

fn is(word: &str, expected: &str) -> bool {
    word.trim().eq_ignore_ascii_case(expected)
}

/// The first length; nothing when there is none that can be read.
fn length(head: &Head, defects: &mut Vec<HttpDefect>) -> Option<u64> {
    let mut first = None;
    for value in head.headers.all("content-length") {
        for word in value.split(',').map(str::trim) {
            let is_number = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
            match word.parse::<u64>().ok().filter(|_| is_number) {
                None => note(defects, HttpDefect::BadLength),
                Some(length) if first.is_some_and(|first| first != length) => note(defects, HttpDefect::TwoLengths),
                Some(length) => first = Some(length),
            }
        }
    }
    first
}

/// Chunked comes last and alone, for nothing else was offered.
fn chunked(codings: &str, defects: &mut Vec<HttpDefect>) -> Framing {
    let codings: Vec<_> = codings.split(',').map(str::trim).filter(|coding| !coding.is_empty()).collect();
    let is_chunked = codings.last().is_some_and(|last| is(last, "chunked"));
    if !is_chunked || codings.len() > 1 {
        note(defects, HttpDefect::UnknownCoding);
    }
    if is_chunked { Framing::Chunked } else { Framing::ToTheEnd }
}

#[cfg(test)]
mod tests {
    use super::*;
    use HttpDefect::{BadLength, BodyForbidden, ContentCoding, LengthBesideCoding, TwoLengths, UnknownCoding};

    fn head(status: u16, version: &str, headers: &[(&str, &str)]) -> Head {
        let mut head = Head { status, version: version.into(), ..Head::default() };
        for (name, value) in headers {
            head.headers.push(*name, *value);
        }
        head
    }

    fn framing(method: &str, status: u16, headers: &[(&str, &str)]) -> (Framing, Vec<HttpDefect>) {
        let mut defects = Vec::new();
        let framing = Framing::of(method, &head(status, "HTTP/1.1", headers), &mut defects);
        (framing, defects)
    }

    #[test]
    fn lengths() {
        const NAME: &str = "content-length";
        for (values, expected, defects) in [
            (vec![], Framing::ToTheEnd, vec![]),
            (vec!["5"], Framing::Length(5), vec![]),
            (vec!["5", "5"], Framing::Length(5), vec![]),
            (vec!["5, 5"], Framing::Length(5), vec![]),
            (vec!["5", "6"], Framing::Length(5), vec![TwoLengths]),
            (vec!["5,6"], Framing::Length(5), vec![TwoLengths]),
            (vec!["+5"], Framing::ToTheEnd, vec![BadLength]),
            (vec![""], Framing::ToTheEnd, vec![BadLength]),
            (vec!["x", "7"], Framing::Length(7), vec![BadLength]),
            (vec!["99999999999999999999"], Framing::ToTheEnd, vec![BadLength]),
        ] {
            let headers: Vec<_> = values.iter().map(|value| (NAME, *value)).collect();
            assert_eq!(framing("POST", 200, &headers), (expected, defects), "{values:?}");
        }
    }

    #[test]
    fn codings() {
        for (values, expected, defects) in [
            (vec!["Chunked"], Framing::Chunked, vec![]),
            (vec!["gzip, chunked"], Framing::Chunked, vec![UnknownCoding]),
            (vec!["gzip", "chunked"], Framing::Chunked, vec![UnknownCoding]),
            (vec!["identity"], Framing::ToTheEnd, vec![UnknownCoding]),
            (vec![""], Framing::ToTheEnd, vec![UnknownCoding]),
        ] {
            let headers: Vec<_> = values.iter().map(|value| ("Transfer-Encoding", *value)).collect();
            assert_eq!(framing("POST", 200, &headers), (expected, defects), "{values:?}");
        }
        let both = [("content-length", "5"), ("transfer-encoding", "chunked")];
        assert_eq!(framing("POST", 200, &both), (Framing::Chunked, vec![LengthBesideCoding]));
        let zipped = [("content-length", "5"), ("content-encoding", "gzip")];
        assert_eq!(framing("POST", 200, &zipped), (Framing::Length(5), vec![ContentCoding]));
        assert_eq!(framing("POST", 200, &[("content-encoding", "identity")]).1, []);
    }

    #[test]
    fn answers_without_a_body() {
        let length = [("content-length", "5")];
        for (method, status, headers, defects) in [
            ("HEAD", 200, &length[..], vec![]),
            ("GET", 304, &length, vec![]),
            ("POST", 204, &[], vec![]),
            ("POST", 204, &[("content-length", "0")], vec![]),
            ("POST", 204, &length, vec![BodyForbidden]),
            ("POST", 204, &[("transfer-encoding", "chunked")], vec![BodyForbidden]),
        ] {
            assert_eq!(framing(method, status, headers), (Framing::Nothing, defects), "{method} {status}");
        }
        assert_eq!(framing("head", 200, &length).0, Framing::Length(5));
    }

    #[test]
    fn connections() {
        for (version, values, expected) in [
            ("HTTP/1.1", vec![], true),
            ("HTTP/1.1", vec!["Upgrade, Close"], false),
            ("HTTP/1.1", vec!["keep-alive", "close"], false),
            ("HTTP/1.0", vec![], false),
            ("HTTP/1.0", vec!["Keep-Alive"], true),
            ("HTTP/2", vec!["keep-alive"], false),
        ] {
            let headers: Vec<_> = values.iter().map(|value| ("Connection", *value)).collect();
            assert_eq!(keeps_connection(&head(200, version, &headers)), expected, "{version} {values:?}");
        }
    }
}
