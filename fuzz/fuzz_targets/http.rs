//! Any bytes, cut into any chunks: the same answer and the same events, one end, and no more held than allowed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mcp_litmus::wire::http::{HttpDefect, Part, ResponseDecoder, challenges};
use mcp_litmus_fuzz::cut;

/// Small, so that short inputs go beyond it.
const LIMIT: usize = 128;

/// Of a line with the size of a chunk, and of trailers.
const CHUNK_LIMIT: usize = 16 * 1024;

/// What is said of an answer; not which bytes were seen behind it, for that is up to the cuts.
#[derive(Debug, Default, PartialEq)]
struct Answer {
    head: Option<Part>,
    body: Vec<u8>,
    defects: Option<Vec<HttpDefect>>,
    is_whole: bool,
    is_reusable: bool,
}

fn answer(method: &str, chunks: &[&[u8]]) -> Answer {
    let mut decoder = ResponseDecoder::new(method, LIMIT);
    let mut parts = Vec::new();
    for chunk in chunks {
        parts.extend(decoder.push(chunk));
        assert!(decoder.buffered() <= CHUNK_LIMIT);
    }
    let is_reusable = decoder.is_reusable();
    parts.extend(decoder.finish());
    let mut answer = Answer { is_whole: decoder.is_whole(), is_reusable, ..Answer::default() };
    for part in parts {
        assert!(answer.defects.is_none());
        match part {
            Part::Head(_) => assert!(answer.head.replace(part).is_none() && answer.body.is_empty()),
            Part::Body(bytes) => {
                assert!(answer.head.is_some() && !bytes.is_empty());
                answer.body.extend(bytes);
            }
            Part::End(mut defects) => {
                defects.retain(|defect| !matches!(defect, HttpDefect::BytesBehind | HttpDefect::BodyForbidden));
                answer.defects = Some(defects);
            }
        }
    }
    assert!(answer.defects.is_some());
    answer
}

fuzz_target!(|input: (bool, &[u8], &[u8])| {
    let (is_head, lengths, stream) = input;
    let method = if is_head { "HEAD" } else { "POST" };
    let chunks = cut(lengths, stream);

    let whole = answer(method, &[stream]);
    assert_eq!(answer(method, &chunks), whole);
    if let Some(Part::Head(head)) = whole.head {
        for value in head.headers.all("www-authenticate") {
            assert!(challenges(&value).iter().all(|challenge| !challenge.scheme.is_empty()));
        }
    }
});
