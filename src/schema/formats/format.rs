//! What a format is, and what it objects to.

use crate::model::Severity;

/// A kind of text.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its name, as the description of messages refers to it: `uri`.
    pub name: &'static str,
    /// What is expected, to be read after "expected ": `a URI (RFC 3986)`.
    pub expected: &'static str,
    /// What is wrong with a text; the gravest fault when there are several.
    pub check: fn(&str) -> Option<Objection>,
}

/// Why a text is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objection {
    /// How much the sentence behind it weighs.
    pub severity: Severity,
    /// The fault in a few words: `no scheme`, `a blank at byte 7`.
    pub why: String,
}

impl Objection {
    pub(super) fn fail(why: impl Into<String>) -> Self {
        Self { severity: Severity::Fail, why: why.into() }
    }

    pub(super) fn warn(why: impl Into<String>) -> Self {
        Self { severity: Severity::Warn, why: why.into() }
    }

    /// The same fault, with no more than this weight.
    pub(super) fn at_most(self, most: Severity) -> Self {
        Self { severity: self.severity.min(most), ..self }
    }
}

/// Names the character that begins at a byte of a text, and the place.
pub(super) fn stray(text: &str, at: usize) -> String {
    match text.get(at..).and_then(|rest| rest.chars().next()) {
        None => "the text ends too early".into(),
        Some(' ') => format!("a blank at byte {at}"),
        Some(c @ ('\n' | '\r')) => format!("a line break ({:#04x}) at byte {at}", u32::from(c)),
        Some(c) if c.is_control() => format!("a control character ({:#04x}) at byte {at}", u32::from(c)),
        Some(c) if !c.is_ascii() => format!("a character outside of ASCII at byte {at}"),
        Some(c) => format!("a stray `{c}` at byte {at}"),
    }
}

/// A text of the server, cut so that an objection stays short.
pub(super) fn brief(text: &str) -> &str {
    text.char_indices().nth(40).map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Holds a check against texts without fault, with faults that warn, and with faults that fail.
    pub(in super::super) fn judge(check: fn(&str) -> Option<Objection>, good: &[&str], warn: &[&str], fail: &[&str]) {
        for text in good {
            assert_eq!(check(text), None, "{text:?}");
        }
        for (severity, texts) in [(Severity::Warn, warn), (Severity::Fail, fail)] {
            for text in texts {
                let objection = check(text).unwrap_or_else(|| panic!("no objection to {text:?}"));
                assert_eq!(objection.severity, severity, "{text:?}: {}", objection.why);
            }
        }
    }

    #[test]
    fn a_stray_character_is_named_so_that_it_can_be_seen() {
        for (text, at, wanted) in [
            ("a b", 1, "a blank at byte 1"),
            ("a\n", 1, "a line break (0x0a) at byte 1"),
            ("\u{7}", 0, "a control character (0x07) at byte 0"),
            ("aä", 1, "a character outside of ASCII at byte 1"),
            ("a<", 1, "a stray `<` at byte 1"),
            ("ä", 1, "the text ends too early"),
        ] {
            assert_eq!(stray(text, at), wanted);
        }
    }
}
