//! Something that is wrong with a message, for a person: where, what was expected, what came.

use std::fmt;

use super::{formats, pointer::unescaped};
use crate::model::Severity;

/// Something that is wrong with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How much it weighs.
    pub severity: Severity,
    /// The type whose rule is broken (`Tool`), or the format (`uri`).
    pub rule: String,
    /// The place, as a JSON pointer into the message.
    pub pointer: String,
    /// The place as a person would write it, without the envelope: `tools[3].inputSchema.type`.
    pub place: String,
    /// What should stand there.
    pub expected: String,
    /// What stands there.
    pub got: String,
    /// What the type is that the rule belongs to, in a sentence; empty for formats.
    pub because: String,
    /// In how many places of the message; the place is the first of them.
    pub count: u64,
}

impl Problem {
    /// Something that is wrong in one place; nothing is said of the type.
    pub fn new(severity: Severity, rule: &str, pointer: String, expected: String, got: String) -> Self {
        let (rule, place, because) = (rule.to_owned(), place(&pointer), String::new());
        Self { severity, rule, place, pointer, expected, got, because, count: 1 }
    }

    /// Whether it is the form of a text that is wrong, and not its place in the message.
    pub fn is_of_format(&self) -> bool {
        formats::format(&self.rule).is_some()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.place.is_empty() { "the message" } else { &self.place };
        write!(f, "{place}: expected {}, got {}", self.expected, self.got)?;
        if self.count > 1 { write!(f, " ({} times)", self.count) } else { Ok(()) }
    }
}

/// A pointer as a person would write it, without the envelope of the message.
fn place(pointer: &str) -> String {
    let mut place = String::new();
    let segments = pointer.split('/').skip(1).map(unescaped);
    for (depth, segment) in segments.enumerate() {
        let envelope = depth == 0 && ["params", "result"].contains(&segment.as_str());
        if envelope && pointer.matches('/').count() > 1 {
            continue;
        }
        if segment.bytes().all(|b| b.is_ascii_digit()) && !segment.is_empty() {
            place.push_str(&format!("[{segment}]"));
        } else if segment.contains(['.', '/', ' ']) {
            place.push_str(&format!("[{segment:?}]"));
        } else {
            let dot = if place.is_empty() { "" } else { "." };
            place.push_str(&format!("{dot}{segment}"));
        }
    }
    place
}

/// A place without the numbers of its items: where the same mistake was made.
pub fn anywhere(place: &str) -> String {
    let mut in_index = false;
    let keep = |c: &char| {
        in_index = *c == '[' || (in_index && c.is_ascii_digit());
        !in_index || *c == '['
    };
    place.chars().filter(keep).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_written_as_a_person_would() {
        for (pointer, wanted) in [
            ("", ""),
            ("/id", "id"),
            ("/result", "result"),
            ("/result/tools/3/inputSchema/type", "tools[3].inputSchema.type"),
            ("/params/_meta/io.example~1key", "_meta[\"io.example/key\"]"),
            ("/error/data/0", "error.data[0]"),
            ("/result/a b/~0c", "[\"a b\"].~c"),
        ] {
            assert_eq!(place(pointer), wanted, "{pointer}");
        }
    }

    #[test]
    fn the_same_mistake_is_known_in_any_item() {
        assert_eq!(
            anywhere("answer to tools/list: tools[17].icons[2].src"),
            "answer to tools/list: tools[].icons[].src"
        );
        assert_ne!(anywhere("tools[1].name"), anywhere("tools[1].title"));
        assert_eq!(anywhere("a1[\"x2\"]"), "a1[\"x2\"]");
    }

    #[test]
    fn a_problem_is_one_line() {
        let mut problem =
            Problem::new(Severity::Fail, "Tool", "/result/tools/0/name".into(), "a string".into(), "5".into());
        assert_eq!(problem.to_string(), "tools[0].name: expected a string, got 5");
        (problem.count, problem.place) = (3, String::new());
        assert_eq!(problem.to_string(), "the message: expected a string, got 5 (3 times)");
    }
}
