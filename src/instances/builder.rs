//! Builds one value from demands, with a limited amount of fuel.

use std::rc::Rc;

use serde_json::{Value, json};

use super::{
    demand::Demand,
    dice::Dice,
    facts::Facts,
    flatten::Flattener,
    given::{Given, given},
    kinds::Kinds,
    pattern::Patterns,
    reference::References,
};

/// So many ways through the branches of one schema are tried.
const TRIES: usize = 24;

/// A place of a value, and what was asked of it.
#[derive(Clone)]
pub(super) struct Note<'s> {
    /// The JSON pointer.
    pub(super) place: String,
    pub(super) facts: Rc<Facts<'s>>,
}

/// Builds values. What it builds is likely to be right; whether it is, a validator has to say.
pub(super) struct Builder<'a, 's> {
    references: &'a References<'s>,
    pub(super) patterns: &'a mut Patterns<'s>,
    pub(super) dice: Dice,
    fuel: usize,
    /// How many levels lie above.
    pub(super) level: usize,
    depth: usize,
    path: String,
    /// What was asked of each place, if somebody wants to know.
    pub(super) notes: Option<Vec<Note<'s>>>,
}

impl<'a, 's> Builder<'a, 's> {
    pub(super) fn new(
        references: &'a References<'s>,
        patterns: &'a mut Patterns<'s>,
        dice: Dice,
        limits: (usize, usize),
    ) -> Self {
        let (fuel, depth) = limits;
        Self { references, patterns, dice, fuel, level: 0, depth, path: String::new(), notes: None }
    }

    /// A value for the whole schema.
    pub(super) fn root(&mut self) -> Option<Value> {
        self.build(&[Demand::Is(self.references.root())])
    }

