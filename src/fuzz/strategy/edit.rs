//! Changes of one value somewhere in a tree. Most keep its type, so that they come past the first check of a server.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::{
    hostile, numbers,
    pick::{Raw, filled, here, here_name, pick, seldom},
    retype,
};

/// Names that objects have of themselves in some languages, and names that nothing has.
const NAMES: &[&str] = &[
    "__proto__",
    "constructor",
    "toString",
    "prototype",
    "valueOf",
    "hasOwnProperty",
    "__class__",
    "__dict__",
    "self",
    "cls",
    "kwargs",
    "args",
    "length",
    "then",
    "toJSON",
    "",
    " ",
    "\u{0}",
    "a.b",
    "a[0]",
    "$ref",
    "$schema",
    "_meta",
    "undefined",
    "null",
    "0",
    "-1",
    "é",
    "e\u{301}",
    "\u{1f600}",
    "extra",
    "id",
    "type",
    "class",
    "@type",
    "debug",
    "verbose",
    "limit",
    "offset",
    "format",
    "force",
    "dry_run",
    "path",
    "key",
    "default",
    "options",
    "config",
];

/// How many values are in a value, itself included.
pub fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum(),
        _ => 0,
    }
}

/// The value at a place, counted from the front.
pub fn at(value: &mut Value, place: usize) -> Option<&mut Value> {
    let mut left = place;
    walk(value, &mut left)
}

fn walk<'a>(value: &'a mut Value, left: &mut usize) -> Option<&'a mut Value> {
    if *left == 0 {
        return Some(value);
    }
    *left -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| walk(item, left)),
        Value::Object(members) => members.values_mut().find_map(|member| walk(member, left)),
        _ => None,
    }
}

/// Any value of a tree but its root, unless there is nothing else.
pub fn somewhere<'a>(value: &'a mut Value, rng: &mut Rng) -> Option<&'a mut Value> {
    let all = count(value);
    let place = if all > 1 { rng.usize(1..all) } else { 0 };
    at(value, place)
}

/// Change one value; what no `Value` can hold is given back, to be filled in.
pub fn change(value: &mut Value, rng: &mut Rng) -> Option<Raw> {
    match rng.u32(..20) {
        0 => remove(value, rng),
        1..=2 => add(value, rng),
        3 => twice(value, rng),
        4..=6 => somewhere(value, rng).and_then(|node| retype::other(node, rng)),
        7 => rename(value, rng),
        _ => somewhere(value, rng).and_then(|node| same_type(node, rng)),
    }
}

/// Another value of the same type.
pub fn same_type(node: &mut Value, rng: &mut Rng) -> Option<Raw> {
    match node {
        Value::String(text) if seldom(rng, 3) => {
            *node = Value::String(bent(text, rng));
            None
        }
        Value::String(_) => Some(put(node, hostile::literal(rng))),
        Value::Number(_) => Some(put(node, numbers::number(rng))),
        Value::Bool(is_so) => {
            *node = json!(!*is_so);
            None
        }
        Value::Null => retype::other(node, rng),
        Value::Array(items) => {
            relist(items, rng);
            None
        }
        Value::Object(members) => {
            if seldom(rng, 3) {
                members.clear();
            } else {
                insert(members, pick(rng, NAMES).to_owned(), rng);
            }
            None
        }
    }
}

/// Raw bytes in the place of a value.
pub fn put(node: &mut Value, raw: Raw) -> Raw {
    *node = here();
    raw
}

/// A text, not quite as it was.
fn bent(text: &str, rng: &mut Rng) -> String {
    let middle = text.char_indices().nth(rng.usize(..text.chars().count().max(1))).map_or(0, |(at, _)| at);
    let (before, behind) = text.split_at(middle);
    match rng.u32(..9) {
        0 => text.repeat(*rng.choice(&[2, 3, 10, 100, 1000]).unwrap_or(&2)).chars().take(70_000).collect(),
        1 => before.to_owned(),
        2 => behind.to_owned(),
        3 => text.to_uppercase(),
        4 => format!("{before}{}{behind}", hostile::text(rng)),
        5 => format!("{text} "),
        6 => format!("{text}{}", hostile::text(rng)),
        7 => format!("{}{text}", hostile::text(rng)),
        _ => text.chars().rev().collect(),
    }
}

