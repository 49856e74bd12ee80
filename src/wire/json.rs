//! Text to JSON values, with what had to be forgiven. Bounded in depth and number, and linear in time.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::defect::{Defect, note};
use super::salvage::salvage;

/// The largest integer up to which a double holds every integer.
const EXACT: u64 = 1 << 53;

/// A value takes a hundred times the room of the byte or two that it may be written with.
const MOST_VALUES: usize = 1 << 20;

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
    if strict.ending == Ending::Clean || !structured || strict.defects.contains(&Defect::TooManyValues) {
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

/// One value is the rule; only where there is more or less, the text is divided.
fn parse(text: &str) -> Found {
    let seen = Seen::new();
    match seen.value(text) {
        Ok(value) => seen.with(vec![value], Ending::Clean),
        Err(_) => parse_several(text),
    }
}

/// Finds the end of each value first: the parser cannot go on behind a value without looking back at all before.
fn parse_several(text: &str) -> Found {
    let seen = Seen::new();
    let mut values = Vec::new();
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    let ending = loop {
        let start = stream.byte_offset();
        match stream.next() {
            None => break Ending::Clean,
            Some(Err(error)) if error.is_eof() => break Ending::Unfinished,
            Some(Err(_)) => break Ending::Text,
            Some(Ok(_)) => match seen.value(text.get(start..stream.byte_offset()).unwrap_or_default()) {
                Ok(value) => values.push(value),
                Err(_) => break Ending::Text,
            },
        }
    };
    seen.with(values, ending)
}

/// What values show only while they are parsed.
struct Seen {
    duplicate: Cell<bool>,
    imprecise: Cell<bool>,
    /// How many more values there may be.
    room: Cell<usize>,
}

impl Seen {
    fn new() -> Self {
        Self { duplicate: Cell::default(), imprecise: Cell::default(), room: Cell::new(MOST_VALUES) }
    }

    /// The only value in a text.
    fn value(&self, text: &str) -> serde_json::Result<Value> {
        let mut parser = serde_json::Deserializer::from_str(text);
        let value = self.deserialize(&mut parser)?;
        parser.end().map(|()| value)
    }

    fn with(&self, values: Vec<Value>, ending: Ending) -> Found {
        let all = [
            (self.duplicate.get(), Defect::DuplicateKey),
            (self.imprecise.get(), Defect::ImpreciseNumber),
            (self.room.get() == 0, Defect::TooManyValues),
        ];
        let defects = all.into_iter().filter_map(|(is_seen, defect)| is_seen.then_some(defect)).collect();
        Found { values, ending, defects }
    }
}

impl<'de> DeserializeSeed<'de> for &Seen {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let room = self.room.get().saturating_sub(1);
        self.room.set(room);
        if room == 0 {
            return Err(D::Error::custom("too many values"));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &Seen {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        self.imprecise.set(self.imprecise.get() || value > EXACT);
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        self.imprecise.set(self.imprecise.get() || value.unsigned_abs() > EXACT);
        Ok(value.into())
    }

    /// An integer that fits neither `i64` nor `u64` arrives here as well.
    #[allow(clippy::cast_precision_loss, reason = "two to the 53rd is exact")]
    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        self.imprecise.set(self.imprecise.get() || value.abs() > EXACT as f64);
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = items.next_element_seed(self)? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            let before = object.insert(key, members.next_value_seed(self)?);
            self.duplicate.set(self.duplicate.get() || before.is_some());
        }
        Ok(Value::Object(object))
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
        for value in [json!({"a": [1, -2, 0.5, true, null, "x\u{0}é😀"]}), json!([]), json!(9_007_199_254_740_992_u64)]
        {
            assert_eq!(decode(value.to_string().as_bytes()), (Some(value.clone()), vec![]), "{value}");
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
        for text in ["9007199254740993", "-9007199254740993", "[18446744073709551616]", "[1e999]"] {
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
    fn values_are_counted() {
        let zeros = format!("[{}0]", "0,".repeat(MOST_VALUES));
        assert_eq!(decode(zeros.as_bytes()), (None, vec![Defect::TooManyValues, Defect::NotJson]));
        assert!(decode(&b"0 ".repeat(MOST_VALUES)).1.contains(&Defect::TooManyValues));
        assert_eq!(defects(&format!("[{}0]", "0,".repeat(MOST_VALUES / 2))), []);
    }

    #[test]
    fn what_is_not_json_says_so() {
        assert_eq!(decode(b"hello"), (None, vec![Defect::NotJson]));
        assert_eq!(decode(b"{\"a\":"), (None, vec![Defect::NotJson]));
        assert_eq!(decode(b"{} x"), (Some(json!({})), vec![Defect::TrailingText]));
        assert_eq!(decode(b"[\"\xff\"]"), (Some(json!(["\u{fffd}"])), vec![Defect::InvalidUtf8]));
    }
}
