//! Objects that lack a member, have one too many, or one of a wrong name.

use serde_json::{Map, Value, json};

use crate::instances::{builder::Builder, facts::Facts, flatten::dependents};

/// An object gets no more members than this to have too many.
const MOST: usize = 1_000;

pub(super) fn ruin<'s>(
    facts: &Facts<'s>,
    members: &Map<String, Value>,
    builder: &mut Builder<'_, 's>,
    add: &mut impl FnMut(&'static str, Value),
) {
    let without = |name: &str| {
        let mut rest = members.clone();
        rest.shift_remove(name).map(|_| Value::Object(rest))
    };
    let required: Vec<&str> = names(facts);
    for name in &required {
        if let Some(rest) = without(name) {
            add("required", rest);
        }
    }
    for name in members.keys().flat_map(|name| dependents(&facts.parts, name)).filter(|name| !required.contains(name)) {
        if let Some(rest) = without(name) {
            add("dependentRequired", rest);
        }
    }
    let bounds = facts.lengths("minProperties", "maxProperties", MOST);
    if let Some((least, _)) = bounds.filter(|(least, _)| *least > 0) {
        add("minProperties", fewer(members, &required, least - 1));
    }
    if let Some(most) = bounds.and_then(|(_, most)| most).filter(|most| *most < MOST) {
        let mut more = members.clone();
        builder.invent(facts, most + 1, &mut more);
        add("maxProperties", Value::Object(more));
    }
    let with = |name: &str, value: Value| {
        let mut more = members.clone();
        more.insert(name.to_owned(), value);
        Value::Object(more)
    };
    for keyword in ["additionalProperties", "unevaluatedProperties"] {
        for value in facts.all(keyword).filter(|value| *value != &Value::Bool(true)).take(1) {
            let wrong = if value.is_boolean() { json!("litmus") } else { json!([[null]]) };
            add(keyword, with("litmus-unknown", wrong));
        }
    }
    if facts.all("propertyNames").next().is_some() {
        for name in ["", "!", "litmus unknown", "Ж", &"x".repeat(300)] {
            add("propertyNames", with(name, json!("litmus")));
        }
    }
}

fn names<'s>(facts: &Facts<'s>) -> Vec<&'s str> {
    let mut names: Vec<&str> = Vec::new();
    for name in facts.all("required").filter_map(Value::as_array).flatten().filter_map(Value::as_str) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// So many of the members, and among them those that have to be there.
fn fewer(members: &Map<String, Value>, required: &[&str], count: usize) -> Value {
    let (kept, others): (Vec<_>, Vec<_>) = members.iter().partition(|(name, _)| required.contains(&name.as_str()));
    kept.into_iter().chain(others).take(count).map(|(name, value)| (name.clone(), value.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instances::{
        dice::{Dice, Taste},
        pattern::Patterns,
        reference::References,
    };

    #[test]
    fn each_rule_of_an_object_is_broken() {
        let schema = json!({
            "required": ["a"], "dependentRequired": { "a": ["b"] }, "minProperties": 2, "maxProperties": 3,
            "additionalProperties": { "type": "string" }, "propertyNames": { "maxLength": 3 },
        });
        let mut facts = Facts::new();
        facts.parts.extend(schema.as_object());
        let members = json!({ "a": 1, "b": 2 });
        let mut all = Vec::new();
        let references = References::of(&schema);
        let mut patterns = Patterns::default();
        let mut builder = Builder::new(&references, &mut patterns, Dice::new(Taste::Full, 1, 3), (5_000, 4));
        let mut add = |keyword, value| all.push((keyword, value));
        ruin(&facts, members.as_object().unwrap(), &mut builder, &mut add);
        for wanted in [
            ("required", json!({ "b": 2 })),
            ("dependentRequired", json!({ "a": 1 })),
            ("minProperties", json!({ "a": 1 })),
            ("additionalProperties", json!({ "a": 1, "b": 2, "litmus-unknown": [[null]] })),
            ("propertyNames", json!({ "a": 1, "b": 2, "!": "litmus" })),
        ] {
            assert!(all.contains(&wanted), "{wanted:?}: {all:?}");
        }
        let many =
            |(keyword, value): &(&str, Value)| *keyword == "maxProperties" && value.as_object().unwrap().len() == 4;
        assert!(all.iter().any(many));
    }
}
