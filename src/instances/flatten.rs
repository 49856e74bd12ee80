//! From the demands on a value to the facts: references are followed, and of branches one is taken.

use serde_json::{Map, Value};

use super::{demand::Demand, facts::Facts, kinds::Kinds, reference::References};

/// Gathers the facts. Each number stands for one way through the branches; what is above `ways` repeats them.
pub(super) struct Flattener<'a, 's> {
    references: &'a References<'s>,
    pub(super) facts: Facts<'s>,
    /// In how many ways the branches could have been taken.
    pub(super) ways: u64,
    number: u64,
    strict: bool,
    /// How many schemas may still be looked at.
    fuel: usize,
    todo: Vec<(Demand<'s>, usize)>,
    /// What is only asked where a member is there.
    dependents: Vec<(&'s str, &'s Value)>,
}

/// A chain of references and branches that is longer leads in a circle.
const LONGEST_CHAIN: usize = 100;

impl<'a, 's> Flattener<'a, 's> {
    pub(super) fn new(references: &'a References<'s>, number: u64, strict: bool, fuel: usize) -> Self {
        let (todo, dependents) = (Vec::new(), Vec::new());
        Self { references, facts: Facts::new(), ways: 1, number, strict, fuel, todo, dependents }
    }

    /// Looks at all that the demands lead to, and says how much fuel that took.
    pub(super) fn run(&mut self, goal: &[Demand<'s>]) -> usize {
        let before = self.fuel;
        self.todo.extend(goal.iter().rev().map(|demand| (*demand, 0)));
        while let Some((demand, chain)) = self.next() {
            if self.fuel == 0 || chain > LONGEST_CHAIN {
                self.facts.hopeless = true;
            }
            if self.facts.hopeless {
                break;
            }
            self.fuel -= 1;
            match demand {
                Demand::Is(schema) => self.accept(schema, chain + 1),
                Demand::Not(schema) => self.deny(schema, chain + 1),
            }
        }
        self.settle();
        before - self.fuel
    }

    fn next(&mut self) -> Option<(Demand<'s>, usize)> {
        if self.todo.is_empty() {
            self.depend();
        }
        self.todo.pop()
    }

    /// What is asked beside the rest.
    pub(super) fn push(&mut self, demand: Demand<'s>, chain: usize) {
        self.todo.push((demand, chain));
    }

    pub(super) const fn references(&self) -> &'a References<'s> {
        self.references
    }

    /// The next digit of the number.
    pub(super) fn choose(&mut self, ways: usize) -> usize {
        let base = (ways as u64).max(1);
        let digit = self.number % base;
        self.number /= base;
        self.ways = self.ways.saturating_mul(base);
        usize::try_from(digit).unwrap_or(0)
    }

    fn accept(&mut self, schema: &'s Value, chain: usize) {
        let members = match schema {
            Value::Object(members) => members,
            Value::Bool(false) => return self.facts.hopeless = true,
            _ => return,
        };
        let mut refers = false;
        for target in self.references.targets(members) {
            refers = true;
            match target {
                Some(target) => self.push(Demand::Is(target), chain),
                None => self.facts.hopeless = true,
            }
        }
        if refers && !self.references.has_siblings() {
            return;
        }
        self.facts.parts.push(members);
        if let Some(names) = members.get("type") {
            self.facts.kinds = self.facts.kinds.and(Kinds::named(names));
        }
        let required = members.get("required").and_then(Value::as_array).into_iter().flatten();
        self.facts.needed.extend(required.filter_map(Value::as_str));
        self.branch(members, chain);
        for key in ["dependentSchemas", "dependentRequired", "dependencies"] {
            let found = members.get(key).and_then(Value::as_object).into_iter().flatten();
            self.dependents.extend(found.map(|(name, asked)| (name.as_str(), asked)));
        }
    }

    fn branch(&mut self, members: &'s Map<String, Value>, chain: usize) {
        let list = |key: &str| members.get(key).and_then(Value::as_array);
        for part in list("allOf").into_iter().flatten() {
            self.push(Demand::Is(part), chain);
        }
        for key in ["anyOf", "oneOf"] {
            let Some(branches) = list(key) else {
                continue;
            };
            let taken = self.choose(branches.len());
            for (index, branch) in branches.iter().enumerate() {
                if index == taken {
                    self.push(Demand::Is(branch), chain);
                } else if key == "oneOf" && self.strict {
                    self.push(Demand::Not(branch), chain);
                }
            }
        }
        if let Some(denied) = members.get("not") {
            self.push(Demand::Not(denied), chain);
        }
        self.condition(members, chain);
    }

    fn condition(&mut self, members: &'s Map<String, Value>, chain: usize) {
        let (then, otherwise) = (members.get("then"), members.get("else"));
        let Some(condition) = members.get("if").filter(|_| then.is_some() || otherwise.is_some()) else {
            return;
        };
        let holds = self.choose(2) == 0;
        let (demand, outcome) = if holds { (Demand::Is(condition), then) } else { (Demand::Not(condition), otherwise) };
        self.push(demand, chain);
        if let Some(outcome) = outcome {
            self.push(Demand::Is(outcome), chain);
        }
    }

    /// Once the rest is known: the members on which others depend are there or not.
    fn depend(&mut self) {
        while let Some((name, asked)) = self.dependents.pop() {
            let there = self.facts.needed.contains(&name);
            match asked {
                Value::Array(names) if there => self.facts.needed.extend(names.iter().filter_map(Value::as_str)),
                // Who puts the member in looks after these.
                Value::Array(_) => {}
                asked if there => return self.push(Demand::Is(asked), 0),
                asked => {
                    if self.choose(2) == 0 {
                        self.facts.unwanted.insert(name);
                    } else {
                        self.facts.needed.push(name);
                        return self.push(Demand::Is(asked), 0);
                    }
                }
            }
        }
    }

    /// Lists that name a member that came later are looked at again, and contradictions seen.
    fn settle(&mut self) {
        let facts = &mut self.facts;
        let mut index = 0;
        while let Some(name) = facts.needed.get(index).copied().filter(|_| index < self.fuel) {
            let more: Vec<&str> =
                dependents(&facts.parts, name).filter(|other| !facts.needed.contains(other)).collect();
            facts.needed.extend(more);
            index += 1;
        }
        let contradicts = facts.needed.iter().any(|name| facts.unwanted.contains(name));
        let is_object = facts.kinds == Kinds::OBJECT;
        facts.hopeless |= facts.kinds.is_empty() || (is_object && contradicts);
    }
}

/// The members that have to be there where this one is.
pub(super) fn dependents<'s>(parts: &[&'s Map<String, Value>], name: &str) -> impl Iterator<Item = &'s str> {
    let lists = parts.iter().flat_map(move |part| {
        ["dependentRequired", "dependencies"].into_iter().filter_map(move |key| part.get(key)?.get(name)?.as_array())
    });
    lists.flatten().filter_map(Value::as_str)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn facts<T>(schema: &Value, number: u64, see: impl FnOnce(&Facts<'_>, u64) -> T) -> T {
        let references = References::of(schema);
        let mut flattener = Flattener::new(&references, number, false, 10_000);
        flattener.run(&[Demand::Is(schema)]);
        see(&flattener.facts, flattener.ways)
    }

    #[test]
    fn each_number_is_a_way_through_the_branches() {
        let schema = json!({
            "anyOf": [{ "type": "string" }, { "type": "object" }],
            "if": { "required": ["a"] }, "then": { "required": ["b"] },
        });
        let seen: Vec<_> = (0..4).map(|number| facts(&schema, number, |facts, _| facts.needed.len())).collect();
        assert_eq!(seen, [2, 2, 0, 0]);
        assert_eq!(facts(&schema, 0, |_, ways| ways), 4);
        assert_eq!(facts(&schema, 1, |facts, _| facts.kinds), Kinds::OBJECT);
    }

    #[test]
    fn circles_and_contradictions_are_hopeless() {
        let circle = json!({ "$ref": "#/$defs/a", "$defs": { "a": { "allOf": [{ "$ref": "#/$defs/a" }] } } });
        for schema in [circle, json!({ "type": "string", "allOf": [{ "type": "null" }] }), json!(false)] {
            assert!(facts(&schema, 0, |facts, _| facts.hopeless), "{schema}");
        }
    }

    #[test]
    fn what_depends_on_a_member_comes_with_it() {
        let schema = json!({
            "required": ["a"], "dependentRequired": { "a": ["b"], "b": ["c"] },
            "dependentSchemas": { "c": { "required": ["d"] }, "x": { "required": ["y"] } },
        });
        let needed = |number| facts(&schema, number, |facts, _| facts.needed.clone().join(""));
        assert!(needed(0).starts_with("abc") || needed(0).starts_with('a'), "{}", needed(0));
        assert!(facts(&schema, 0, |facts, _| facts.unwanted.contains("x")));
    }
}
