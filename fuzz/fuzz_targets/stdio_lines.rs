//! Any bytes, cut into any chunks: the same lines, and no byte lost.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mcp_litmus::wire::{Line, LineDecoder};

/// Small, so that short inputs go beyond it.
const LIMIT: usize = 256;

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

/// The first bytes say how long the chunks are, over and over.
fn cut<'a>(lengths: &[u8], stream: &'a [u8]) -> Vec<&'a [u8]> {
    let mut chunks = Vec::new();
    let mut rest = stream;
    for length in lengths.iter().cycle().map(|length| usize::from(*length) + 1) {
        if rest.is_empty() {
            break;
        }
        let (chunk, behind) = rest.split_at(length.min(rest.len()));
        chunks.push(chunk);
        rest = behind;
    }
    chunks
}

fuzz_target!(|input: (&[u8], &[u8])| {
    let (lengths, stream) = input;
    let lengths = if lengths.is_empty() { &[0] } else { lengths };
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
