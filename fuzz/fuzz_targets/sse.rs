//! Any bytes, cut into any chunks: the same events, and no more held than allowed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mcp_litmus::wire::sse::{SseDecoder, SseEvent};
use mcp_litmus_fuzz::cut;

/// Small, so that short inputs go beyond it.
const LIMIT: usize = 64;

/// What was read, and what stayed open at the end.
fn events(chunks: &[&[u8]]) -> (Vec<SseEvent>, Option<SseEvent>) {
    let mut decoder = SseDecoder::new(LIMIT);
    let mut events = Vec::new();
    for chunk in chunks {
        events.extend(decoder.push(chunk));
        assert!(decoder.buffered() <= LIMIT);
    }
    assert!(events.iter().all(|event| event.bytes.len() <= LIMIT));
    (events, decoder.finish())
}

fuzz_target!(|input: (&[u8], &[u8])| {
    let (lengths, stream) = input;
    let whole = events(&[stream]);
    assert_eq!(events(&cut(lengths, stream)), whole);

    // Nothing is made up: what events hold was in the stream.
    let held: usize = whole.0.iter().map(|event| event.bytes.len()).sum();
    assert!(held <= stream.len());
});
