//! Who makes values for a schema, and hands out only what the validator accepts.

use std::sync::Arc;

use fastrand::Rng;
use jsonschema::Validator;
use serde_json::Value;

use super::{
    builder::{Builder, Note},
    dice::{Dice, Taste},
    effort::Effort,
    pattern::Patterns,
    reference::References,
};
use crate::schema::compile;

/// How much one attempt may cost.
const FUEL: usize = 20_000;
/// The depths at which the smallest value is looked for, one after the other.
const DEPTHS: [usize; 5] = [2, 4, 7, 12, 40];
/// So many values are drawn for one that is accepted.
const DRAWS: usize = 24;

/// Makes values that a schema accepts.
#[derive(Clone, Debug)]
pub struct Maker {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    schema: Value,
    validator: Validator,
    effort: Effort,
}

/// What a maker works with while it makes values: what it has read of the schema.
pub(super) struct Bench<'s> {
    maker: &'s Maker,
    pub(super) references: References<'s>,
    pub(super) patterns: Patterns<'s>,
}

/// The smallest value of a schema that comes to mind; `None` when none was found.
pub fn smallest(schema: &Value) -> Option<Value> {
    Maker::new(schema)?.smallest()
}

impl Maker {
    /// A maker for a schema; none where it cannot be compiled.
    pub fn new(schema: &Value) -> Option<Self> {
        let validator = compile(schema).ok()?;
        let schema = schema.clone();
        let effort = Effort::of(&References::of(&schema));
        Some(Self { inner: Arc::new(Inner { schema, validator, effort }) })
    }

    /// A maker for the arguments of a call, which are an object whether the schema says so or not.
    pub fn of_arguments(schema: &Value) -> Option<Self> {
        let mut schema = schema.clone();
        if let Some(members) = schema.as_object_mut() {
            members.entry("type").or_insert_with(|| "object".into());
        }
        Self::new(&schema)
    }

    /// The schema that it is for.
    pub fn schema(&self) -> &Value {
        &self.inner.schema
    }

    /// Whether the schema accepts a value. One that would take long to judge is not accepted.
    pub fn accepts(&self, value: &Value) -> bool {
        self.can_judge(value) && self.inner.validator.is_valid(value)
    }

    /// The smallest value that comes to mind, with what the author suggests; always the same.
    pub fn smallest(&self) -> Option<Value> {
        let mut bench = self.bench();
        for (trusting, strict) in [(true, false), (false, false), (true, true), (false, true)] {
            for depth in DEPTHS {
                let dice = Dice { trusting, strict, ..Dice::new(Taste::Smallest, 0, 0) };
                if let Some(value) = bench.attempt(dice, depth).filter(|value| self.accepts(value)) {
                    return Some(value);
                }
            }
        }
        self.drawn(&mut bench, Taste::Any, &mut Rng::with_seed(0), 3)
    }

    /// A value by lot, with lists and texts that are about so much longer than they have to be.
    pub fn valid(&self, rng: &mut Rng, size: usize) -> Option<Value> {
        self.drawn(&mut self.bench(), Taste::Any, rng, size)
    }

    /// A value whose texts, lists and numbers are as long, short, high or low as they may be.
    pub fn border(&self, rng: &mut Rng) -> Option<Value> {
        self.drawn(&mut self.bench(), Taste::Border, rng, 4)
    }

    fn drawn(&self, bench: &mut Bench<'_>, taste: Taste, rng: &mut Rng, size: usize) -> Option<Value> {
        (0..DRAWS).find_map(|draw| {
            // The more often it went wrong, the less is risked.
            let size = size.checked_shr(u32::try_from(draw / 4).unwrap_or(0)).unwrap_or(0);
            let depth = [6, 4, 8, 12, 3, 20][draw % 6];
            let strict = draw % 2 == 1;
            let dice = Dice { strict, trusting: draw < DRAWS / 2, ..Dice::new(taste, rng.u64(..), size) };
            bench.attempt(dice, depth).filter(|value| self.accepts(value))
        })
    }

