//! Numbers at the edges: of counters, of doubles, of 32 and 64 bits, and of what JSON calls a number at all.

use fastrand::Rng;

use super::pick::{Raw, pick, seldom};

/// Edges that a limit of a server may have.
const SMALL: &[&str] = &[
    "0", "-1", "1", "2", "3", "7", "8", "9", "10", "11", "12", "13", "15", "16", "17", "31", "32", "33", "42", "63",
    "64", "65", "99", "100", "101", "127", "128", "129", "255", "256", "257", "365", "366", "500", "511", "512", "513",
    "999", "1000", "1001", "1023", "1024", "1025", "4095", "4096", "4097", "9999", "10000", "10001", "32767", "32768",
    "65535", "65536", "65537", "99999", "100000", "100001", "999999", "1000000", "1000001", "-2", "-10", "-100",
    "-128", "-1000", "-32768",
];

/// Edges that every parser reads, though not into every type.
const WIDE: &[&str] = &[
    "2147483647",
    "2147483648",
    "-2147483648",
    "-2147483649",
    "4294967295",
    "4294967296",
    "9007199254740991",
    "9007199254740992",
    "9007199254740993",
    "-9007199254740991",
    "-9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "-0",
    "-0.0",
    "0.1",
    "0.5",
    "1.0",
    "1.5",
    "-1.5",
    "1e2",
    "1E2",
    "0.30000000000000004",
    "1e-7",
    "1e21",
    "100.0",
    "0.0",
];

/// Edges that some parsers refuse, or read as infinite.
const ODD: &[&str] = &[
    "18446744073709551616",
    "1e308",
    "-1e308",
    "1e309",
    "1e400",
    "1e999",
    "-1e999",
    "1e-999",
    "5e-324",
    "1e-400",
    "123456789012345678901234567890",
    "0.00000000000000000000000000000000000000001",
    "1e999999999999",
];

/// What is no number in JSON.
const BROKEN: &[&str] =
    &["NaN", "Infinity", "-Infinity", "01", "+1", ".5", "1.", "0x10", "1_000", "-", "1e", "--1", "1,0", "undefined"];

/// A number, as it would stand in JSON.
pub fn number(rng: &mut Rng) -> Raw {
    match rng.u32(..20) {
        0..=5 => Raw::plain(pick(rng, SMALL)),
        6..=11 => Raw::plain(pick(rng, WIDE)),
        12..=14 => Raw::odd(pick(rng, ODD)),
        15 => Raw::odd(pick(rng, BROKEN)),
        _ => Raw::plain(integer(rng).to_string()),
    }
}

/// An integer: small, or beside a power of two or ten.
pub fn integer(rng: &mut Rng) -> i64 {
    let beside = rng.i64(-1..=1);
    let edge = match rng.u32(..4) {
        0 => (1_i64 << rng.u32(..62)) + beside,
        1 => 10_i64.pow(rng.u32(..18)) + beside,
        2 => rng.i64(-12..=300),
        _ => rng.i64(0..=20),
    };
    if seldom(rng, 6) { -edge } else { edge }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_called_plain_is_read_by_everybody() {
        for text in SMALL.iter().chain(WIDE) {
            assert!(serde_json::from_str::<f64>(text).is_ok_and(f64::is_finite), "{text}");
        }
        for text in BROKEN {
            assert!(serde_json::from_str::<serde_json::Value>(text).is_err(), "{text}");
        }
    }
}
