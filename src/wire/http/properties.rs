//! What holds for all answers, and for all bytes that may be one.

use proptest::prelude::*;

use super::{HttpDefect, Part, ResponseDecoder, challenges};
use crate::wire::properties::{cut, cuts};

/// Small, so that generated heads go beyond it.
const LIMIT: usize = 300;

/// Bytes behind the end are seen only where they come together with it.
const OF_THE_CUT: &[HttpDefect] = &[HttpDefect::BytesBehind, HttpDefect::BodyForbidden];

/// The parts, those of the body joined, and whether the answer is whole and the connection lives.
fn decode(method: &str, chunks: &[&[u8]]) -> (Vec<Part>, bool, bool) {
    let mut decoder = ResponseDecoder::new(method, LIMIT);
    let mut parts = Vec::new();
    for chunk in chunks {
        parts.extend(decoder.push(chunk));
        // A byte of a name that is no UTF-8 becomes three; the lines of chunks have a limit of their own.
        assert!(decoder.buffered() <= 3 * LIMIT + 16 * 1024);
    }
    let is_reusable = decoder.is_reusable();
    parts.extend(decoder.finish());
    assert!(decoder.is_over() && decoder.finish().is_empty() && decoder.push(b"x").is_empty());
    assert_eq!(parts.iter().filter(|part| matches!(part, Part::End(_))).count(), 1);
    assert!(matches!(parts.last(), Some(Part::End(_))));
    (join(parts), decoder.is_whole(), is_reusable)
}

fn join(parts: Vec<Part>) -> Vec<Part> {
    let mut joined = Vec::new();
    for part in parts {
        match (joined.last_mut(), part) {
            (Some(Part::Body(body)), Part::Body(more)) => body.extend(more),
            (_, Part::End(mut defects)) => {
                defects.retain(|defect| !OF_THE_CUT.contains(defect));
                joined.push(Part::End(defects));
            }
            (_, part) => joined.push(part),
        }
    }
    joined
}

/// Bytes that look enough like an answer to reach every branch.
fn answers() -> impl Strategy<Value = Vec<u8>> {
    let bytes = |texts: Vec<&'static str>| prop::sample::select(texts).prop_map(|text| text.as_bytes().to_vec());
    let status = bytes(vec![
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.0 202 Accepted\n",
        "HTTP/1.1 204 \r\n",
        "HTTP/2 200\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200\r\n",
        "HTTP/1.1 x\r\n",
        "HTTP",
        "",
    ]);
    let header = prop_oneof![
        6 => bytes(vec![
            "Content-Length: 3\r\n", "content-length: 12\n", "Content-Length: 3, 4\r\n", "Content-Length: x\r\n",
            "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip, chunked\r\n", "Connection: close\r\n",
            "Connection: keep-alive\r\n", "Content-Encoding: gzip\r\n", " folded\r\n", "no colon\r\n", "A: \u{1b}\r\n",
        ]),
        1 => prop::collection::vec(any::<u8>(), 0..20),
    ];
    let piece = prop_oneof![
        6 => bytes(vec![
            "3\r\nabc\r\n", "3\r\n", "a;x\r\n0123456789\r\n", "0\r\n", "0\r\nA: 1\r\n\r\n", "\r\n", "\n", "\r", "abc", "ff\r\n",
        ]),
        1 => prop::collection::vec(any::<u8>(), 0..20),
    ];
    let end = bytes(vec!["\r\n", "\r\n", "\n", ""]);
    let parts = (status, prop::collection::vec(header, 0..6), end, prop::collection::vec(piece, 0..10));
    parts.prop_map(|(status, headers, end, pieces)| [status, headers.concat(), end, pieces.concat()].concat())
}

/// A body, how long its chunks are, and how its end is known.
fn written(body: &[u8], sizes: &[usize], framing: u8) -> Vec<u8> {
    let mut text = b"HTTP/1.1 200 OK\r\n".to_vec();
    match framing {
        0 => text.extend(format!("Content-Length: {}\r\n\r\n", body.len()).bytes().chain(body.iter().copied())),
        1 => text.extend(b"\r\n".iter().chain(body)),
        _ => {
            text.extend(b"Transfer-Encoding: chunked\r\n\r\n");
            for chunk in cut(body, sizes) {
                text.extend(format!("{:x}\r\n", chunk.len()).bytes().chain(chunk.iter().copied()).chain(*b"\r\n"));
            }
            text.extend(b"0\r\n\r\n");
        }
    }
    text
}

proptest! {
    #[test]
    fn cuts_change_nothing(answer in answers(), cuts in cuts(), is_head in any::<bool>()) {
        let method = if is_head { "HEAD" } else { "POST" };
        prop_assert_eq!(decode(method, &cut(&answer, &cuts)), decode(method, &[&answer]));
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200), cuts in cuts()) {
        prop_assert_eq!(decode("GET", &cut(&bytes, &cuts)), decode("GET", &[&bytes]));
    }

    #[test]
    fn what_is_written_is_read(
        body in prop::collection::vec(any::<u8>(), 0..200), sizes in cuts(), framing in 0..3_u8, cuts in cuts(),
    ) {
        let text = written(&body, &sizes, framing);
        let (parts, is_whole, is_reusable) = decode("POST", &cut(&text, &cuts));
        prop_assert_eq!((is_whole, is_reusable), (true, framing != 1));
        prop_assert_eq!(parts.last(), Some(&Part::End(vec![])));
        let read: Vec<u8> = parts.into_iter().flat_map(|part| match part {
            Part::Body(bytes) => bytes,
            _ => Vec::new(),
        }).collect();
        prop_assert_eq!(read, body);
    }

    #[test]
    fn challenges_of_any_text(text in any::<String>(), like in "([bB]earer|[ ,=\"\\\\a\\t]){0,40}") {
        for text in [text, like] {
            for challenge in challenges(&text) {
                prop_assert!(!challenge.scheme.is_empty());
                prop_assert!(challenge.parameters.iter().all(|(name, value)| name.len() + value.len() <= text.len() + 7));
            }
        }
    }
}
