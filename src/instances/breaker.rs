//! Values that a schema refuses for one reason, which is known.

use fastrand::Rng;
use jsonschema::ValidationError;
use serde_json::Value;

use super::{
    builder::Note,
    dice::{Dice, Taste},
    maker::{Bench, Maker},
    ruin::{Ruin, ruins},
};

/// So many broken values are kept of one schema.
const MOST: usize = 400;
/// So many are kept of one keyword at one place.
const ALIKE: usize = 6;
/// So many values are judged for them.
const JUDGED: usize = 4_000;
/// So many errors of one value are looked at.
const ERRORS: usize = 12;

/// A value that a schema refuses.
#[derive(Clone, Debug, PartialEq)]
pub struct Break {
    /// The whole value.
    pub value: Value,
    /// The keyword that it does not meet.
    pub keyword: &'static str,
    /// The JSON pointer of what does not meet it.
    pub place: String,
    /// Whether it meets all other keywords, everywhere.
    pub alone: bool,
}

/// The keywords that can be broken.
const KEYWORDS: &[&str] = &[
    "type",
    "required",
    "enum",
    "const",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "minItems",
    "maxItems",
    "uniqueItems",
    "contains",
    "additionalItems",
    "unevaluatedItems",
    "items",
    "minProperties",
    "maxProperties",
    "additionalProperties",
    "unevaluatedProperties",
    "propertyNames",
    "dependentRequired",
    "dependencies",
    "properties",
    "patternProperties",
    "not",
    "oneOf",
    "anyOf",
];

impl Maker {
    /// All the ways that were found to break a value, each keyword at each place first alone; always the same.
    pub fn breaks(&self) -> Vec<Break> {
        let mut bench = self.bench();
        let mut found: Vec<Break> = Vec::new();
        let mut judged = 0;
        let bases = [(Taste::Smallest, 0), (Taste::Full, 1), (Taste::Full, 2), (Taste::Full, 3), (Taste::Any, 4)];
        for (taste, seed) in bases {
            let Some((value, notes)) = bench.noted(taste, seed) else {
                continue;
            };
            for note in &notes {
                for ruin in at(&mut bench, &value, note, seed) {
                    judged += 1;
                    if judged > JUDGED || found.len() >= MOST {
                        return only_best(found);
                    }
                    found.extend(self.broken_by(&value, note, ruin).filter(|new| is_new(&found, new)));
                }
            }
        }
        only_best(found)
    }

    /// A broken value by lot.
    pub fn broken(&self, rng: &mut Rng) -> Option<Break> {
        let mut bench = self.bench();
        for _ in 0..4 {
            let Some((value, notes)) = bench.noted(Taste::Any, rng.u64(..)) else {
                continue;
            };
            for _ in 0..12 {
                let Some(note) = rng.choice(&notes) else {
                    continue;
                };
                let mut ways = at(&mut bench, &value, note, rng.u64(..));
                if ways.is_empty() {
                    continue;
                }
                let way = ways.swap_remove(rng.usize(..ways.len()));
                let broken = self.broken_by(&value, note, way).filter(|broken| broken.alone);
                if broken.is_some() {
                    return broken;
                }
            }
        }
        let mut all = self.breaks();
        if all.is_empty() { None } else { Some(all.swap_remove(rng.usize(..all.len()))) }
    }

