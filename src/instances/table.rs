//! Schemas of every keyword, and what holds for all of them.

use fastrand::Rng;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Break, Maker};

/// Schemas with the keywords that a break of them has to name.
fn table() -> Vec<(Value, &'static [&'static str])> {
    let mut all = plain();
    all.extend(composed());
    all.extend(old());
    all
}

fn plain() -> Vec<(Value, &'static [&'static str])> {
    vec![
        (json!({ "type": "string", "minLength": 2, "maxLength": 4 }), &["type", "minLength", "maxLength"]),
        (json!({ "type": "string", "pattern": "^[a-f]{3}-\\d+$", "maxLength": 9 }), &["pattern", "maxLength"]),
        (json!({ "type": "string", "pattern": "^(?!x)(?=.*[A-Z])[\\w]{6,}$" }), &["pattern"]),
        (
            json!({ "type": "integer", "minimum": 3, "maximum": 9, "multipleOf": 3 }),
            &["minimum", "maximum", "multipleOf"],
        ),
        (
            json!({ "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1 }),
            &["exclusiveMinimum", "exclusiveMaximum"],
        ),
        (json!({ "enum": ["a", 1, null, { "b": [] }] }), &["enum"]),
        (json!({ "const": { "a": [1, "b"] } }), &["const"]),
        (json!({ "type": ["boolean", "null"] }), &["type"]),
        (
            json!({ "type": "array", "items": { "type": "integer" }, "minItems": 2, "maxItems": 4, "uniqueItems": true }),
            &["minItems", "maxItems", "uniqueItems", "type"],
        ),
        (
            json!({ "type": "array", "prefixItems": [{ "type": "string" }, { "const": 2 }], "items": false }),
            &["type", "items"],
        ),
        (json!({ "type": "array", "contains": { "minimum": 5, "type": "number" }, "minContains": 2 }), &["contains"]),
        (
            json!({ "type": "array", "prefixItems": [{ "type": "null" }], "unevaluatedItems": false }),
            &["unevaluatedItems"],
        ),
        (
            json!({ "type": "object", "required": ["a"], "properties": { "a": { "type": "string" }, "b": { "type": "null" } },
                "additionalProperties": false }),
            &["required", "additionalProperties", "type"],
        ),
        (
            json!({ "type": "object", "minProperties": 2, "maxProperties": 3, "propertyNames": { "pattern": "^[a-z]+$" } }),
            &["minProperties", "maxProperties", "propertyNames"],
        ),
        (
            json!({ "type": "object", "patternProperties": { "^n": { "type": "number" } }, "additionalProperties": { "type": "string" },
                "minProperties": 1 }),
            &["type", "minProperties"],
        ),
        (
            json!({ "type": "object", "properties": { "card": { "type": "string" } }, "dependentRequired": { "card": ["cvv"] } }),
            &["dependentRequired"],
        ),
    ]
}

fn composed() -> Vec<(Value, &'static [&'static str])> {
    let node = json!({ "type": "object", "required": ["value"], "properties": {
        "value": { "type": "integer" }, "next": { "anyOf": [{ "$ref": "#/$defs/node" }, { "type": "null" }] } } });
    vec![
        (
            json!({ "type": "object", "properties": { "a": {} }, "dependentSchemas": { "a": { "required": ["b"] } } }),
            &["required"],
        ),
        (json!({ "not": { "type": ["string", "object"] }, "type": ["string", "integer"] }), &["not"]),
        (json!({ "type": "object", "properties": { "a": {} }, "not": { "required": ["b"] } }), &["not"]),
        (json!({ "oneOf": [{ "type": "integer" }, { "type": "number", "minimum": 5 }] }), &["oneOf"]),
        (
            json!({ "oneOf": [
                { "type": "object", "properties": { "kind": { "const": "a" }, "x": { "type": "integer" } }, "required": ["kind", "x"] },
                { "type": "object", "properties": { "kind": { "const": "b" } }, "required": ["kind"] } ] }),
            &["oneOf"],
        ),
        (json!({ "type": "object", "oneOf": [{ "required": ["a"] }, { "required": ["b"] }] }), &["oneOf"]),
        (json!({ "anyOf": [{ "type": "string", "maxLength": 2 }, { "type": "null" }] }), &["anyOf"]),
        (
            json!({ "allOf": [{ "type": "object", "required": ["a"] }, { "properties": { "a": { "minimum": 2 } } }],
                "properties": { "a": { "type": "integer", "maximum": 4 } }, "unevaluatedProperties": false }),
            &["required", "minimum", "maximum", "unevaluatedProperties"],
        ),
        (
            json!({ "type": "object", "properties": { "unit": { "enum": ["m", "s"] }, "n": { "type": "integer" } }, "required": ["unit"],
                "if": { "properties": { "unit": { "const": "m" } } }, "then": { "required": ["n"] }, "else": { "maxProperties": 1 } }),
            &["enum", "required"],
        ),
        (json!({ "$ref": "#/$defs/node", "$defs": { "node": node } }), &["required", "type"]),
        (json!({ "$ref": "#name", "$defs": { "a": { "$anchor": "name", "type": "boolean" } } }), &["type"]),
        (
            json!({ "$id": "https://example.com/root", "$ref": "item",
                "$defs": { "a": { "$id": "https://example.com/item", "type": "integer" } } }),
            &["type"],
        ),
        (json!({ "type": "array", "minItems": 1, "items": { "$ref": "#" }, "maxItems": 0, "not": {} }), &[]),
        (json!(true), &[]),
        (json!({}), &[]),
    ]
}

fn old() -> Vec<(Value, &'static [&'static str])> {
    let with = |mut schema: Value| {
        schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
        schema
    };
    vec![
        (
            with(json!({ "type": "object", "required": ["at"], "properties": {
                "at": { "type": "string", "format": "date-time" }, "to": { "$ref": "#/definitions/to", "type": "null" } },
                "definitions": { "to": { "type": "string", "format": "email", "minLength": 25 } } })),
            &["format", "required", "minLength"],
        ),
        (
            with(json!({ "type": "array", "items": [{ "type": "integer" }], "additionalItems": false, "minItems": 1 })),
            &["minItems", "type"],
        ),
        (
            with(
                json!({ "type": "object", "properties": { "a": {} }, "dependencies": { "a": ["b"], "c": { "required": ["d"] } } }),
            ),
            &["dependencies"],
        ),
        (
            with(json!({ "type": "string", "format": "uri", "pattern": "^https://", "maxLength": 40 })),
            &["pattern", "format", "maxLength"],
        ),
    ]
}

