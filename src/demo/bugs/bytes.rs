//! Crashes of a reader of lines: bytes that it does not expect.

use super::{
    Bug,
    act::Act,
    arrival::{Arrival, any, any_text},
    raw,
};

const DEEP: usize = 64;
const LONG: usize = 64 << 10;

/// A line arrives.
pub fn hear(bug: Bug, arrival: &Arrival) -> Act {
    let bytes = arrival.bytes;
    let text = std::str::from_utf8(bytes);
    match bug {
        Bug::Nul => Act::panics_if(any_text(arrival.message, &|text| text.contains('\0'))),
        Bug::DeepNesting => Act::aborts_if(raw::depth(bytes) > DEEP),
        Bug::InvalidUtf8 => Act::dies_if(text.is_err()),
        Bug::ByteOrderMark => Act::dies_if(bytes.starts_with(b"\xEF\xBB\xBF")),
        Bug::BlankLine => Act::dies_if(!bytes.is_empty() && bytes.iter().all(|byte| b" \t".contains(byte))),
        Bug::LongLine => Act::dies_if(bytes.len() > LONG),
        Bug::DuplicateKey => Act::dies_if(raw::has_key_twice(bytes)),
        Bug::LoneSurrogate => Act::panics_if(text.is_ok_and(raw::has_lone_surrogate)),
        Bug::InfiniteNumber => Act::panics_if(raw::has_infinity(bytes)),
        Bug::ProtoKey => Act::dies_if(any(arrival.message, &|key, _| key == Some("__proto__"))),
        _ => Act::Go,
    }
}
