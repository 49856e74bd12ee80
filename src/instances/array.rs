//! Lists: items by place or all alike, some that have to be contained, and none twice where that is asked for.

use serde_json::Value;

use super::{
    builder::Builder,
    demand::Demand,
    facts::{Facts, count},
};

/// A schema that wants more items gets none.
const MOST: usize = 2_000;
/// So often another item is tried where one is there already.
const TRIES: usize = 24;

impl<'s> Builder<'_, 's> {
    /// A list that meets the facts.
    pub(super) fn array(&mut self, facts: &Facts<'s>) -> Option<Value> {
        let (least, most) = facts.lengths("minItems", "maxItems", MOST)?;
        let contained = contained(facts);
        let least = least.max(contained.iter().map(|(_, least)| *least).max().unwrap_or(0));
        let tuple = facts.places().min(most.unwrap_or(usize::MAX));
        let wanted = self.dice.length(least, most).min(least.max(MOST));
        // A tuple is mostly meant as a whole.
        let wanted = if self.dice.one_in(2) { wanted.max(tuple) } else { wanted };
        let unique = facts.is_set("uniqueItems");
        let mut items: Vec<Value> = Vec::new();
        while items.len() < wanted {
            let mut goal = facts.item(items.len());
            goal.extend(contained.iter().filter(|(_, least)| items.len() < *least).map(|(demand, _)| *demand));
            match self.item(&goal, if unique { &items } else { &[] }, items.len()) {
                Some(item) => items.push(item),
                None if items.len() < least => return None,
                None => break,
            }
        }
        Some(Value::Array(items))
    }

    /// An item that is none of those before.
    fn item(&mut self, goal: &[Demand<'s>], before: &[Value], position: usize) -> Option<Value> {
        let token = position.to_string();
        let notes = self.notes.as_ref().map_or(0, Vec::len);
        let item = self.below(&token, goal)?;
        if !before.contains(&item) {
            return Some(item);
        }
        let mut lively = self.dice.lively(position);
        lively.size += position;
        std::mem::swap(&mut self.dice, &mut lively);
        let mut found = None;
        for _ in 0..TRIES {
            if let Some(notes_so_far) = &mut self.notes {
                notes_so_far.truncate(notes);
            }
            found = self.below(&token, goal).filter(|item| !before.contains(item));
            if found.is_some() {
                break;
            }
        }
        std::mem::swap(&mut self.dice, &mut lively);
        found
    }
}

/// What has to be contained, and how often.
fn contained<'s>(facts: &Facts<'s>) -> Vec<(Demand<'s>, usize)> {
    let each = facts.parts.iter().filter_map(|part| {
        let least = part.get("minContains").and_then(Value::as_f64).map_or(1, count);
        Some((Demand::Is(part.get("contains")?), least.min(MOST)))
    });
    each.collect()
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
        Builder::new(&References::of(schema), &mut Patterns::default(), dice, (20_000, 8)).root()
    }

    #[test]
    fn lists_are_as_long_as_they_have_to_be() {
        let schema = json!({ "type": "array", "minItems": 2, "items": { "const": 1 } });
        assert_eq!(built(&schema, Taste::Smallest, 0), Some(json!([1, 1])));
        assert_eq!(built(&json!({ "type": "array" }), Taste::Smallest, 0), Some(json!([])));
        let tuple = json!({ "type": "array", "prefixItems": [{ "const": 1 }], "items": false, "minItems": 1 });
        assert_eq!(built(&tuple, Taste::Any, 3), Some(json!([1])));
        assert_eq!(built(&json!({ "type": "array", "minItems": 100_000_000 }), Taste::Smallest, 0), None);
    }

    #[test]
    fn no_item_comes_twice() {
        let schema = json!({ "type": "array", "minItems": 3, "uniqueItems": true, "items": { "type": "integer", "maximum": 2 } });
        let list = built(&schema, Taste::Smallest, 0).unwrap();
        let list = list.as_array().unwrap();
        assert!(list.len() == 3 && list.iter().enumerate().all(|(at, item)| !list[..at].contains(item)), "{list:?}");
        let two = json!({ "type": "array", "minItems": 3, "uniqueItems": true, "items": { "type": "boolean" } });
        assert_eq!(built(&two, Taste::Smallest, 0), None);
    }

    #[test]
    fn what_has_to_be_contained_is() {
        let schema = json!({ "type": "array", "contains": { "const": 7 }, "minContains": 2, "minItems": 3 });
        let list = built(&schema, Taste::Smallest, 0).unwrap();
        assert_eq!(list, json!([7, 7, "litmus"]));
    }
}