/// A list that is too long, empty, nested, in another order, or with something twice.
fn relist(items: &mut Vec<Value>, rng: &mut Rng) {
    let first = items.first().cloned().unwrap_or_else(|| json!("a"));
    match rng.u32(..6) {
        0 => items.clear(),
        1 => {
            let length = *rng.choice(&[2, 10, 100, 101, 1000, 1001]).unwrap_or(&2);
            *items = vec![first; length];
        }
        2 => *items = vec![Value::Array(std::mem::take(items))],
        3 => items.push(first),
        4 => items.reverse(),
        _ => items.push(Value::Null),
    }
}

/// A member that nobody asked for.
fn add(value: &mut Value, rng: &mut Rng) -> Option<Raw> {
    let members = object(value, rng)?;
    match rng.u32(..8) {
        0 => insert(members, "k".repeat(*rng.choice(&[256, 1000, 5000]).unwrap_or(&256)), rng),
        1 => insert(members, hostile::text(rng), rng),
        2 => {
            members.insert(here_name(), json!(1));
            return Some(hostile::literal(rng));
        }
        3 => {
            let many = *rng.choice(&[50, 200, 1000]).unwrap_or(&50);
            members.extend((0..many).map(|number| (format!("extra{number}"), Value::Null)));
        }
        _ => insert(members, pick(rng, NAMES).to_owned(), rng),
    }
    None
}

fn insert(members: &mut Map<String, Value>, name: String, rng: &mut Rng) {
    members.insert(name, retype::any(rng));
}

/// A member that is there two times.
fn twice(value: &mut Value, rng: &mut Rng) -> Option<Raw> {
    let members = object(value, rng)?;
    let (name, there) = rng.choice(members.iter().collect::<Vec<_>>())?;
    let (name, there) = (json!(name), there.clone());
    members.insert(here_name(), if rng.bool() { there } else { retype::any(rng) });
    Some(Raw::odd(filled(&name, b"")))
}

/// A member that is missing; or an item.
fn remove(value: &mut Value, rng: &mut Rng) -> Option<Raw> {
    let members = object(value, rng)?;
    let name = rng.choice(members.keys().collect::<Vec<_>>())?.clone();
    members.shift_remove(&name);
    None
}

/// A member under a name that is almost its own.
fn rename(value: &mut Value, rng: &mut Rng) -> Option<Raw> {
    let members = object(value, rng)?;
    let name = rng.choice(members.keys().collect::<Vec<_>>())?.clone();
    let there = members.shift_remove(&name)?;
    members.insert(bent(&name, rng), there);
    None
}

/// The object itself, or now and then one inside of it.
fn object<'a>(value: &'a mut Value, rng: &mut Rng) -> Option<&'a mut Map<String, Value>> {
    let all = count(value);
    let place = if rng.bool() { 0 } else { rng.usize(..all) };
    let is_object = at(value, place).is_some_and(|node| node.is_object());
    at(value, if is_object { place } else { 0 })?.as_object_mut()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_a_place() {
        let mut value = json!({ "a": [1, { "b": 2 }], "c": null });
        assert_eq!(count(&value), 6);
        assert_eq!(at(&mut value, 2), Some(&mut json!(1)));
        assert_eq!(at(&mut value, 5), Some(&mut json!(null)));
        assert_eq!(at(&mut value, 6), None);
    }

    #[test]
    fn a_change_changes_most_of_the_time() {
        let mut rng = Rng::with_seed(3);
        let original = json!({ "text": "hello", "n": 1, "list": ["a"], "flag": true });
        let changed = (0..1000).filter(|_| {
            let mut value = original.clone();
            change(&mut value, &mut rng).is_some() || value != original
        });
        assert!(changed.count() > 950);
        change(&mut json!(null), &mut rng);
        change(&mut json!({}), &mut rng);
    }
}
