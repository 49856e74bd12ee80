//! Values of a file as what they are meant to be. What is something else is a fault, and reading goes on.

use super::{
    Text,
    node::{Data, Fault, Key, Node},
    suggest,
};

pub(super) fn text(node: &Node, faults: &mut Vec<Fault>) -> Option<Text> {
    match &node.data {
        Data::Text(value) => Some(Text { value: value.clone(), at: node.at }),
        _ => refuse(node, "a text", faults),
    }
}

/// One text, or a list of them.
pub(super) fn texts(node: &Node, faults: &mut Vec<Fault>) -> Option<Vec<Text>> {
    match &node.data {
        Data::Text(_) => text(node, faults).map(|text| vec![text]),
        Data::List(items) => Some(items.iter().filter_map(|item| text(item, faults)).collect()),
        _ => refuse(node, "a text or a list of texts", faults),
    }
}

pub(super) fn words(node: &Node, faults: &mut Vec<Fault>) -> Option<Vec<String>> {
    texts(node, faults).map(|texts| texts.into_iter().map(|text| text.value).collect())
}

pub(super) fn list(node: &Node, faults: &mut Vec<Fault>) -> Option<Vec<Text>> {
    match &node.data {
        Data::List(_) => texts(node, faults),
        _ => refuse(node, "a list of texts", faults),
    }
}

pub(super) fn flag(node: &Node, faults: &mut Vec<Fault>) -> Option<bool> {
    match &node.data {
        Data::Bool(value) => Some(*value),
        _ => refuse(node, "`true` or `false`", faults),
    }
}

pub(super) fn map<'a>(node: &'a Node, faults: &mut Vec<Fault>) -> Option<&'a [(Key, Node)]> {
    match &node.data {
        Data::Map(entries) => Some(entries),
        _ => refuse(node, "a table", faults),
    }
}

/// A table of texts.
pub(super) fn pairs(node: &Node, faults: &mut Vec<Fault>) -> Option<Vec<(String, Text)>> {
    let pair = |(key, node): &(Key, Node)| Some((key.name.clone(), text(node, faults)?));
    match &node.data {
        Data::Map(entries) => Some(entries.iter().filter_map(pair).collect()),
        _ => refuse(node, "a table of texts", faults),
    }
}

/// A text or a number that has to be read.
pub(super) fn parsed<T>(
    node: &Node,
    faults: &mut Vec<Fault>,
    expected: &str,
    parse: impl Fn(&str) -> Result<T, String>,
) -> Option<T> {
    let text = match &node.data {
        Data::Text(text) => text.clone(),
        Data::Number(number) if expected == NUMBER => number.to_string(),
        _ => return refuse(node, expected, faults),
    };
    parse(&text).map_err(|message| faults.push(Fault { at: node.at, message })).ok()
}

/// What is expected where a number may stand.
pub(super) const NUMBER: &str = "a number";

/// One of some words.
pub(super) fn one_of<T: Copy>(node: &Node, faults: &mut Vec<Fault>, known: &[(&str, T)]) -> Option<T> {
    parsed(node, faults, "a text", |word| {
        let names = known.iter().map(|(name, _)| *name);
        let found = known.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
        found.ok_or_else(|| format!("`{}` is not known here{}", word.escape_debug(), suggest::hint(word, names)))
    })
}

fn refuse<T>(node: &Node, expected: &str, faults: &mut Vec<Fault>) -> Option<T> {
    faults.push(node.wrong(expected));
    None
}
