//! Texts that make trouble: for parsers, for normalisation, for formats, for paths, for patterns, and for whoever pastes them
//! into a command. All of them are harmless when something does interpret them: they write, delete and contact nothing.

use fastrand::Rng;

use super::{
    pick::{Raw, pick, seldom},
    texts,
};

/// JSON strings that a `String` cannot hold.
const LITERALS: &[&[u8]] = &[
    b"\"\\ud83d\"",
    b"\"\\ude00\\ud83d\"",
    b"\"cut \\ud83d\"",
    b"\"\\ud83d cut\"",
    b"\"\\ud83d\\ud83d\\ude00\"",
    b"\"\\uD800\\u0000\"",
    b"\"\xff\"",
    b"\"a\xc3\"",
    b"\"\xc0\xaf\"",
    b"\"\xed\xa0\x80\"",
    b"\"\xf4\x90\x80\x80\"",
    b"\"\xe2\x82\"",
    b"\"a\x00b\"",
    b"\"a\tb\"",
    b"\"\x1b[31m\"",
    b"\"\\x41\"",
    b"\"\\u12\"",
    b"\"\\u{1F600}\"",
    b"'single'",
    b"\"\\'\"",
];

/// A text.
pub fn text(rng: &mut Rng) -> String {
    match rng.u32(..24) {
        0 => long(rng),
        1 | 2 => pattern_bomb(rng),
        3 => flood(rng),
        4 => format!("{}{}", pick(rng, texts::UNICODE), pick(rng, texts::PLAIN)),
        5 | 6 => pick(rng, texts::UNICODE).to_owned(),
        7..=10 => pick(rng, texts::PATHS).to_owned(),
        11..=14 => pick(rng, texts::CODE).to_owned(),
        15..=17 => pick(rng, texts::DATES).to_owned(),
        _ => pick(rng, texts::PLAIN).to_owned(),
    }
}

/// A JSON string; now and then one that is none.
pub fn literal(rng: &mut Rng) -> Raw {
    if seldom(rng, 6) {
        return Raw::odd(rng.choice(LITERALS).copied().unwrap_or_default());
    }
    Raw::plain(serde_json::Value::String(text(rng)).to_string())
}

/// A text of which there is far too much.
fn long(rng: &mut Rng) -> String {
    let unit = pick(rng, &["a", "A", " ", "é", "0", "\u{1f600}", "\\", "\"", "<", "../"]);
    let bytes = *rng.choice(&[100, 255, 256, 257, 1000, 1024, 1025, 4096, 5000]).unwrap_or(&100);
    let bytes = if seldom(rng, 12) { 65_536 + rng.usize(..3) - 1 } else { bytes };
    unit.repeat(bytes / unit.len())
}

/// A text on which patterns with nested repetitions never end.
fn pattern_bomb(rng: &mut Rng) -> String {
    let length = rng.usize(24..60);
    let unit = pick(rng, &["a", "a", "a", "0", "aA", "a@", "a.", " ", "x-", "_", "\t", "a,", "1,"]);
    let end = pick(rng, &["!", "!", "\u{0}", "\n", " !", "#", "@"]);
    format!("{}{end}", unit.repeat(length))
}

/// One letter with far too many accents.
fn flood(rng: &mut Rng) -> String {
    let accent = pick(rng, &["\u{301}", "\u{308}", "\u{20dd}", "\u{489}", "\u{200d}", "\u{fe0f}", "\u{202e}"]);
    format!("e{}", accent.repeat(rng.usize(2..300)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_called_plain_is_read_by_everybody() {
        let mut rng = Rng::with_seed(7);
        for _ in 0..5000 {
            let literal = literal(&mut rng);
            let is_read = serde_json::from_slice::<serde_json::Value>(&literal.bytes).is_ok();
            assert!(is_read || !literal.is_plain, "{}", String::from_utf8_lossy(&literal.bytes));
            assert!(literal.bytes.len() < 1 << 20);
        }
    }
}
