//! Objects: the members that must be there, some of those that may, and names that the schema leaves to us.

use serde_json::{Map, Value};

use super::{builder::Builder, demand::Demand, facts::Facts, flatten::dependents};

/// A schema that wants more members gets none.
const MOST: usize = 1_000;
/// So many members that may be left out are put in at most, unless more are asked for.
const OPTIONAL: usize = 200;

impl<'s> Builder<'_, 's> {
    /// An object that meets the facts.
    pub(super) fn object(&mut self, facts: &Facts<'s>) -> Option<Value> {
        let (least, most) = facts.lengths("minProperties", "maxProperties", MOST)?;
        let most = most.unwrap_or(usize::MAX);
        let mut object = Map::new();
        for name in &facts.needed {
            if !object.contains_key(*name) {
                let value = self.member(facts, name)?;
                object.insert((*name).to_owned(), value);
            }
        }
        if object.len() > most {
            return None;
        }
        let optional = self.optional(facts, &object);
        for name in optional.iter().take(OPTIONAL) {
            if self.dice.takes(self.level) {
                self.put_in(facts, name, most, &mut object);
            }
        }
        for name in &optional {
            if object.len() >= least {
                break;
            }
            self.put_in(facts, name, most, &mut object);
        }
        let more = usize::from(least == 0 && self.dice.one_in(8));
        self.invent(facts, least.max((object.len() + more).min(most)), &mut object);
        (object.len() >= least).then_some(Value::Object(object))
    }

    /// The names that are known and not there yet, in the order of the schema.
    fn optional(&mut self, facts: &Facts<'s>, object: &Map<String, Value>) -> Vec<&'s str> {
        let known = facts.all("properties").filter_map(Value::as_object).flat_map(Map::keys).map(String::as_str);
        let mut names: Vec<&str> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for name in known {
            let open = !object.contains_key(name) && !facts.unwanted.contains(name);
            if open && seen.insert(name) && self.may_be_named(facts, name) {
                names.push(name);
            }
        }
        names
    }

    /// A member and all that has to come with it; nothing, where one of these cannot be.
    fn put_in(&mut self, facts: &Facts<'s>, name: &'s str, most: usize, object: &mut Map<String, Value>) {
        let mut added: Vec<(&str, Value)> = Vec::new();
        let mut names = vec![name];
        let mut index = 0;
        while let Some(name) = names.get(index).copied() {
            index += 1;
            if object.contains_key(name) {
                continue;
            }
            let Some(value) = self.member(facts, name).filter(|_| !facts.unwanted.contains(name)) else {
                return;
            };
            added.push((name, value));
            for other in dependents(&facts.parts, name) {
                if !names.contains(&other) {
                    names.push(other);
                }
            }
        }
        if object.len() + added.len() <= most {
            object.extend(added.into_iter().map(|(name, value)| (name.to_owned(), value)));
        }
    }

    fn member(&mut self, facts: &Facts<'s>, name: &str) -> Option<Value> {
        let goal = self.goal(facts, name);
        self.below(name, &goal)
    }

    fn goal(&mut self, facts: &Facts<'s>, name: &str) -> Vec<Demand<'s>> {
        facts.member(name, |pattern| self.patterns.finds(pattern, name))
    }

    /// Puts in members with names of our own, until there are so many.
    pub(super) fn invent(&mut self, facts: &Facts<'s>, count: usize, object: &mut Map<String, Value>) {
        let mut tries = 0;
        while object.len() < count && tries < 2 * count + 8 {
            tries += 1;
            let Some(name) = self.name(facts, tries) else {
                continue;
            };
            let taken = object.contains_key(&name) || facts.unwanted.contains(name.as_str());
            // What is known was put in or left out on purpose.
            let known = facts.all("properties").any(|properties| properties.get(&name).is_some());
            if taken || known || !self.may_be_named(facts, &name) {
                continue;
            }
            if let Some(value) = self.member(facts, &name) {
                object.insert(name, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::instances::{
        dice::{Dice, Taste},
        pattern::Patterns,
        reference::References,
    };

    fn built(schema: &Value, taste: Taste, seed: u64) -> Option<Value> {
        let dice = Dice::new(taste, seed, 4);
        Builder::new(&References::of(schema), &mut Patterns::default(), dice, (5_000, 8)).root()
    }

    #[test]
    fn members_come_with_those_that_they_need() {
        let schema = json!({
            "type": "object", "minProperties": 1, "dependentRequired": { "a": ["b"], "b": ["c"] },
            "properties": { "a": { "const": 1 } }, "additionalProperties": { "type": "null" },
        });
        assert_eq!(built(&schema, Taste::Smallest, 0), Some(json!({ "a": 1, "b": null, "c": null })));
    }

    #[test]
    fn names_are_invented_where_they_are_asked_for() {
        let schema = json!({
            "type": "object", "minProperties": 3, "patternProperties": { "^x-[a-c]{3}$": { "type": "boolean" } },
            "additionalProperties": false,
        });
        let object = built(&schema, Taste::Smallest, 0).unwrap();
        assert_eq!(object.as_object().unwrap().len(), 3);
        assert!(object.as_object().unwrap().iter().all(|(name, value)| name.starts_with("x-") && value.is_boolean()));
        let none = json!({ "type": "object", "minProperties": 1, "additionalProperties": false });
        assert_eq!(built(&none, Taste::Smallest, 0), None);
    }

    #[test]
    fn what_may_be_left_out_is_there_or_not() {
        let schema = json!({ "type": "object", "properties": { "a": {}, "b": {}, "no": false }, "maxProperties": 2 });
        assert_eq!(built(&schema, Taste::Smallest, 0), Some(json!({})));
        let sizes: Vec<usize> =
            (0..40).map(|seed| built(&schema, Taste::Any, seed).unwrap().as_object().unwrap().len()).collect();
        assert!((0..3).all(|size| sizes.contains(&size)), "{sizes:?}");
        let full = built(&schema, Taste::Full, 1).unwrap();
        assert!(full.get("a").is_some() && full.get("b").is_some() && full.get("no").is_none());
    }
}
