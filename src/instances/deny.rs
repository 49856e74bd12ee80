//! What is asked where a schema must not accept a value: one of its keywords has to be broken, and there is a choice.

use serde_json::Value;

use super::{demand::Demand, flatten::Flattener, kinds::Kinds};

/// One way not to be accepted.
#[derive(Clone, Copy)]
enum Way<'s> {
    Demand(Demand<'s>),
    /// To be none of these.
    Bar(&'s [Value]),
    /// To be of another kind.
    Lack(Kinds),
    /// To be an object without a member.
    Without(&'s str),
    /// To be an object with a member that is not accepted.
    With(&'s str, &'s Value),
    /// To be of a kind and beyond a bound.
    Beyond(Kinds, &'static str, f64),
    /// Nothing that could be aimed at: the validator tells.
    Luck,
}

impl<'s> Flattener<'_, 's> {
    /// Adds what is asked where a schema must not accept the value.
    pub(super) fn deny(&mut self, schema: &'s Value, chain: usize) {
        let members = match schema {
            Value::Object(members) => members,
            Value::Bool(false) => return,
            _ => return self.facts.hopeless = true,
        };
        let mut ways: Vec<Way<'s>> = Vec::new();
        for target in self.references().targets(members) {
            ways.push(target.map_or(Way::Luck, |target| Way::Demand(Demand::Not(target))));
        }
        for (keyword, value) in members {
            self.ways(keyword, value, chain, &mut ways);
        }
        let taken = self.choose(ways.len());
        match ways.into_iter().nth(taken) {
            Some(way) => self.take(way, chain),
            // A schema that says nothing accepts everything; one that denies branches has said so already.
            None if ["anyOf", "oneOf"].iter().all(|key| !members.contains_key(*key)) => self.facts.hopeless = true,
            None => {}
        }
    }

    fn ways(&mut self, keyword: &str, value: &'s Value, chain: usize, ways: &mut Vec<Way<'s>>) {
        let beyond = |kind: Kinds, other: &'static str, by: f64| {
            value.as_f64().map(|bound| Way::Beyond(kind, other, bound + by))
        };
        let list = || value.as_array().into_iter().flatten();
        match keyword {
            "not" => ways.push(Way::Demand(Demand::Is(value))),
            "const" => ways.push(Way::Bar(std::slice::from_ref(value))),
            "enum" => ways.extend(value.as_array().map(|list| Way::Bar(list))),
            "type" => ways.push(Way::Lack(Kinds::named(value))),
            "required" => ways.extend(list().filter_map(Value::as_str).map(Way::Without)),
            "properties" => {
                let members = value.as_object().into_iter().flatten();
                ways.extend(members.map(|(name, schema)| Way::With(name, schema)));
            }
            "allOf" => ways.extend(list().map(|part| Way::Demand(Demand::Not(part)))),
            // None of them may accept it: no choice.
            "anyOf" | "oneOf" => list().for_each(|branch| self.push(Demand::Not(branch), chain)),
            "minimum" => ways.extend(beyond(Kinds::NUMBER, "exclusiveMaximum", 0.0)),
            "maximum" => ways.extend(beyond(Kinds::NUMBER, "exclusiveMinimum", 0.0)),
            "exclusiveMinimum" => ways.extend(beyond(Kinds::NUMBER, "maximum", 0.0)),
            "exclusiveMaximum" => ways.extend(beyond(Kinds::NUMBER, "minimum", 0.0)),
            "minLength" => ways.extend(beyond(Kinds::STRING, "maxLength", -1.0)),
            "maxLength" => ways.extend(beyond(Kinds::STRING, "minLength", 1.0)),
            "minItems" => ways.extend(beyond(Kinds::ARRAY, "maxItems", -1.0)),
            "maxItems" => ways.extend(beyond(Kinds::ARRAY, "minItems", 1.0)),
            "minProperties" => ways.extend(beyond(Kinds::OBJECT, "maxProperties", -1.0)),
            "maxProperties" => ways.extend(beyond(Kinds::OBJECT, "minProperties", 1.0)),
            "pattern"
            | "format"
            | "items"
            | "contains"
            | "multipleOf"
            | "if"
            | "propertyNames"
            | "uniqueItems"
            | "patternProperties"
            | "additionalProperties"
            | "prefixItems" => ways.push(Way::Luck),
            _ => {}
        }
    }

    fn take(&mut self, way: Way<'s>, chain: usize) {
        let facts = &mut self.facts;
        match way {
            Way::Demand(demand) => self.push(demand, chain),
            Way::Bar(values) => facts.barred.extend(values),
            Way::Lack(kinds) => facts.kinds = facts.kinds.but(kinds),
            Way::Without(name) => {
                facts.kinds = facts.kinds.and(Kinds::OBJECT);
                facts.unwanted.insert(name);
            }
            Way::With(name, schema) => {
                facts.kinds = facts.kinds.and(Kinds::OBJECT);
                facts.needed.push(name);
                facts.members.push((name, Demand::Not(schema)));
            }
            Way::Beyond(kinds, keyword, bound) => {
                facts.kinds = facts.kinds.and(kinds);
                facts.hopeless |= bound < 0.0 && kinds != Kinds::NUMBER;
                facts.limits.push((keyword, bound));
            }
            Way::Luck => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::instances::{facts::Facts, reference::References};

    fn denied<T>(schema: &Value, number: u64, see: impl FnOnce(&Facts<'_>) -> T) -> T {
        let references = References::of(schema);
        let mut flattener = Flattener::new(&references, number, false, 1_000);
        flattener.run(&[Demand::Not(schema)]);
        see(&flattener.facts)
    }

    #[test]
    fn one_keyword_is_broken_at_a_time() {
        let schema = json!({ "type": "object", "required": ["a"], "properties": { "b": { "const": 1 } } });
        assert!(denied(&schema, 0, |facts| !facts.kinds.holds(Kinds::OBJECT)));
        assert!(denied(&schema, 1, |facts| facts.unwanted.contains("a")));
        assert!(denied(&schema, 2, |facts| facts.needed == ["b"] && facts.members.len() == 1));
    }

    #[test]
    fn bounds_turn_round() {
        assert_eq!(denied(&json!({ "minLength": 3 }), 0, |facts| facts.high("maxLength")), Some(2.0));
        assert_eq!(denied(&json!({ "maximum": 3 }), 0, |facts| facts.low("exclusiveMinimum")), Some(3.0));
        assert!(denied(&json!({ "minItems": 0 }), 0, |facts| facts.hopeless));
    }

    #[test]
    fn all_branches_are_denied_and_what_accepts_all_cannot_be() {
        let schema = json!({ "anyOf": [{ "type": "string" }, { "type": "null" }] });
        let both = Kinds::STRING.or(Kinds::NULL);
        assert!(denied(&schema, 0, |facts| facts.kinds == Kinds::ALL.but(both) && !facts.hopeless));
        assert!(denied(&json!({}), 0, |facts| facts.hopeless) && denied(&json!(true), 0, |facts| facts.hopeless));
        assert!(!denied(&json!(false), 0, |facts| facts.hopeless));
    }
}