    /// A value that meets these demands.
    pub(super) fn build(&mut self, goal: &[Demand<'s>]) -> Option<Value> {
        if self.level >= self.depth {
            return None;
        }
        for attempt in 0..TRIES {
            let (facts, ways) = self.facts(goal, attempt)?;
            if !facts.hopeless {
                let before = self.notes.as_ref().map_or(0, Vec::len);
                let value = self.value(&facts).filter(|value| !facts.barred.contains(&value));
                if let Some(value) = value {
                    self.note(facts);
                    return Some(value);
                }
                if let Some(notes) = &mut self.notes {
                    notes.truncate(before);
                }
            }
            if attempt as u64 + 1 >= ways {
                break;
            }
        }
        None
    }

    /// What follows from demands; `None` when the fuel is gone.
    pub(super) fn facts(&mut self, goal: &[Demand<'s>], attempt: usize) -> Option<(Facts<'s>, u64)> {
        let number = self.dice.branches(attempt);
        let mut flattener = Flattener::new(self.references, number, self.dice.strict, self.fuel);
        let spent = flattener.run(goal);
        self.spend(spent + 1)?;
        Some((flattener.facts, flattener.ways))
    }

    /// Builds one level further down.
    pub(super) fn below(&mut self, token: &str, goal: &[Demand<'s>]) -> Option<Value> {
        let before = self.path.len();
        if self.notes.is_some() {
            self.path.push('/');
            self.path.push_str(&token.replace('~', "~0").replace('/', "~1"));
        }
        self.level += 1;
        let value = self.build(goal);
        self.level -= 1;
        self.path.truncate(before);
        value
    }

    pub(super) fn spend(&mut self, fuel: usize) -> Option<()> {
        self.fuel = self.fuel.saturating_sub(fuel);
        (self.fuel > 0).then_some(())
    }

    fn note(&mut self, facts: Facts<'s>) {
        if let Some(notes) = &mut self.notes {
            notes.push(Note { place: self.path.clone(), facts: Rc::new(facts) });
        }
    }

    fn value(&mut self, facts: &Facts<'s>) -> Option<Value> {
        match given(facts, &mut self.dice, self.patterns) {
            Given::This(value) => {
                self.spend(1)?;
                return Some(value.clone());
            }
            Given::Nothing => return None,
            Given::Open => {}
        }
        let kinds = self.kinds(facts);
        kinds.into_iter().find_map(|kind| self.of_kind(kind, facts))
    }

    /// The kinds in the order in which they are tried.
    fn kinds(&mut self, facts: &Facts<'s>) -> Vec<Kinds> {
        let named = facts.all("type").next();
        let listed = named.and_then(Value::as_array).into_iter().flatten().map(Kinds::named);
        let implied = if named.is_none() { implied(facts) } else { Kinds::NULL };
        let mut kinds: Vec<Kinds> = Vec::new();
        let null_last = |kind: &Kinds| *kind != Kinds::NULL;
        for kind in listed.chain([implied]).filter(null_last).flat_map(Kinds::each).chain(facts.kinds.each()) {
            if facts.kinds.holds(kind) && !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        // Whatever is accepted comes in every kind, but mostly in the one that was meant.
        if named.is_some() || self.dice.one_in(6) {
            let first = self.dice.below(kinds.len());
            kinds.rotate_left(first);
        }
        kinds
    }

    fn of_kind(&mut self, kind: Kinds, facts: &Facts<'s>) -> Option<Value> {
        match kind {
            Kinds::OBJECT => self.object(facts),
            Kinds::ARRAY => self.array(facts),
            Kinds::STRING => self.string(facts).map(Value::String),
            Kinds::INTEGER => self.integer(facts),
            Kinds::FRACTION => self.fraction(facts),
            Kinds::BOOLEAN => {
                let values = [json!(true), json!(false)];
                let first = self.dice.below(2);
                let mut order = [&values[first], &values[1 - first]].into_iter();
                order.find(|value| !facts.barred.contains(value)).cloned()
            }
            _ => Some(Value::Null),
        }
    }
}

/// The kind that is meant where none is named.
fn implied(facts: &Facts<'_>) -> Kinds {
    const SIGNS: [(&[&str], Kinds); 4] = [
        (&["properties", "required", "additionalProperties", "patternProperties", "minProperties"], Kinds::OBJECT),
        (&["items", "prefixItems", "minItems", "contains"], Kinds::ARRAY),
        (&["minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"], Kinds::NUMBER),
        (&["pattern", "format", "minLength"], Kinds::STRING),
    ];
    let denied = || facts.limits.iter().map(|(keyword, _)| *keyword);
    let found = SIGNS.iter().find(|(signs, _)| {
        signs.iter().any(|sign| facts.all(sign).next().is_some() || denied().any(|keyword| keyword == *sign))
    });
    found.map_or(if facts.needed.is_empty() { Kinds::STRING } else { Kinds::OBJECT }, |(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instances::dice::Taste;

    fn smallest(schema: &Value, fuel: usize, depth: usize) -> Option<Value> {
        let dice = Dice::new(Taste::Smallest, 0, 0);
        Builder::new(&References::of(schema), &mut Patterns::default(), dice, (fuel, depth)).root()
    }

    #[test]
    fn a_kind_is_named_or_implied() {
        for (schema, value) in [
            (json!({ "type": ["null", "integer"] }), json!(1)),
            (json!({ "properties": { "a": {} } }), json!({})),
            (json!({ "items": {} }), json!([])),
            (json!({}), json!("litmus")),
            (json!({ "not": { "type": ["string", "object", "array", "number"] } }), json!(true)),
            (json!({ "type": "boolean", "not": { "const": true } }), json!(false)),
            (json!({ "type": "null" }), json!(null)),
        ] {
            assert_eq!(smallest(&schema, 1_000, 8), Some(value), "{schema}");
        }
    }

    #[test]
    fn fuel_and_depth_have_an_end() {
        let nested = json!({ "type": "object", "required": ["a"], "properties": { "a": { "type": "object", "required": ["b"] } } });
        assert_eq!(smallest(&nested, 1_000, 3), Some(json!({ "a": { "b": "litmus" } })));
        assert_eq!(smallest(&nested, 1_000, 2), None);
        assert_eq!(smallest(&nested, 3, 3), None);
    }

    #[test]
    fn notes_say_what_was_asked_of_each_place() {
        let schema = json!({ "required": ["a/b"], "properties": { "a/b": { "type": "array", "minItems": 2 } } });
        let references = References::of(&schema);
        let mut patterns = Patterns::default();
        let dice = Dice::new(Taste::Smallest, 0, 0);
        let mut builder = Builder::new(&references, &mut patterns, dice, (1_000, 8));
        builder.notes = Some(Vec::new());
        builder.root().unwrap();
        let places: Vec<String> = builder.notes.unwrap().into_iter().map(|note| note.place).collect();
        assert_eq!(places, ["/a~1b/0", "/a~1b/1", "/a~1b", ""]);
    }
}
