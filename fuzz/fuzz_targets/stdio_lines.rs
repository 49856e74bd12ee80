//! Any bytes, cut into any chunks: the same lines, and no byte lost.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mcp_litmus::wire::{Line, LineDecoder};
use mcp_litmus_fuzz::cut;

/// Small, so that short inputs go beyond it.
const LIMIT: usize = 64;

fn decode(chunks: &[&[u8]], limit: usize) -> Vec<Line> {
    let mut decoder = LineDecoder::new(limit);
    let mut lines = Vec::new();
    for chunk in chunks {
        lines.extend(decoder.push(chunk));
        assert!(decoder.buffered() <= limit.saturating_mul(2));
    }
    lines.extend(decoder.finish());
    lines
}

fuzz_target!(|input: (&[u8], &[u8])| {
    let (lengths, stream) = input;
    let whole = decode(&[stream], LIMIT);
    assert_eq!(decode(&cut(lengths, stream), LIMIT), whole);

    let counted: u64 = whole.iter().map(|line| line.length + u64::from(line.ended)).sum();
    assert_eq!(counted, stream.len() as u64);

    let mut rebuilt = Vec::new();
    for line in decode(&[stream], usize::MAX) {
        assert_eq!(line.offset, rebuilt.len() as u64);
        rebuilt.extend(line.bytes);
        rebuilt.extend(line.ended.then_some(b'\n'));
    }
    assert_eq!(rebuilt, stream);
});
