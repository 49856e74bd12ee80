//! Text to JSON values, with what had to be forgiven. Bounded in depth, and linear in time.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::defect::{Defect, note};
use super::salvage::salvage;

/// The largest integer up to which a double holds every integer.
const EXACT: u64 = 1 << 53;

/// More values than this on one line are no conversation.
const MOST_VALUES: usize = 1024;

/// What a text holds.
#[derive(Debug, PartialEq)]
pub(super) struct Found {
    /// The values, in order.
    pub values: Vec<Value>,
    /// What comes behind the last one.
    pub ending: Ending,
    /// What had to be forgiven.
    pub defects: Vec<Defect>,
}

/// What comes behind the last value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// Nothing.
    Clean,
    /// Something that is not JSON.
    Text,
    /// A value that breaks off at the end.
    Unfinished,
}

/// The first JSON value in some bytes, and what had to be forgiven to read it.
pub fn decode(bytes: &[u8]) -> (Option<Value>, Vec<Defect>) {
    let text = String::from_utf8_lossy(bytes);
    let mut found = read(&text);
    if std::str::from_utf8(bytes).is_err() {
        note(&mut found.defects, Defect::InvalidUtf8);
    }
    if found.values.is_empty() {
        note(&mut found.defects, Defect::NotJson);
    } else if found.values.len() > 1 || found.ending != Ending::Clean {
        note(&mut found.defects, Defect::TrailingText);
    }
    (found.values.into_iter().next(), found.defects)
}

/// Every JSON value in a text: strictly, then once more with what salvage makes of it.
pub(super) fn read(text: &str) -> Found {
    let strict = parse(text);
    let structured = text.trim_start().starts_with(['{', '[']);
    if strict.ending == Ending::Clean || !structured {
        return strict;
    }
    let (mended, forgiven) = salvage(text);
    if forgiven.is_empty() {
        return strict;
    }
    let mut lenient = parse(&mended);
    if lenient.ending == Ending::Text && lenient.values.len() <= strict.values.len() {
        return strict;
    }
    for defect in forgiven {
        note(&mut lenient.defects, defect);
    }
    lenient
}

fn parse(text: &str) -> Found {
    let mut found = Found {
        values: Vec::new(),
        ending: Ending::Clean,
        defects: Vec::new(),
    };
    for next in serde_json::Deserializer::from_str(text).into_iter::<Node>() {
        match next {
            Ok(_) if found.values.len() == MOST_VALUES => {
                found.ending = Ending::Text;
                break;
            }
            Ok(node) => {
                node.notices.write(&mut found.defects);
                found.values.push(node.value);
            }
            Err(error) => {
                found.ending = if error.is_eof() {
                    Ending::Unfinished
                } else {
                    Ending::Text
                };
            }
        }
    }
    found
}

/// What a value shows only while it is parsed.
#[derive(Clone, Copy, Default)]
struct Notices {
    duplicate: bool,
    imprecise: bool,
}

impl Notices {
    fn add(&mut self, other: Self) {
        self.duplicate |= other.duplicate;
        self.imprecise |= other.imprecise;
    }

    fn write(self, defects: &mut Vec<Defect>) {
        for (seen, defect) in [
            (self.duplicate, Defect::DuplicateKey),
            (self.imprecise, Defect::ImpreciseNumber),
        ] {
            if seen {
                note(defects, defect);
            }
        }
    }
}

/// A value together with its notices.
struct Node {
    value: Value,
    notices: Notices,
}

impl Node {
    fn plain(value: Value) -> Self {
        Self {
            value,
            notices: Notices::default(),
        }
    }

    fn number(number: impl Into<Value>, imprecise: bool) -> Self {
        Self {
            value: number.into(),
            notices: Notices {
                imprecise,
                duplicate: false,
            },
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::plain(Value::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::plain(Value::Bool(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::number(value, value > EXACT))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::number(value, value.unsigned_abs() > EXACT))
    }

    /// An integer that fits neither `i64` nor `u64` arrives here as well.
    #[allow(clippy::cast_precision_loss, reason = "two to the 53rd is exact")]
    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        let number = Number::from_f64(value).map_or(Value::Null, Value::Number);
        Ok(Node::number(number, value.abs() > EXACT as f64))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::plain(Value::String(value.to_owned())))
    }

    fn visit_string<E>(self, value: String) -> Result<Node, E> {
        Ok(Node::plain(Value::String(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut notices = Notices::default();
        let mut values = Vec::new();
        while let Some(node) = items.next_element::<Node>()? {
            notices.add(node.notices);
            values.push(node.value);
        }
        Ok(Node {
            value: Value::Array(values),
            notices,
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Node, A::Error> {
        let mut notices = Notices::default();
        let mut object = Map::new();
        while let Some((key, node)) = members.next_entry::<String, Node>()? {
            notices.add(node.notices);
            notices.duplicate |= object.insert(key, node.value).is_some();
        }
        Ok(Node {
            value: Value::Object(object),
            notices,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn defects(text: &str) -> Vec<Defect> {
        decode(text.as_bytes()).1
    }

    #[test]
    fn clean_values_have_no_defects() {
        for value in [
            json!({"a": [1, -2, 0.5, true, null, "x\u{0}é😀"]}),
            json!([]),
            json!(9_007_199_254_740_992_u64),
        ] {
            assert_eq!(
                decode(value.to_string().as_bytes()),
                (Some(value.clone()), vec![]),
                "{value}"
            );
        }
    }

    #[test]
    fn the_last_duplicate_wins() {
        let (value, defects) = decode(br#"{"a":1,"b":{"c":1,"c":2},"a":3}"#);
        assert_eq!(value, Some(json!({"a": 3, "b": {"c": 2}})));
        assert_eq!(defects, [Defect::DuplicateKey]);
    }

    #[test]
    fn numbers_that_a_double_cannot_hold() {
        for text in [
            "9007199254740993",
            "-9007199254740993",
            "[18446744073709551616]",
            "[1e999]",
        ] {
            assert_eq!(defects(&format!("[{text}]")), [Defect::ImpreciseNumber], "{text}");
        }
        assert_eq!(decode(b"[1e999, 2]").0, Some(json!([null, 2])));
    }

    #[test]
    fn a_million_brackets_neither_overflow_nor_hang() {
        let deep = "[".repeat(1_000_000);
        assert_eq!(decode(deep.as_bytes()).0, None);
        let closed = format!("{{\"id\":1,\"result\":{deep}{}}}", "]".repeat(1_000_000));
        let (value, defects) = decode(closed.as_bytes());
        assert_eq!(value.as_ref().map(|value| &value["id"]), Some(&json!(1)));
        assert_eq!(defects, [Defect::NestingTooDeep]);
        let objects = format!("{}1{}", "{\"a\":".repeat(300_000), "}".repeat(300_000));
        assert!(decode(objects.as_bytes()).0.is_some());
    }

    #[test]
    fn what_is_not_json_says_so() {
        assert_eq!(decode(b"hello"), (None, vec![Defect::NotJson]));
        assert_eq!(decode(b"{\"a\":"), (None, vec![Defect::NotJson]));
        assert_eq!(decode(b"{} x"), (Some(json!({})), vec![Defect::TrailingText]));
        assert_eq!(
            decode(b"[\"\xff\"]"),
            (Some(json!(["\u{fffd}"])), vec![Defect::InvalidUtf8])
        );
    }
}
