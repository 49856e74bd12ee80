//! The last look at a case: refuses what any server, however lenient, could read as the call of a tool that must not be called.
//! It would rather refuse a hundred harmless cases.

use crate::fuzz::{case::Case, ground::Ground};

/// Whether a case may be played.
pub fn is_allowed(case: &Case, ground: &Ground) -> bool {
    if ground.forbidden.is_empty() {
        return true;
    }
    let parts: Vec<&[u8]> = case.frames.iter().map(|frame| frame.bytes.as_slice()).collect();
    let text = leniently(&parts.concat());
    !(text.contains("tools/call") && ground.forbidden.iter().any(|name| is_quoted(&text, name)))
}

/// What the most forgiving of all parsers would read: escapes undone, small letters, nothing that does not show.
fn leniently(bytes: &[u8]) -> String {
    let text: String = bytes.utf8_chunks().map(|chunk| chunk.valid()).collect();
    let text = if text.contains('\\') { unescaped(&text) } else { text };
    text.chars().filter(|letter| shows(*letter)).flat_map(char::to_lowercase).collect()
}

/// Blanks stay between words of a name, and go at its ends; see `is_quoted`.
fn shows(letter: char) -> bool {
    let is_hidden = letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(letter, '\u{feff}' | '\u{fffd}');
    !is_hidden
}

fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('\\') {
        plain.push_str(before);
        let (letter, length) = escape(behind);
        plain.extend(letter);
        rest = behind.get(length..).unwrap_or_default();
    }
    plain.push_str(rest);
    plain
}

/// The letter that an escape stands for, and how long it is without its backslash.
fn escape(text: &str) -> (Option<char>, usize) {
    let Some(kind) = text.chars().next() else { return (None, 0) };
    let digits = match kind {
        'u' => 4,
        'x' => 2,
        'n' | 't' | 'r' | 'b' | 'f' => return (None, 1),
        other => return (Some(other), other.len_utf8()),
    };
    let code = text.get(1..=digits).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    match code {
        Some(code) => (char::from_u32(code), digits + 1),
        None => (Some(kind), 1),
    }
}

/// Whether a name stands between quotes, or between a quote and an end.
fn is_quoted(text: &str, name: &str) -> bool {
    let name: String = name.chars().filter(|letter| shows(*letter)).flat_map(char::to_lowercase).collect();
    let name = name.trim();
    if name.contains(['"', '\'', '`', '\\']) {
        return text.contains(name);
    }
    text.split(['"', '\'', '`']).any(|part| part.trim() == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fuzz::{frame::Frame, strategy::yard};

    fn allows(text: &str) -> bool {
        let ground = yard::ground();
        let frames = text.split_inclusive('|').map(|part| Frame::raw(part.trim_end_matches('|').as_bytes().to_vec()));
        is_allowed(&Case::new("test", frames.collect()), &ground)
    }

    #[test]
    fn calls_of_forbidden_tools_are_refused() {
        for text in [
            r#"{"method":"tools/call","params":{"name":"wipe"}}"#,
            r#"{"method":"tools\/call","params":{"name":"wipe"}}"#,
            r#"{"method":"\u0074ools/call","params":{"name":"\u0077ipe"}}"#,
            r#"{"method":"TOOLS/CALL ","params":{"name":" Wipe "}}"#,
            r#"[1,{"params":{"name":"echo","name":"wipe"},"method":"tools/call"}]"#,
            r#"{"method":"tools/call","params":{"na|me":"wi|pe"}}"#,
            "{\"method\":\"tools/call\",\"params\":{\"name\":\"wi\u{0}pe\"}}",
            "{'method':'tools/call','params':{'name':'wipe'}}",
            "{\"method\":\"tools/call\",\"params\":{\"name\":\"wipe",
            r#"{"method":"tools/call","params":{"name":"wipe\n"}}"#,
        ] {
            assert!(!allows(text), "{text}");
        }
        let cut = b"{\"method\":\"tools/call\",\"name\":\"wi\xffpe\"}".to_vec();
        assert!(!is_allowed(&Case::new("test", vec![Frame::raw(cut)]), &yard::ground()));
    }

    #[test]
    fn others_are_not() {
        for text in [
            r#"{"method":"tools/call","params":{"name":"echo","arguments":{"text":"wiped"}}}"#,
            r#"{"method":"tools/list","params":{"name":"wipe"}}"#,
            "",
        ] {
            assert!(allows(text), "{text}");
        }
    }
}