    fn broken_by(&self, whole: &Value, note: &Note<'_>, ruin: Ruin) -> Option<Break> {
        let mut value = whole.clone();
        *value.pointer_mut(&note.place)? = ruin.value;
        let (intended, place) = (ruin.keyword, note.place.clone());
        if !self.can_judge(&value) {
            return None;
        }
        let mut reasons: Vec<(&'static str, String)> = Vec::new();
        for reason in self.validator().iter_errors(&value).take(ERRORS).filter_map(|error| reason(&error)) {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        match reasons.len() {
            0 => None,
            1 => reasons.pop().map(|(keyword, place)| Break { value, keyword, place, alone: true }),
            _ if reasons.iter().any(|reason| reason.0 == intended && reason.1 == place) => {
                Some(Break { value, keyword: intended, place, alone: false })
            }
            _ => None,
        }
    }
}

fn at<'s>(bench: &mut Bench<'s>, whole: &Value, note: &Note<'s>, seed: u64) -> Vec<Ruin> {
    let Some(value) = whole.pointer(&note.place) else {
        return Vec::new();
    };
    ruins(&note.facts, value, &mut bench.builder(Dice::new(Taste::Full, seed, 3), 8))
}

/// The keyword and the place of an error.
fn reason(error: &ValidationError<'_>) -> Option<(&'static str, String)> {
    let path = error.schema_path().as_str();
    let mut segments = path.rsplit('/');
    let told = error.kind().keyword();
    let known = |name: &str| KEYWORDS.iter().copied().find(|keyword| *keyword == name);
    let keyword = match told {
        "required" => segments.take(2).find_map(|name| known(name).filter(|name| *name != "properties")),
        "falseSchema" => segments.find_map(known),
        told => known(told),
    };
    Some((keyword?, error.instance_path().as_str().to_owned()))
}

fn is_new(found: &[Break], new: &Break) -> bool {
    let alike =
        found.iter().filter(|old| old.keyword == new.keyword && old.place == new.place && old.alone == new.alone);
    alike.clone().count() < ALIKE && !alike.into_iter().any(|old| old.value == new.value)
}

/// What breaks more than one keyword is left out where another breaks that keyword alone.
fn only_best(found: Vec<Break>) -> Vec<Break> {
    let alone: Vec<(&str, String)> =
        found.iter().filter(|one| one.alone).map(|one| (one.keyword, one.place.clone())).collect();
    let is_best =
        |one: &Break| one.alone || !alone.iter().any(|(keyword, place)| *keyword == one.keyword && *place == one.place);
    found.into_iter().filter(is_best).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn breaks(schema: &Value) -> Vec<(String, Value)> {
        let all = Maker::new(schema).unwrap().breaks();
        all.into_iter().map(|one| (format!("{} {}", one.keyword, one.place), one.value)).collect()
    }

    #[test]
    fn each_break_says_what_it_breaks_and_where() {
        let schema = json!({
            "type": "object", "required": ["a"], "additionalProperties": false,
            "properties": { "a": { "type": "string", "maxLength": 3 }, "b": { "enum": [1, 2] } },
        });
        let names: Vec<String> = breaks(&schema).into_iter().map(|(name, _)| name).collect();
        for wanted in ["type ", "required ", "additionalProperties ", "type /a", "maxLength /a", "enum /b"] {
            assert!(names.iter().any(|name| name == wanted), "{wanted}: {names:?}");
        }
    }

    #[test]
    fn a_format_is_broken_only_where_it_is_asserted() {
        let broken = |dialect: &str| {
            let schema = json!({ "$schema": dialect, "type": "string", "format": "ipv4" });
            breaks(&schema).iter().any(|(name, _)| name == "format ")
        };
        assert!(broken("http://json-schema.org/draft-07/schema#"));
        assert!(!broken("https://json-schema.org/draft/2020-12/schema"));
    }

    #[test]
    fn a_seed_says_which_break_it_is() {
        let maker = Maker::new(&json!({ "type": "object", "properties": { "a": { "type": "integer" } } })).unwrap();
        let draw = |seed| maker.broken(&mut Rng::with_seed(seed));
        assert_eq!(draw(3), draw(3));
        assert!((0..20).all(|seed| draw(seed).is_some_and(|one| !maker.accepts(&one.value))));
    }

    #[test]
    fn what_accepts_everything_cannot_be_broken() {
        assert_eq!(Maker::new(&json!(true)).unwrap().breaks(), []);
        assert_eq!(Maker::new(&json!({})).unwrap().broken(&mut Rng::with_seed(1)), None);
    }
}
