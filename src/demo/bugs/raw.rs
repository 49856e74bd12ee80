//! What a line shows before anybody parses it, or to parsers that look closer.

use std::{cell::Cell, collections::HashSet, fmt};

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

/// How deep arrays and objects lie in each other, brackets in strings left out.
pub fn depth(bytes: &[u8]) -> usize {
    let (mut depth, mut most) = (0_usize, 0);
    outside_strings(bytes, |byte| {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        most = most.max(depth);
    });
    most
}

/// Whether a string is still open at the end.
pub fn ends_in_string(bytes: &[u8]) -> bool {
    outside_strings(bytes, |_| {})
}

/// Shows every byte that stands outside of strings; whether the end stands inside of one.
fn outside_strings(bytes: &[u8], mut see: impl FnMut(u8)) -> bool {
    let (mut inside, mut escaped) = (false, false);
    for byte in bytes {
        match (inside, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => inside = !inside,
            (false, _) => see(*byte),
            (true, _) => {}
        }
    }
    inside
}

/// Whether there is a number that is larger than any double.
pub fn has_infinity(bytes: &[u8]) -> bool {
    let (mut number, mut found) = (String::new(), false);
    let is_infinite = |number: &str| number.parse().is_ok_and(f64::is_infinite);
    outside_strings(bytes, |byte| {
        if byte.is_ascii_digit() || b"+-.eE".contains(&byte) {
            number.push(byte.into());
        } else {
            found |= is_infinite(&std::mem::take(&mut number));
        }
    });
    found || is_infinite(&number)
}

/// Whether there is an escape that is half of a character.
pub fn has_lone_surrogate(text: &str) -> bool {
    let unit = |at: usize| text.get(at + 2..at + 6).and_then(|digits| u16::from_str_radix(digits, 16).ok());
    let mut skip = 0;
    for (at, _) in text.match_indices("\\u").filter(|(at, _)| text.as_bytes().get(at.wrapping_sub(1)) != Some(&b'\\')) {
        if at < skip {
            continue;
        }
        match unit(at) {
            Some(0xD800..=0xDBFF) => {
                let follows = text.get(at + 6..at + 8) == Some("\\u");
                if !(follows && matches!(unit(at + 6), Some(0xDC00..=0xDFFF))) {
                    return true;
                }
                skip = at + 12;
            }
            Some(0xDC00..=0xDFFF) => return true,
            _ => {}
        }
    }
    false
}

/// Whether an object has a key twice.
pub fn has_key_twice(bytes: &[u8]) -> bool {
    let found = Cell::new(false);
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let _ = deserializer.deserialize_any(Keys(&found));
    found.get()
}

/// Looks at the keys of all objects.
#[derive(Clone, Copy)]
struct Keys<'a>(&'a Cell<bool>);

impl<'de> DeserializeSeed<'de> for Keys<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Keys<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut seen = HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            self.0.set(self.0.get() || !seen.insert(key));
            map.next_value_seed(self)?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(self)?.is_some() {}
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_in_strings_do_not_count() {
        assert_eq!(depth(br#"[{"a":"[[[\"[["}]"#), 2);
        assert!(ends_in_string(br#"{"a":"b"#) && !ends_in_string(br#"{"a":"\\""#));
    }

    #[test]
    fn numbers_and_keys_are_seen_as_they_are_written() {
        assert!(has_infinity(b"[1e999]") && has_infinity(b"-1e400") && !has_infinity(br#"[1e30,"1e999"]"#));
        assert!(has_key_twice(br#"[{"a":1,"b":{"c":1,"c":2}}]"#) && !has_key_twice(br#"{"a":{"a":1}}"#));
    }

    #[test]
    fn halves_of_characters_are_told_from_wholes() {
        for (text, expected) in [
            (r#""\ud83d""#, true),
            (r#""\ude00""#, true),
            (r#""\ud83d\ude00""#, false),
            (r#""\ud83d\u0041""#, true),
            (r#""\\ud83d""#, false),
        ] {
            assert_eq!(has_lone_surrogate(text), expected, "{text}");
        }
    }
}
