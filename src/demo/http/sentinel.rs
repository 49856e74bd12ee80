//! Values of headers as 2026-07-28 writes them: plain, or in base64 between two marks.

use base64::{Engine as _, engine::general_purpose::STANDARD};

/// What stands before a value in base64.
pub const BEFORE: &str = "=?base64?";
/// What stands behind it.
pub const BEHIND: &str = "?=";

/// The text that the value of a header stands for; `None` if it stands for none.
pub fn decode(value: &[u8]) -> Option<String> {
    let is_plain = value.iter().all(|byte| matches!(byte, b'\t' | b' '..=b'~'));
    let text = std::str::from_utf8(value).ok().filter(|_| is_plain)?;
    match text.strip_prefix(BEFORE).and_then(|rest| rest.strip_suffix(BEHIND)) {
        Some(encoded) => String::from_utf8(STANDARD.decode(encoded).ok()?).ok(),
        None => Some(text.to_owned()),
    }
}

/// A text between the marks.
pub fn encode(text: &str) -> String {
    format!("{BEFORE}{}{BEHIND}", STANDARD.encode(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marks_are_taken_off_once() {
        for (value, text) in [
            ("echo", Some("echo")),
            ("", Some("")),
            ("=?base64?w7w=?=", Some("ü")),
            ("=?base64??=", Some("")),
            ("=?BASE64?w7w=?=", Some("=?BASE64?w7w=?=")),
            ("=?base64?w7w?=", None),
            ("=?base64?/w==?=", None),
            ("=?base64?=", Some("=?base64?=")),
            ("\u{fc}", None),
        ] {
            assert_eq!(decode(value.as_bytes()).as_deref(), text, "{value}");
        }
        assert_eq!(decode(encode(&encode("x")).as_bytes()), Some(encode("x")));
    }
}
