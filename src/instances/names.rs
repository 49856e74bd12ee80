//! Names for members that a schema does not name itself.

use serde_json::{Map, Value};

use super::{builder::Builder, demand::Demand, facts::Facts};

impl<'s> Builder<'_, 's> {
    /// A name of our own, another one for each number.
    pub(super) fn name(&mut self, facts: &Facts<'s>, number: usize) -> Option<String> {
        let patterns: Vec<&'s str> = facts
            .all("patternProperties")
            .filter_map(Value::as_object)
            .flat_map(Map::keys)
            .map(String::as_str)
            .collect();
        let mut lively = self.dice.lively(number);
        lively.size += number;
        let dice = if number > 1 { &mut lively } else { &mut self.dice };
        if let Some(pattern) = patterns.get((number - 1) % patterns.len().max(1)) {
            return self.patterns.sample(pattern, dice.size.min(24), dice);
        }
        let goal: Vec<Demand<'s>> = facts.all("propertyNames").map(Demand::Is).collect();
        if goal.is_empty() {
            let suffix = if number == 1 { String::new() } else { number.to_string() };
            return Some(format!("litmus{suffix}"));
        }
        if number > 1 {
            std::mem::swap(&mut self.dice, &mut lively);
        }
        let notes = self.notes.take();
        let found = self.facts(&goal, number - 1).and_then(|(facts, _)| self.text(&facts));
        self.notes = notes;
        if number > 1 {
            std::mem::swap(&mut self.dice, &mut lively);
        }
        found
    }

    /// Whether nothing at the surface speaks against a name.
    pub(super) fn may_be_named(&mut self, facts: &Facts<'s>, name: &str) -> bool {
        let goal: Vec<Demand<'s>> = facts.all("propertyNames").map(Demand::Is).collect();
        if goal.is_empty() {
            return true;
        }
        let text = Value::String(name.to_owned());
        let rules = self.facts(&goal, 0);
        rules.is_some_and(|(rules, _)| !rules.hopeless && rules.admits(&text, self.patterns))
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

    #[test]
    fn names_meet_what_is_asked_of_names() {
        for names in
            [json!({ "pattern": "^[a-z]{2,4}$" }), json!({ "enum": ["ab", "cd", "ef"] }), json!({ "maxLength": 4 })]
        {
            let schema = json!({ "type": "object", "propertyNames": names, "minProperties": 3 });
            let references = References::of(&schema);
            let mut patterns = Patterns::default();
            let dice = Dice::new(Taste::Smallest, 0, 0);
            let built = Builder::new(&references, &mut patterns, dice, (5_000, 4)).root().unwrap();
            let object = built.as_object().unwrap();
            assert_eq!(object.len(), 3, "{schema}");
            assert!(object.keys().all(|name| (2..=4).contains(&name.len())), "{built}");
        }
    }
}
