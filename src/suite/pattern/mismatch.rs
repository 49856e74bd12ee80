//! Why a subject does not fit, short enough for a person in a hurry.

use std::io;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::suite::{scope::is_path, suggest::all};

/// The longest piece of a value that is shown, in characters.
const SHOWN: usize = 120;
/// How many names are listed.
const NAMED: usize = 6;
/// What stands where a member is missing.
pub(super) const NOTHING: &str = "nothing";
/// The longest description of a pattern.
const DESCRIBED: usize = 240;

/// Why a subject does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The place in the subject: `result.tools[3].name`; empty for all of it.
    pub place: String,
    /// What fits there.
    pub expected: String,
    /// What is there.
    pub got: String,
}

impl Mismatch {
    pub(super) fn new(expected: impl Into<String>, got: impl Into<String>) -> Self {
        let cut = |text: String| shorten(&text, DESCRIBED);
        Self { place: String::new(), expected: cut(expected.into()), got: cut(got.into()) }
    }

    /// The same, seen from the object around it.
    pub(super) fn below_member(mut self, name: &str) -> Self {
        let step =
            if is_path(name) && !name.contains(['.', '/']) { name.to_owned() } else { format!("[{}]", brief(name)) };
        self.below(&step);
        self
    }

    /// The same, seen from the list around it.
    pub(super) fn below_item(mut self, index: usize) -> Self {
        self.below(&format!("[{index}]"));
        self
    }

    /// Names what is there, when what was asked for is not.
    pub(super) fn among(mut self, object: &Map<String, Value>) -> Self {
        if self.place.is_empty() && self.got == NOTHING && !object.is_empty() {
            let names: Vec<String> = object.keys().take(NAMED).map(|name| shorten(name, 40)).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let more = if object.len() > NAMED { " and more" } else { "" };
            self.got = format!("{NOTHING}; there are {}{more}", all(&names));
        }
        self
    }

    fn below(&mut self, step: &str) {
        let dot = if self.place.is_empty() || self.place.starts_with('[') { "" } else { "." };
        self.place = format!("{step}{dot}{}", self.place);
    }
}

/// A value as JSON, cut to about 120 characters with a note of its length.
pub fn brief<T: Serialize + ?Sized>(value: &T) -> String {
    let mut shown = Shown { head: Vec::new(), length: 0 };
    if serde_json::to_writer(&mut shown, value).is_err() {
        return "a value that cannot be shown".into();
    }
    let head = String::from_utf8_lossy(&shown.head);
    if shown.length == shown.head.len() && head.chars().count() <= SHOWN {
        return head.into_owned();
    }
    let head: String = head.chars().take(SHOWN).filter(|c| *c != char::REPLACEMENT_CHARACTER).collect();
    format!("{head}… ({} bytes)", shown.length)
}

/// Keeps the front of what is written, and counts all of it.
struct Shown {
    head: Vec<u8>,
    length: usize,
}

impl io::Write for Shown {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = (SHOWN * 4).saturating_sub(self.head.len());
        self.head.extend(bytes.iter().take(room));
        self.length += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The front of a text.
pub(super) fn shorten(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_long_value_is_cut_and_its_length_said() {
        assert_eq!(brief(&json!({ "a": "ä" })), r#"{"a":"ä"}"#);
        let long = brief(&json!("ä".repeat(5000)));
        assert!(long.starts_with("\"ää") && long.ends_with("… (10002 bytes)"), "{long}");
        assert_eq!(long.chars().filter(|c| *c == 'ä').count(), 119);
    }

    #[test]
    fn places_read_like_code() {
        let mismatch = Mismatch::new("a", "b").below_member("name").below_item(3).below_member("tools");
        assert_eq!(mismatch.place, "tools[3].name");
        let odd = Mismatch::new("a", "b").below_member("x").below_member("io.x/y").below_member("_meta");
        assert_eq!(odd.place, r#"_meta["io.x/y"].x"#);
    }
}
