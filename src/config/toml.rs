//! TOML into values that know their place.

use serde_json::Number;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::node::{Data, Fault, Key, Node};

/// Read a text, past what is wrong with it.
pub(super) fn parse(text: &str, faults: &mut Vec<Fault>) -> Node {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let what = error.message().lines().next().unwrap_or_default().to_owned();
        let at = error.span().map_or(0, |span| span.start);
        faults.push(Fault { at, message: format!("this is not TOML: {what}") });
    }
    Node { at: 0, data: map(table.get_ref()) }
}

fn map(table: &DeTable<'_>) -> Data {
    let key = |key: &Spanned<_>, name: String| Key { name, at: key.span().start };
    Data::Map(table.iter().map(|(name, value)| (key(name, name.get_ref().to_string()), node(value))).collect())
}

fn node(value: &Spanned<DeValue<'_>>) -> Node {
    let data = match value.get_ref() {
        DeValue::Table(table) => map(table),
        DeValue::Array(items) => Data::List(items.iter().map(node).collect()),
        DeValue::String(text) => Data::Text(text.to_string()),
        DeValue::Boolean(value) => Data::Bool(*value),
        DeValue::Integer(number) => integer(number.as_str(), number.radix()),
        DeValue::Float(number) => float(number.as_str()),
        DeValue::Datetime(date) => Data::Text(date.to_string()),
    };
    Node { at: value.span().start, data }
}

fn integer(digits: &str, radix: u32) -> Data {
    i64::from_str_radix(digits, radix).map_or_else(|_| float(digits), |number| Data::Number(number.into()))
}

fn float(text: &str) -> Data {
    text.parse().ok().and_then(Number::from_f64).map_or(Data::Null, Data::Number)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_read_with_their_places() {
        let mut faults = Vec::new();
        let node = parse("a = 1\n[b.c]\nd = ['x', 0x1f, 1.5]\ne = 2025-11-25\n", &mut faults);
        assert_eq!(node.value(), json!({ "a": 1, "b": { "c": { "d": ["x", 31, 1.5], "e": "2025-11-25" } } }));
        assert_eq!((node.get("a").unwrap().at, faults), (4, vec![]));
    }

    #[test]
    fn several_faults_are_found_at_once() {
        let mut faults = Vec::new();
        let node = parse("a = \nb = 2\n[c\nd = 'x\n", &mut faults);
        assert!(faults.len() >= 2, "{faults:?}");
        assert_eq!(node.get("b").map(Node::value), Some(json!(2)));
        assert!(faults.iter().all(|fault| fault.message.starts_with("this is not TOML: ")), "{faults:?}");
    }
}
