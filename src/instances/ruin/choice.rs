//! Values that meet what they must not, or more than one of the schemas of which they may meet one.

use serde_json::Value;

use crate::instances::{builder::Builder, demand::Demand, facts::Facts};

/// So many branches are looked at.
const BRANCHES: usize = 4;

pub(super) fn ruin<'s>(
    facts: &Facts<'s>,
    value: &Value,
    builder: &mut Builder<'_, 's>,
    add: &mut impl FnMut(&'static str, Value),
) {
    for denied in facts.all("not") {
        for value in with(value, &[Demand::Is(denied)], builder) {
            add("not", value);
        }
    }
    for branches in facts.all("oneOf").filter_map(Value::as_array) {
        let branches = branches.get(..branches.len().min(BRANCHES)).unwrap_or_default();
        for (index, branch) in branches.iter().enumerate() {
            for value in with(value, &[Demand::Is(branch)], builder) {
                add("oneOf", value);
            }
            for other in branches.iter().skip(index + 1) {
                let both = builder.build(&[Demand::Is(branch), Demand::Is(other)]);
                if let Some(value) = both {
                    add("oneOf", value);
                }
            }
        }
    }
    for keyword in ["oneOf", "anyOf"] {
        for branches in facts.all(keyword).filter_map(Value::as_array) {
            let none: Vec<Demand<'_>> = branches.iter().map(Demand::Not).collect();
            if let Some(value) = builder.build(&none) {
                add(keyword, value);
            }
        }
    }
}

/// Values that meet demands: on their own, and as far as possible beside what is there.
fn with<'s>(value: &Value, goal: &[Demand<'s>], builder: &mut Builder<'_, 's>) -> Vec<Value> {
    let built = builder.build(goal);
    let merged = match (&built, value) {
        (Some(Value::Object(new)), Value::Object(old)) => {
            let mut all = old.clone();
            all.extend(new.clone());
            Some(Value::Object(all))
        }
        _ => None,
    };
    merged.into_iter().chain(built).collect()
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

    fn ruined(schema: &Value, value: &Value) -> Vec<(&'static str, Value)> {
        let mut facts = Facts::new();
        facts.parts.extend(schema.as_object());
        let references = References::of(schema);
        let mut patterns = Patterns::default();
        let mut builder = Builder::new(&references, &mut patterns, Dice::new(Taste::Full, 1, 3), (5_000, 4));
        let mut all = Vec::new();
        ruin(&facts, value, &mut builder, &mut |keyword, value| all.push((keyword, value)));
        all
    }

    #[test]
    fn what_must_not_be_is_put_in() {
        let schema = json!({ "not": { "required": ["b"] } });
        let all = ruined(&schema, &json!({ "a": 1 }));
        assert!(all.iter().any(|(_, value)| value.get("a").is_some() && value.get("b").is_some()), "{all:?}");
    }

    #[test]
    fn two_branches_are_met_at_once_and_none() {
        let all = ruined(&json!({ "oneOf": [{ "multipleOf": 3 }, { "multipleOf": 5, "minimum": 1 }] }), &json!(3));
        assert!(all.iter().any(|(_, value)| value.as_i64().is_some_and(|value| value % 15 == 0)), "{all:?}");
        let none = ruined(&json!({ "anyOf": [{ "type": "string" }, { "type": "number" }] }), &json!("a"));
        assert!(none.iter().any(|(keyword, value)| *keyword == "anyOf" && !value.is_string() && !value.is_number()));
    }
}
