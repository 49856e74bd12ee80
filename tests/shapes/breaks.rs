//! Breaks a message in one place, and goes on to places that were not broken yet.

use std::{
    cmp::Reverse,
    collections::{BTreeSet, HashMap},
};

use serde_json::Value;

use crate::{mutate::Mutator, plan::Plan};

/// A text that has none of the forms that a text may have to have.
const FORMLESS: &str = "no {form %zz";

/// A breaker of messages of one kind.
pub struct Breaker {
    mutator: Mutator,
    /// The members that the document knows; any other is a key of a map.
    members: BTreeSet<String>,
    /// How often each place was broken.
    times: HashMap<String, usize>,
}

/// A place in a message.
struct Place {
    /// Where it is.
    pointer: String,
    /// The same in any message: without the numbers and the keys of items, but with the kinds of what it is in.
    name: String,
}

impl Breaker {
    /// A breaker that borrows the words of a document.
    pub fn new(plan: &Plan, seed: u64) -> Self {
        Self { mutator: Mutator::new(plan, seed, 1), members: plan.words().0, times: HashMap::new() }
    }

    /// A message with one place broken, for some places that were broken the least.
    pub fn broken(&mut self, whole: &Value, count: usize) -> Vec<Value> {
        let mut places = Vec::new();
        self.collect(whole, &Place { pointer: String::new(), name: String::new() }, &mut places);
        // Of these the deepest, which the fewest messages have.
        let depth = |place: &Place| Reverse(place.pointer.matches('/').count());
        places.sort_by_key(|place| (self.times.get(&place.name).copied().unwrap_or_default(), depth(place)));
        places.truncate(count);
        places.into_iter().map(|place| self.broken_at(whole, place)).collect()
    }

    /// By turns without what is there, under another name, with something else instead, with something wrong inside.
    /// Where there is no inside, that is a text without any form.
    fn broken_at(&mut self, whole: &Value, place: Place) -> Value {
        let times = self.times.entry(place.name).or_default();
        *times += 1;
        let turn = *times % 4;
        let mut broken = whole.clone();
        let (parent, name) = place.pointer.rsplit_once('/').unwrap_or_default();
        let name = name.replace("~1", "/").replace("~0", "~");
        match broken.pointer_mut(parent) {
            Some(Value::Object(members)) if turn == 1 || turn == 2 => {
                let value = members.shift_remove(&name);
                // No key begins so, where keys have a grammar.
                members.extend(value.filter(|_| turn == 2).map(|value| (format!("%{name}"), value)));
            }
            _ => {
                if let Some(value) = broken.pointer_mut(&place.pointer) {
                    match value {
                        Value::String(text) if turn == 0 => FORMLESS.clone_into(text),
                        value if turn == 3 => self.mutator.replace(value),
                        value => *value = self.mutator.mutated(value),
                    }
                }
            }
        }
        broken
    }

    /// Every place inside of a value.
    fn collect(&self, value: &Value, at: &Place, places: &mut Vec<Place>) {
        let mut add = |part: &str, name: &str, inside: &Value| {
            let place = Place { pointer: format!("{}/{part}", at.pointer), name: format!("{}/{name}", at.name) };
            self.collect(inside, &place, places);
            places.push(place);
        };
        match value {
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(number, item)| add(&number.to_string(), "", item));
            }
            Value::Object(members) => {
                let kind = ["type", "method", "mode"].into_iter().find_map(|tag| members.get(tag)?.as_str());
                for (name, member) in members {
                    let known = if self.members.contains(name) { name } else { "*" };
                    let escaped = name.replace('~', "~0").replace('/', "~1");
                    add(&escaped, &format!("{}:{known}", kind.unwrap_or_default()), member);
                }
            }
            _ => {}
        }
    }
}
