//! Ids that no client should send, and some that are merely unusual.

use fastrand::Rng;

use super::pick::{pick, seldom};

/// Ids as they stand in JSON.
const IDS: &[&str] = &[
    "null",
    "1.5",
    "1.0",
    "-1",
    "0",
    "-0",
    "9007199254740991",
    "9007199254740992",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "18446744073709551616",
    "1e400",
    "-1e400",
    "1e2",
    "\"\"",
    "\" \"",
    "\"1\"",
    "\"0\"",
    "\"-1\"",
    "\"null\"",
    "\"1e3\"",
    "\"NaN\"",
    "{}",
    "{\"id\":1}",
    "{\"toString\":null}",
    "[]",
    "[1]",
    "[[]]",
    "true",
    "false",
    "\"\\u0000\"",
    "\"\\ud83d\"",
    "\"\\n\"",
    "\"__proto__\"",
    "\"constructor\"",
    "\"\\ud83d\\ude00\"",
    "\"../../x\"",
    "\"%s%n\"",
    "NaN",
    "01",
];

/// An id, as it would stand in JSON.
pub fn id(rng: &mut Rng) -> String {
    if seldom(rng, 12) {
        let length = *rng.choice(&[100, 1000, 4096, 65_536]).unwrap_or(&100);
        return format!("\"{}\"", "i".repeat(length));
    }
    pick(rng, IDS).to_owned()
}
