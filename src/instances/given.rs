//! Values that the author of a schema names: with `const` and `enum` these are all there are, `default` and `examples`
//! are suggestions.

use serde_json::Value;

use super::{dice::Dice, facts::Facts, pattern::Patterns};

/// What follows from the values that are named.
pub(super) enum Given<'s> {
    /// This one will do.
    This(&'s Value),
    /// None of those that are allowed fits the rest.
    Nothing,
    /// It is left open.
    Open,
}

/// A default stands out among many values this often.
const SUGGESTED: usize = 5;
/// Of a longer list the rest is not looked at.
const LONGEST: usize = 2_000;

/// One of the values that are named.
pub(super) fn given<'s>(facts: &Facts<'s>, dice: &mut Dice, patterns: &mut Patterns<'s>) -> Given<'s> {
    let suggested = || {
        let defaults = facts.all("default").filter(|value| !value.is_null());
        let examples = facts.all("examples").filter_map(Value::as_array);
        defaults.chain(examples.flat_map(|list| list.iter().take(LONGEST)))
    };
    let listed = facts.all("enum").filter_map(Value::as_array).min_by_key(|list| list.len());
    let allowed: Option<Vec<&Value>> =
        facts.all("const").next().map(|value| vec![value]).or_else(|| listed.map(|list| list.iter().collect()));
    let wants = dice.trusting && (dice.is_calm() || dice.one_in(SUGGESTED));
    if wants {
        let fitting: Vec<&Value> = suggested().filter(|value| facts.admits(value, patterns)).collect();
        if let Some(value) = dice.pick(&fitting) {
            return Given::This(value);
        }
    }
    let Some(allowed) = allowed else {
        return Given::Open;
    };
    let fitting: Vec<&Value> =
        allowed.into_iter().take(LONGEST).filter(|value| facts.admits(value, patterns)).collect();
    dice.pick(&fitting).map_or(Given::Nothing, |value| Given::This(value))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::instances::dice::Taste;

    fn first(schema: &Value) -> Option<Value> {
        let mut facts = Facts::new();
        facts.parts.extend(schema.as_object());
        match given(&facts, &mut Dice::new(Taste::Smallest, 0, 0), &mut Patterns::default()) {
            Given::This(value) => Some(value.clone()),
            Given::Nothing => Some(json!("nothing")),
            Given::Open => None,
        }
    }

    #[test]
    fn what_the_author_suggests_goes_first_if_it_fits() {
        assert_eq!(first(&json!({ "enum": [1, 2], "default": 2 })), Some(json!(2)));
        assert_eq!(first(&json!({ "enum": [1, 2], "default": 3 })), Some(json!(1)));
        assert_eq!(first(&json!({ "examples": ["a"], "default": null })), Some(json!("a")));
        assert_eq!(first(&json!({ "const": 5, "maximum": 3 })), Some(json!("nothing")));
        assert_eq!(first(&json!({ "maximum": 3 })), None);
    }
}
