//! Everything that is asked of one value, after references and branches: what the makers of values look at.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::{demand::Demand, kinds::Kinds};

/// All of it has to hold at once.
#[derive(Clone, Debug)]
pub(super) struct Facts<'s> {
    /// The schemas that have to accept the value.
    pub(super) parts: Vec<&'s Map<String, Value>>,
    pub(super) kinds: Kinds,
    /// What it must not be.
    pub(super) barred: Vec<&'s Value>,
    /// Members that must be there.
    pub(super) needed: Vec<&'s str>,
    /// Members that must not.
    pub(super) unwanted: HashSet<&'s str>,
    /// What is asked of members besides.
    pub(super) members: Vec<(&'s str, Demand<'s>)>,
    /// Bounds besides, by keyword.
    pub(super) limits: Vec<(&'static str, f64)>,
    /// Two demands are known to contradict each other.
    pub(super) hopeless: bool,
}

impl<'s> Facts<'s> {
    pub(super) fn new() -> Self {
        Self {
            parts: Vec::new(),
            kinds: Kinds::ALL,
            barred: Vec::new(),
            needed: Vec::new(),
            unwanted: HashSet::new(),
            members: Vec::new(),
            limits: Vec::new(),
            hopeless: false,
        }
    }

    /// The values that a keyword has.
    pub(super) fn all(&self, keyword: &str) -> impl Iterator<Item = &'s Value> {
        self.parts.iter().filter_map(move |part| part.get(keyword))
    }

    pub(super) fn texts(&self, keyword: &str) -> impl Iterator<Item = &'s str> {
        self.all(keyword).filter_map(Value::as_str)
    }

    pub(super) fn is_set(&self, keyword: &str) -> bool {
        self.all(keyword).any(|value| value == &Value::Bool(true))
    }

    fn bounds(&self, keyword: &str) -> impl Iterator<Item = f64> {
        let denied = self.limits.iter().filter(move |(name, _)| *name == keyword).map(|(_, bound)| *bound);
        self.all(keyword).filter_map(Value::as_f64).chain(denied)
    }

    /// The highest of lower bounds.
    pub(super) fn low(&self, keyword: &str) -> Option<f64> {
        self.bounds(keyword).reduce(f64::max)
    }

    /// The lowest of upper bounds.
    pub(super) fn high(&self, keyword: &str) -> Option<f64> {
        self.bounds(keyword).reduce(f64::min)
    }

    /// The bounds of a length. `None` when nothing is as short as it has to be, or only what is longer than `limit`.
    pub(super) fn lengths(&self, least: &str, most: &str, limit: usize) -> Option<(usize, Option<usize>)> {
        let least = self.low(least).map_or(0, count);
        let most = self.high(most).map(count);
        (least <= limit && most.is_none_or(|most| least <= most)).then_some((least, most))
    }

    /// What is asked of the member of a name, by the schemas that name it. `fits` says whether a pattern does.
    pub(super) fn member(&self, name: &str, mut fits: impl FnMut(&'s str) -> bool) -> Vec<Demand<'s>> {
        let mut demands: Vec<Demand<'s>> =
            self.members.iter().filter(|(other, _)| *other == name).map(|(_, demand)| *demand).collect();
        let mut evaluated = false;
        for part in &self.parts {
            let own = part.get("properties").and_then(|properties| properties.get(name));
            let patterns = part.get("patternProperties").and_then(Value::as_object);
            let by_pattern =
                patterns.into_iter().flatten().filter(|(pattern, _)| fits(pattern)).map(|(_, found)| found);
            let mut found: Vec<&Value> = own.into_iter().chain(by_pattern).collect();
            if found.is_empty() {
                found.extend(part.get("additionalProperties"));
            }
            evaluated |= !found.is_empty();
            demands.extend(found.into_iter().map(Demand::Is));
        }
        if !evaluated {
            demands.extend(self.all("unevaluatedProperties").map(Demand::Is));
        }
        demands
    }

    /// What is asked of the item at a position.
    pub(super) fn item(&self, position: usize) -> Vec<Demand<'s>> {
        let mut demands: Vec<Demand<'s>> =
            self.parts.iter().filter_map(|part| item(part, position)).map(Demand::Is).collect();
        if demands.is_empty() {
            demands.extend(self.all("unevaluatedItems").map(Demand::Is));
        }
        demands
    }

    /// How many items have a schema of their own.
    pub(super) fn places(&self) -> usize {
        let lists = self.all("prefixItems").chain(self.all("items")).filter_map(Value::as_array);
        lists.map(Vec::len).max().unwrap_or(0)
    }
}

fn item(part: &Map<String, Value>, position: usize) -> Option<&Value> {
    let (places, rest) = match (part.get("prefixItems"), part.get("items")) {
        (Some(Value::Array(places)), rest) => (places.as_slice(), rest),
        (_, Some(Value::Array(places))) => (places.as_slice(), part.get("additionalItems")),
        (_, rest) => (&[][..], rest),
    };
    places.get(position).or(rest)
}

/// A bound as a length.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a bound below 0 is 0, one too high the highest"
)]
pub(super) fn count(bound: f64) -> usize {
    bound.ceil() as usize
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn with<T>(parts: &[Value], see: impl FnOnce(&Facts<'_>) -> T) -> T {
        let mut facts = Facts::new();
        facts.parts = parts.iter().filter_map(Value::as_object).collect();
        see(&facts)
    }

    #[test]
    fn the_narrowest_bounds_count() {
        let parts = [json!({ "minLength": 2, "maxLength": 9 }), json!({ "minLength": 4 })];
        assert_eq!(with(&parts, |facts| facts.lengths("minLength", "maxLength", 100)), Some((4, Some(9))));
        assert_eq!(with(&parts, |facts| facts.lengths("minLength", "maxLength", 3)), None);
        let none = [json!({ "minItems": 4 }), json!({ "maxItems": 3 })];
        assert_eq!(with(&none, |facts| facts.lengths("minItems", "maxItems", 100)), None);
    }

    #[test]
    fn a_member_hears_of_all_who_speak_of_it() {
        let parts = [
            json!({ "properties": { "a": {} }, "additionalProperties": false }),
            json!({ "patternProperties": { "^a": { "type": "null" } }, "unevaluatedProperties": false }),
        ];
        with(&parts, |facts| {
            assert_eq!(facts.member("a", |pattern| pattern == "^a").len(), 2);
            assert!(matches!(facts.member("b", |_| false)[..], [Demand::Is(Value::Bool(false))]));
        });
    }

    #[test]
    fn an_item_is_told_by_its_place_or_with_the_rest() {
        for part in [
            json!({ "prefixItems": [{ "const": 1 }], "items": false }),
            json!({ "items": [{ "const": 1 }], "additionalItems": false }),
        ] {
            with(&[part], |facts| {
                assert!(matches!(facts.item(0)[..], [Demand::Is(Value::Object(_))]));
                assert!(matches!(facts.item(1)[..], [Demand::Is(Value::Bool(false))]));
                assert_eq!(facts.places(), 1);
            });
        }
    }
}
