//! Makes the strings of a server harmless. They are hostile: they may move the cursor, reorder the line, or end the document.
//!
//! One rule for every medium: what could deceive a terminal, an XML parser or the eye is written out.

use std::borrow::Cow;
use std::fmt::Write;

/// `text` on one line, with everything that deceives written out: `\u{1b}`, `\t`, and `⏎` for the end of a line.
///
/// Backslashes are left alone, so that JSON stays readable and escaping twice changes nothing.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(deceives) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' => out.push('⏎'),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if deceives(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// A JSON document with what deceives as `\u` escapes, which only strings can contain. The values stay the same.
pub fn json(document: &str) -> String {
    let mut out = String::with_capacity(document.len());
    for c in document.chars() {
        if c == '\n' || !deceives(c) {
            out.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            let _ = write!(out, "\\u{unit:04x}");
        }
    }
    out
}

/// Controls (C0, DEL, C1), marks that reorder or hide text, separators of lines, and what XML 1.0 forbids.
pub fn deceives(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_deceives_is_written_out() {
        assert_eq!(visible("a\u{1b}[2Jb\n\u{202e}c\u{9b}"), "a\\u{1b}[2Jb⏎\\u{202e}c\\u{9b}");
        assert_eq!(visible("\u{0}\t\r\u{7f}\u{ffff}"), "\\u{0}\\t\\r\\u{7f}\\u{ffff}");
    }

    #[test]
    fn honest_text_is_untouched() {
        for text in ["", "plain", "naïve ✓ 漢字 👩‍🚀", r#"{"a":"b\n"}"#] {
            assert!(matches!(visible(text), Cow::Borrowed(same) if same == text));
        }
    }

    proptest! {
        #[test]
        fn nothing_that_deceives_is_left(text: String) {
            prop_assert!(!visible(&text).contains(deceives));
        }

        #[test]
        fn escaping_twice_changes_nothing(text: String) {
            let once = visible(&text).into_owned();
            prop_assert_eq!(visible(&once), once.as_str());
        }

        #[test]
        fn escaped_json_means_the_same(text in "[\\PC\u{0}-\u{ff}\u{202e}\u{e0041}]*") {
            let escaped = json(&serde_json::to_string(&text).unwrap());
            prop_assert!(!escaped.contains(deceives));
            prop_assert_eq!(serde_json::from_str::<String>(&escaped).unwrap(), text);
        }
    }
}