/// Whether nothing at all meets the schema.
fn is_empty(schema: &Value) -> bool {
    schema.get("not") == Some(&json!({}))
}

#[test]
fn there_is_a_smallest_value_of_each_schema_and_always_the_same() {
    for (schema, _) in table() {
        let maker = Maker::new(&schema).unwrap();
        let smallest = maker.smallest();
        assert_eq!(smallest.is_none(), is_empty(&schema), "{schema}");
        assert_eq!(smallest, maker.smallest());
        assert!(smallest.is_none_or(|value| maker.accepts(&value)), "{schema}");
    }
}

#[test]
fn each_keyword_is_broken_alone_and_named() {
    for (schema, keywords) in table() {
        let maker = Maker::new(&schema).unwrap();
        let breaks = maker.breaks();
        for keyword in keywords {
            let found = breaks.iter().any(|one| one.keyword == *keyword && one.alone);
            let told: Vec<_> =
                breaks.iter().map(|one| (one.keyword, &one.place, one.alone, one.value.to_string())).collect();
            assert!(found, "{keyword} of {schema}: {told:?}");
        }
        assert!(breaks.iter().all(|one| !maker.accepts(&one.value)), "{schema}");
        assert_eq!(breaks, maker.breaks());
    }
}

#[test]
fn values_differ_from_seed_to_seed() {
    for (schema, _) in table() {
        let maker = Maker::new(&schema).unwrap();
        let draw = |seed| maker.valid(&mut Rng::with_seed(seed), 6);
        let values: Vec<Option<Value>> = (0..24).map(draw).collect();
        assert_eq!(values[3], draw(3), "{schema}");
        let settled = is_empty(&schema) || schema.get("const").is_some();
        assert!(settled || values.iter().any(|value| value != &values[0]), "{schema}: {:?}", values[0]);
        assert_eq!(values.iter().all(Option::is_some), !is_empty(&schema), "{schema}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_made_is_valid_and_what_is_broken_is_not(seed: u64, size in 0_usize..20, index: prop::sample::Index) {
        let table = table();
        let (schema, _) = index.get(&table);
        let maker = Maker::new(schema).unwrap();
        let judge = crate::schema::compile(schema).unwrap();
        let mut rng = Rng::with_seed(seed);
        for value in [maker.valid(&mut rng, size), maker.border(&mut rng)].into_iter().flatten() {
            prop_assert!(judge.is_valid(&value), "{schema}: {value}");
        }
        if let Some(Break { value, keyword, alone: true, place }) = maker.broken(&mut rng) {
            let errors: Vec<String> = judge.iter_errors(&value).map(|error| error.instance_path().to_string()).collect();
            prop_assert!(!errors.is_empty() && errors.iter().all(|path| *path == place), "{keyword} {schema}: {value}");
        }
    }
}

#[test]
fn borders_are_hit() {
    let schema = json!({ "type": "object", "required": ["text", "list", "number"], "properties": {
        "text": { "type": "string", "minLength": 2, "maxLength": 50 }, "number": { "type": "integer", "minimum": -3, "maximum": 77 },
        "list": { "type": "array", "items": { "type": "null" }, "minItems": 1, "maxItems": 30 } } });
    let maker = Maker::new(&schema).unwrap();
    let mut rng = Rng::with_seed(5);
    for _ in 0..30 {
        let value = maker.border(&mut rng).unwrap();
        assert!([2, 50].contains(&value["text"].as_str().unwrap().chars().count()), "{value}");
        assert!([1, 30].contains(&value["list"].as_array().unwrap().len()), "{value}");
        assert!([-3, 77].contains(&value["number"].as_i64().unwrap()), "{value}");
    }
}

#[test]
fn hostile_schemas_make_nothing_large() {
    let twice =
        |n: usize| json!({ "anyOf": [{ "$ref": format!("#/$defs/a{n}") }, { "$ref": format!("#/$defs/a{n}") }] });
    let mut doubling: serde_json::Map<String, Value> = (0..40).map(|n| (format!("a{n}"), twice(n + 1))).collect();
    doubling.insert("a40".to_owned(), json!({ "type": "null" }));
    let endless = json!({ "required": ["a", "b", "c"], "additionalProperties": { "$ref": "#" }, "type": "object" });
    for schema in [
        json!({ "type": "string", "minLength": 1_000_000_000_u64 }),
        json!({ "type": "array", "minItems": 1_000_000_000_u64 }),
        json!({ "type": "object", "minProperties": 1e300 }),
        json!({ "type": "string", "pattern": "^((a{900}){900}){900}$" }),
        json!({ "$ref": "#/$defs/a", "$defs": { "a": { "$ref": "#/$defs/a" } } }),
        json!({ "$ref": "#/$defs/a0", "$defs": doubling }),
        json!({ "type": "array", "minItems": 900, "items": { "type": "array", "minItems": 900, "items": { "$ref": "#" } } }),
        endless,
    ] {
        let Some(maker) = Maker::new(&schema) else {
            continue;
        };
        let mut rng = Rng::with_seed(1);
        let values = [maker.smallest(), maker.valid(&mut rng, usize::MAX), maker.border(&mut rng)];
        assert!(values.iter().all(Option::is_none), "{schema}");
        assert!(maker.broken(&mut rng).is_none() && maker.breaks().is_empty());
    }
}

#[test]
fn a_maker_goes_to_any_thread() {
    const fn is_shared<T: Send + Sync + Clone>() {}
    is_shared::<Maker>();
}
