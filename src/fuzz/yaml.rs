//! JSON values as YAML that is read again as what they were.

use serde_json::{Number, Value};

/// A text in double quotes, with everything escaped that is not plain.
pub fn text(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            ' '..='~' => quoted.push(letter),
            other if u32::from(other) <= 0xFF => quoted.push_str(&format!("\\x{:02x}", u32::from(other))),
            other if u32::from(other) <= 0xFFFF => quoted.push_str(&format!("\\u{:04x}", u32::from(other))),
            other => quoted.push_str(&format!("\\U{:08x}", u32::from(other))),
        }
    }
    quoted.push('"');
    quoted
}

/// A value in the flow style.
pub fn value(of: &Value) -> String {
    match of {
        Value::String(word) => text(word),
        Value::Array(items) => format!("[{}]", items.iter().map(value).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let members = members.iter().map(|(name, member)| format!("{}: {}", text(name), value(member)));
            format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

/// Whether a value is read again as what it was: YAML has no numbers beyond those of 64 bits.
pub fn is_faithful(of: &Value) -> bool {
    match of {
        Value::Number(number) => is_small(number),
        Value::Array(items) => items.iter().all(is_faithful),
        Value::Object(members) => members.iter().all(|(name, member)| name != "<<" && is_faithful(member)),
        _ => true,
    }
}

fn is_small(number: &Number) -> bool {
    number.as_i64().is_some_and(|number| number.unsigned_abs() < 1 << 53)
        || (number.is_f64() && number.as_f64().is_some_and(|number| number.abs() < 1e15 && number.fract() != 0.0))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn texts_are_escaped() {
        assert_eq!(text("a\"\\\n\u{0}\u{85}\u{2028}😀"), r#""a\"\\\n\x00\x85\u2028\U0001f600""#);
    }

    #[test]
    fn values_in_flow() {
        assert_eq!(value(&json!({ "a": [1, null], "b": {} })), r#"{ "a": [1, null], "b": {  } }"#);
        assert!(is_faithful(&json!([1, 0.5, "x"])) && !is_faithful(&json!({ "n": 1e300 })));
    }
}