    pub(super) fn can_judge(&self, value: &Value) -> bool {
        self.inner.effort == Effort::Small || self.inner.effort.allows(&References::of(&self.inner.schema), value)
    }

    pub(super) fn validator(&self) -> &Validator {
        &self.inner.validator
    }

    pub(super) fn bench(&self) -> Bench<'_> {
        Bench { maker: self, references: References::of(&self.inner.schema), patterns: Patterns::default() }
    }
}

impl<'s> Bench<'s> {
    fn attempt(&mut self, dice: Dice, depth: usize) -> Option<Value> {
        self.builder(dice, depth).root()
    }

    /// A builder of one value.
    pub(super) fn builder(&mut self, dice: Dice, depth: usize) -> Builder<'_, 's> {
        Builder::new(&self.references, &mut self.patterns, dice, (FUEL, depth))
    }

    /// A value that is accepted, and what was asked of each of its places.
    pub(super) fn noted(&mut self, taste: Taste, seed: u64) -> Option<(Value, Vec<Note<'s>>)> {
        for (depth, strict) in [(6, false), (4, true), (8, false), (12, true), (3, false)] {
            let mut builder = self.builder(Dice { strict, ..Dice::new(taste, seed, 3) }, depth);
            builder.notes = Some(Vec::new());
            let value = builder.root();
            let notes = builder.notes.take().unwrap_or_default();
            if let Some(value) = value.filter(|value| self.maker.accepts(value)) {
                return Some((value, notes));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_is_required_is_given() {
        let schema = json!({
            "type": "object", "required": ["city", "days", "unit", "tags"],
            "properties": {
                "city": { "type": "string", "minLength": 8 }, "days": { "type": "integer", "minimum": 3 },
                "unit": { "enum": ["C", "F"] }, "note": { "type": "string" },
                "tags": { "type": "array", "minItems": 2, "items": { "$ref": "#/$defs/tag" } },
            },
            "$defs": { "tag": { "type": "string", "format": "uuid" } },
        });
        let value = smallest(&schema).unwrap();
        assert_eq!((&value["days"], &value["unit"], value.get("note")), (&json!(3), &json!("C"), None));
        assert_eq!(value["tags"].as_array().unwrap().len(), 2);
    }

    #[test]
    fn what_the_author_suggests_wrongly_is_left_out() {
        let schema = json!({ "type": "object", "required": ["a"], "default": { "b": 1 }, "properties": { "a": { "const": 7 } } });
        assert_eq!(smallest(&schema), Some(json!({ "a": 7 })));
    }

    #[test]
    fn what_cannot_be_met_or_compiled_is_not_pretended() {
        assert_eq!(smallest(&json!({ "type": "string", "minLength": 2, "maxLength": 1 })), None);
        assert_eq!(smallest(&json!({ "type": 5 })), None);
        assert_eq!(smallest(&json!({ "$ref": "https://example.com/elsewhere" })), None);
    }

    #[test]
    fn arguments_are_an_object() {
        for schema in [json!({}), json!({ "$schema": "http://json-schema.org/draft-07/schema#" })] {
            let maker = Maker::of_arguments(&schema).unwrap();
            assert_eq!(maker.smallest(), Some(json!({})));
            assert!(maker.breaks().iter().any(|one| one.keyword == "type"));
        }
        assert_eq!(Maker::of_arguments(&json!({ "type": "string" })).unwrap().smallest(), Some(json!("litmus")));
    }

    #[test]
    fn a_tree_ends() {
        let tree = json!({ "type": "object", "required": ["left", "right"], "properties": {
            "left": { "oneOf": [{ "$ref": "#" }, { "type": "null" }] }, "right": { "$ref": "#/properties/left" } } });
        assert_eq!(smallest(&tree), Some(json!({ "left": null, "right": null })));
        let maker = Maker::new(&tree).unwrap();
        let sizes: Vec<usize> = (0..30)
            .filter_map(|seed| maker.valid(&mut Rng::with_seed(seed), 4))
            .map(|value| value.to_string().len())
            .collect();
        assert!(sizes.len() == 30 && sizes.iter().any(|size| *size > 60), "{sizes:?}");
    }
}
