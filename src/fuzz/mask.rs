//! Texts and values without what changes from one time to the next: numbers, quoted parts, addresses.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::Value;

/// How much of a text tells it from others.
const LENGTH: usize = 160;
/// Longer than this, what is quoted or runs on is a value and no wording.
const WORD: usize = 24;

/// A text with what changes masked: `line 12 of "a.py"` is `line # of "…"`.
pub fn text(text: &str) -> String {
    let mut masked = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if masked.len() > LENGTH {
            break;
        }
        match letter {
            '"' | '\'' | '`' => {
                let quoted = |other: &char| *other != letter && *other != '\n';
                let is_apostrophe = letter == '\'' && masked.ends_with(char::is_alphabetic);
                masked.push(letter);
                if !is_apostrophe {
                    while letters.next_if(quoted).is_some() {}
                    masked.push('…');
                    masked.extend(letters.next_if(|other| *other == letter));
                }
            }
            digit if digit.is_ascii_digit() => {
                while letters.next_if(|next| next.is_ascii_hexdigit() || matches!(next, '.' | 'x' | '_')).is_some() {}
                masked.push('#');
            }
            control if control.is_control() || control.is_whitespace() => {
                if !masked.ends_with(' ') {
                    masked.push(' ');
                }
            }
            other => masked.push(other),
        }
    }
    let words = masked.split(' ').map(|word| if word.len() > WORD { "…" } else { word });
    words.collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// The shape of a value: names and types, without what they hold.
pub fn shape(value: &Value, hasher: &mut DefaultHasher, depth: usize) {
    match value {
        Value::Object(members) if depth > 0 => {
            for (name, member) in members.iter().take(50) {
                name.hash(hasher);
                shape(member, hasher, depth - 1);
            }
        }
        Value::Array(items) if depth > 0 => match items.first() {
            Some(first) => shape(first, hasher, depth - 1),
            None => hasher.write_u8(1),
        },
        Value::Null => hasher.write_u8(2),
        Value::Bool(is) => hasher.write_u8(3 + u8::from(*is)),
        Value::Number(_) => hasher.write_u8(5),
        Value::String(text) => hasher.write_u8(if text.is_empty() { 6 } else { 7 }),
        Value::Array(_) | Value::Object(_) => hasher.write_u8(8),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_changes_is_masked() {
        assert_eq!(text("line 12 of \"a.py\""), "line # of \"…\"");
        assert_eq!(text("can't read 0x7ffe12 bytes"), "can't read # bytes");
        assert_eq!(text("a\n\n  b\u{1b}"), "a b");
        assert_eq!(text("unknown tool: averyveryverylongnamethatgoeson"), "unknown tool: …");
        assert!(text(&"word ".repeat(1000)).len() < 200);
    }

    #[test]
    fn a_shape_is_names_and_types() {
        let of = |value: Value| {
            let mut hasher = DefaultHasher::new();
            shape(&value, &mut hasher, 5);
            hasher.finish()
        };
        assert_eq!(of(json!({ "a": [1, 2], "b": "x" })), of(json!({ "a": [7], "b": "y" })));
        assert_ne!(of(json!({ "a": [] })), of(json!({ "a": [1] })));
        assert_ne!(of(json!({ "a": true })), of(json!({ "a": false })));
    }
}
