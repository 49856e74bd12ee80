//! What several targets need.

pub mod catalogue;
pub mod counters;
pub mod frames;
pub mod mutator;

/// A stream in chunks; the first bytes say how long they are, over and over.
pub fn cut<'a>(lengths: &[u8], stream: &'a [u8]) -> Vec<&'a [u8]> {
    let lengths = if lengths.is_empty() { &[0] } else { lengths };
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
