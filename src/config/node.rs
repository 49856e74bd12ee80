//! What a file holds, whatever it is written in: values that know the byte at which they begin.

use serde_json::{Map, Number, Value};

use super::suggest;

/// A value with its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    pub at: usize,
    pub data: Data,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Data {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

/// A key with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub name: String,
    pub at: usize,
}

/// Something that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub at: usize,
    pub message: String,
}

impl Node {
    /// The entry of a map; of several with one name, the last.
    pub fn get(&self, name: &str) -> Option<&Self> {
        let Data::Map(entries) = &self.data else { return None };
        entries.iter().rev().find(|(key, _)| key.name == name).map(|(_, node)| node)
    }

    /// The value without its places.
    pub fn value(&self) -> Value {
        match &self.data {
            Data::Null => Value::Null,
            Data::Bool(value) => Value::Bool(*value),
            Data::Number(number) => Value::Number(number.clone()),
            Data::Text(text) => Value::String(text.clone()),
            Data::List(items) => Value::Array(items.iter().map(Self::value).collect()),
            Data::Map(entries) => {
                let entries = entries.iter().map(|(key, node)| (key.name.clone(), node.value()));
                Value::Object(entries.collect::<Map<_, _>>())
            }
        }
    }

    /// That it ought to be something else. What it holds is not said: it may be a secret.
    pub fn wrong(&self, expected: &str) -> Fault {
        let got = match &self.data {
            Data::Null => "null",
            Data::Bool(_) => "`true` or `false`",
            Data::Number(_) => "a number",
            Data::Text(_) => "a text",
            Data::List(_) => "a list",
            Data::Map(_) => "a table",
        };
        Fault { at: self.at, message: format!("expected {expected}, got {got}") }
    }
}

impl Key {
    /// That it is none of those that there are.
    pub fn unknown(&self, place: &str, known: &[String]) -> Fault {
        let hint = suggest::hint(&self.name, known.iter().map(String::as_str));
        Fault { at: self.at, message: format!("`{}` is no key of {place}{hint}", self.name.escape_debug()) }
    }
}
