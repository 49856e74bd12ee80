//! Breaks values the way servers do: a member gone, another type, a misspelt name, a kind of something else.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use crate::{plan::Plan, values};

/// Members that hold whatever somebody likes: there is little to break in them.
const FREE: [&str; 7] = ["_meta", "arguments", "structuredContent", "metadata", "input", "data", "experimental"];
/// No numbers, no URIs, no Base64, no dates.
const BROKEN: [&str; 10] =
    ["", "not a uri", "%zz", "/relative", "http://[", "{unclosed", "YQ=", "a*b", "2026-13-01", "https://exa mple.com"];

/// A breaker of values, the same one for the same seed.
pub struct Mutator {
    rng: Rng,
    /// How many things are changed at once, at most.
    most: usize,
    /// Names of members of the same document.
    names: Vec<String>,
    /// Kinds, methods, levels of the same document.
    texts: Vec<String>,
}

impl Mutator {
    /// A breaker that borrows the words of a document.
    pub fn new(plan: &Plan, seed: u64, most: usize) -> Self {
        let (names, texts) = plan.words();
        Self { rng: Rng::with_seed(seed), most, names: names.into_iter().collect(), texts: texts.into_iter().collect() }
    }

    /// A value with one thing changed, or more.
    pub fn mutated(&mut self, value: &Value) -> Value {
        let mut changed = value.clone();
        let times = if self.most > 1 && self.rng.usize(..4) == 0 { self.most } else { 1 };
        (0..times).for_each(|_| self.mutate(&mut changed));
        changed
    }

    /// Change one thing somewhere; large parts are more likely to be hit than small ones.
    fn mutate(&mut self, value: &mut Value) {
        let weights = weights(value);
        if weights.is_empty() || self.rng.usize(..24) == 0 {
            *value = self.other(value);
            return;
        }
        let mut left = self.rng.usize(..weights.iter().sum::<usize>());
        let chosen = weights.iter().position(|weight| {
            let found = left < *weight;
            left = left.saturating_sub(*weight);
            found
        });
        let chosen = chosen.unwrap_or(0);
        let child = match value {
            Value::Array(items) => items.get_mut(chosen),
            Value::Object(members) => members.values_mut().nth(chosen),
            _ => None,
        };
        match child {
            Some(child) if weights[chosen] > 1 && self.rng.usize(..4) > 0 => self.mutate(child),
            _ => self.change(value, chosen),
        }
    }

    /// Change one child of a container.
    fn change(&mut self, value: &mut Value, chosen: usize) {
        match value {
            Value::Object(members) => {
                let Some(name) = members.keys().nth(chosen).cloned() else { return };
                match self.rng.usize(..10) {
                    0..=2 => drop(members.shift_remove(&name)),
                    3 => self.rename(members, &name),
                    4 => self.stray(members),
                    5 => self.swap(members, &name),
                    _ => self.replace(&mut members[&name]),
                }
            }
            Value::Array(items) => match self.rng.usize(..6) {
                0 => drop(items.remove(chosen)),
                1 => items.push(items[chosen].clone()),
                2 => items.clear(),
                _ => self.replace(&mut items[chosen]),
            },
            _ => {}
        }
    }

    fn rename(&mut self, members: &mut Map<String, Value>, name: &str) {
        let value = members.shift_remove(name);
        let new = match self.rng.usize(..4) {
            0 => name.to_uppercase(),
            1 => format!("{name}s"),
            2 => {
                name.chars().flat_map(|c| c.is_uppercase().then_some('_').into_iter().chain(c.to_lowercase())).collect()
            }
            _ => self.name(),
        };
        members.insert(new, value.unwrap_or_default());
    }

    fn stray(&mut self, members: &mut Map<String, Value>) {
        let value = self.any();
        members.insert(self.name(), value);
    }

    fn swap(&mut self, members: &mut Map<String, Value>, name: &str) {
        let Some(other) = members.keys().nth(self.rng.usize(..members.len())).cloned() else { return };
        let value = members[name].take();
        let theirs = std::mem::replace(&mut members[&other], value);
        if other != name {
            members[name] = theirs;
        }
    }

    /// Replace a value by one that is likely to be wrong in its place.
    pub fn replace(&mut self, value: &mut Value) {
        *value = match (self.rng.usize(..3), &*value) {
            (0, Value::String(text)) => json!(self.misspelt(&text.clone())),
            (0, Value::Number(_)) => json!([-1.0, -5.0, 0.5, 1.5, 101.0, 1e19][self.rng.usize(..6)]),
            (1, Value::String(_)) => json!(self.texts[self.rng.usize(..self.texts.len())]),
            (1, Value::Number(number)) => json!(number.to_string()),
            (2, old) if self.rng.bool() => self.wrapped(&old.clone()),
            (_, old) => self.other(old),
        };
    }

    fn misspelt(&mut self, text: &str) -> String {
        match self.rng.usize(..6) {
            0 => text.to_uppercase(),
            1 => format!("{text}x"),
            2 => text.chars().skip(1).collect(),
            3 => text.replace(['_', '/'], "-"),
            _ => BROKEN[self.rng.usize(..BROKEN.len())].to_owned(),
        }
    }

    fn wrapped(&mut self, value: &Value) -> Value {
        match self.rng.usize(..3) {
            0 => json!([value]),
            1 => json!({ "value": value }),
            _ => json!({ "type": "text", "text": value }),
        }
    }

    /// A value of another type.
    fn other(&mut self, value: &Value) -> Value {
        let kind = std::mem::discriminant(value);
        loop {
            let other = self.any();
            if std::mem::discriminant(&other) != kind {
                return other;
            }
        }
    }

    fn any(&mut self) -> Value {
        match self.rng.usize(..9) {
            0 | 1 => Value::Null,
            2 => json!(1.5),
            3 => json!(self.rng.i32(..)),
            4 => json!(""),
            5 => json!("litmus"),
            6 => json!([]),
            7 => json!(self.rng.bool()),
            _ => json!({ (values::word(&mut self.rng)): values::anything(&mut self.rng, 1) }),
        }
    }

    fn name(&mut self) -> String {
        self.names[self.rng.usize(..self.names.len())].clone()
    }
}

/// How likely each child of a container is to be hit: the root of its size, so that the envelope gets its share.
fn weights(value: &Value) -> Vec<usize> {
    match value {
        Value::Array(items) => items.iter().map(|item| size(item).isqrt()).collect(),
        Value::Object(members) => members.iter().map(|(name, member)| weight(name, member)).collect(),
        _ => Vec::new(),
    }
}

fn weight(name: &str, member: &Value) -> usize {
    if FREE.contains(&name) { 1 } else { size(member).isqrt() }
}

fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(members) => members.values().map(size).sum(),
        _ => 0,
    }
}
