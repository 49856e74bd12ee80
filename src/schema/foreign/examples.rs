//! Schemas with and without flaws, and what an independent validator says of them.

use jsonschema::Draft;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Flaw, embedded};
use crate::model::Severity;

const DIALECTS: [(&str, Draft); 5] = [
    ("http://json-schema.org/draft-04/schema#", Draft::Draft4),
    ("http://json-schema.org/draft-06/schema#", Draft::Draft6),
    ("http://json-schema.org/draft-07/schema#", Draft::Draft7),
    ("https://json-schema.org/draft/2019-09/schema", Draft::Draft201909),
    ("https://json-schema.org/draft/2020-12/schema", Draft::Draft202012),
];

/// The places and weights of the flaws.
fn places(schema: &Value) -> Vec<(String, Severity)> {
    embedded(schema).into_iter().map(|flaw| (flaw.pointer, flaw.severity)).collect()
}

#[test]
fn schemas_as_servers_have_them_are_good() {
    for schema in [
        json!({ "type": "object" }),
        json!({ "type": "object", "properties": { "a": true, "b/c": { "type": ["string", "null"] } }, "required": [] }),
        json!({ "$ref": "#/$defs/a", "$defs": { "a": { "$ref": "#" } } }),
        json!({ "$ref": "#/$defs/a~1b%20c", "$defs": { "a/b c": {} } }),
        json!({ "$ref": "#node", "$defs": { "a": { "$anchor": "node" } } }),
        json!({ "$dynamicRef": "#node", "$defs": { "a": { "$dynamicAnchor": "node" } } }),
        json!({ "$id": "https://example.com/a/root", "properties": {
            "whole": { "$ref": "root#/$defs/x" }, "part": { "$ref": "/b#" }, "near": { "$ref": "https://example.com/b#/$defs/y" },
        }, "$defs": { "x": {}, "b": { "$id": "../b", "$defs": { "y": { "$ref": "#/$defs/y" } } } } }),
        json!({ "$schema": DIALECTS[2].0, "definitions": { "a": { "$id": "#a" } }, "$ref": "#a" }),
        json!({ "$schema": DIALECTS[0].0, "id": "http://example.com/r", "not": { "$ref": "r#/definitions/a" }, "definitions": { "a": {} } }),
        json!({ "$schema": DIALECTS[3].0, "items": { "$recursiveRef": "#" } }),
        json!({ "properties": { "$ref": { "type": "string" }, "$id": {}, "type": {} } }),
        json!({ "default": { "$ref": "#/nowhere", "type": 5 }, "enum": [{ "$ref": 5 }], "x-own": { "type": 5 } }),
        json!({ "not": { "$ref": "https://json-schema.org/draft/2020-12/schema" } }),
        json!({ "$schema": "https://example.com/own", "type": 5 }),
        json!({ "pattern": "^(?<a>x)$", "patternProperties": { "^\\d+$": {} } }),
        json!(true),
    ] {
        assert_eq!(embedded(&schema), [], "{schema}");
    }
}

#[test]
fn each_flaw_is_found_where_it_is() {
    use Severity::{Fail, Warn};
    for (schema, pointer, severity) in [
        (json!(null), "", Fail),
        (json!([]), "", Fail),
        (json!({ "$schema": 5 }), "/$schema", Fail),
        (json!({ "type": "objekt" }), "/type", Fail),
        (json!({ "properties": { "a/b": { "type": ["string", "string"] } } }), "/properties/a~1b/type", Fail),
        (json!({ "properties": { "a": { "required": true } } }), "/properties/a/required", Fail),
        (json!({ "required": ["a", "a"] }), "/required", Fail),
        (json!({ "items": [{}] }), "/items", Fail),
        (json!({ "anyOf": [{}, { "minLength": -1 }] }), "/anyOf/1/minLength", Fail),
        (json!({ "allOf": [] }), "/allOf", Fail),
        (json!({ "exclusiveMinimum": true }), "/exclusiveMinimum", Fail),
        (json!({ "multipleOf": 0 }), "/multipleOf", Fail),
        (json!({ "$schema": DIALECTS[0].0, "exclusiveMinimum": true }), "", Fail),
        (json!({ "$schema": DIALECTS[0].0, "properties": { "a": true } }), "/properties/a", Fail),
        (json!({ "properties": { "a": { "$ref": "#/$defs/gone" } } }), "/properties/a/$ref", Fail),
        (json!({ "$ref": "#/required", "required": [] }), "/$ref", Fail),
        (json!({ "$ref": "#gone" }), "/$ref", Fail),
        (json!({ "$ref": "https://example.com/x.json" }), "/$ref", Warn),
        (json!({ "$ref": "x.json#/a" }), "/$ref", Warn),
        (json!({ "$ref": "file:///etc/hostname" }), "/$ref", Warn),
        (json!({ "pattern": "(?i)a" }), "/pattern", Warn),
        (json!({ "patternProperties": { "(": {} } }), "/patternProperties/(", Warn),
    ] {
        assert_eq!(places(&schema), [(pointer.to_owned(), severity)], "{schema}");
    }
}

#[test]
fn a_flaw_reads_as_a_sentence() {
    let schema = json!({ "properties": { "a": { "type": "text" } } });
    let [Flaw { expected, got, .. }] = embedded(&schema).try_into().unwrap();
    assert!(expected.starts_with("a type (array, boolean,") && got == "\"text\"", "{expected}: {got}");
}

#[test]
fn hostile_schemas_are_bounded() {
    let deep = (0..300).fold(json!({}), |inner, _| json!({ "not": inner }));
    assert_eq!(places(&deep), [(String::new(), Severity::Warn)]);
    assert_eq!(places(&json!({ "enum": vec![0; 60_000] })), [(String::new(), Severity::Warn)]);
    assert_eq!(places(&json!({ "anyOf": vec![json!({ "type": 5 }); 5_000] })).len(), 8);
    // Doubles with each level when expanded.
    let level = |n: u32| json!({ "allOf": [{ "$ref": format!("#/$defs/{}", n + 1) }, { "$ref": format!("#/$defs/{}", n + 1) }] });
    let mut bomb: Value = (0..90).map(|n| (n.to_string(), level(n))).collect();
    bomb["90"] = json!({});
    assert_eq!(embedded(&json!({ "$defs": bomb, "$ref": "#/$defs/0" })), []);
    assert_eq!(embedded(&json!({ "$defs": { "a": { "$ref": "#/$defs/a" } }, "$ref": "#/$defs/a" })), []);
    let addresses = json!({ "$id": format!("https://example.com/{}/", "x".repeat(1_000_000)), "anyOf": vec![json!({ "$id": "a" }); 9_000] });
    assert_eq!(embedded(&json!({ "allOf": [addresses, { "$ref": "#/allOf/0" }, { "$ref": "b" }] })).len(), 1);
}

#[test]
fn a_long_list_of_names_is_compared_in_full() {
    let names: Vec<String> = (0..9_000).map(|n| n.to_string()).collect();
    assert_eq!(embedded(&json!({ "required": names })), []);
    let twice = [names.clone(), names].concat();
    assert_eq!(places(&json!({ "required": twice })), [("/required".to_owned(), Severity::Fail)]);
}

/// Values that are right for one keyword and wrong for others.
fn value() -> impl Strategy<Value = Value> {
    let numbers = [json!(0), json!(3), json!(-1), json!(1.5), json!(2.0), json!(-0.0), json!(1e30), json!(u64::MAX)];
    let texts = ["string", "objekt", "", "a", "#a", "_a", "a:b", "http://x/y"].map(Value::from);
    let lists = [json!([]), json!(["a"]), json!(["a", "a"]), json!(["string", "null"]), json!([1]), json!(["a", 1])];
    let maps = [
        json!({ "a": true }),
        json!({ "a": ["b"] }),
        json!({ "a": 5 }),
        json!({ "a": ["b", "b"] }),
        json!({ "a": [] }),
    ];
    let all = [&numbers[..], &texts[..], &lists[..], &maps[..], &[json!(null), json!(true), json!({})]].concat();
    proptest::sample::select(all)
}

fn schema() -> impl Strategy<Value = Value> {
    let leaf = proptest::collection::hash_map(proptest::sample::select(KEYWORDS), value(), 0..4)
        .prop_map(|members| Value::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()));
    leaf.prop_recursive(3, 12, 3, |inner| {
        let list = proptest::collection::vec(inner.clone(), 0..3).prop_map(Value::from);
        let map = inner.clone().prop_map(|inner| json!({ "a": inner }));
        let member = (proptest::sample::select(KEYWORDS), prop_oneof![inner.clone(), list, map]);
        (inner, member).prop_map(|(mut schema, (key, value))| {
            schema[key] = value;
            schema
        })
    })
}

/// Every keyword of every dialect but `$schema`, whose value chooses the dialect.
const KEYWORDS: &[&str] = &[
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$recursiveAnchor",
    "$recursiveRef",
    "$ref",
    "$vocabulary",
    "additionalItems",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "default",
    "definitions",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "deprecated",
    "description",
    "else",
    "enum",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "id",
    "if",
    "items",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "oneOf",
    "pattern",
    "patternProperties",
    "prefixItems",
    "properties",
    "propertyNames",
    "readOnly",
    "required",
    "then",
    "title",
    "type",
    "unevaluatedItems",
    "unevaluatedProperties",
    "uniqueItems",
    "writeOnly",
    "x-own",
];

/// References are another matter than validity: a valid schema may lead nowhere.
fn is_valid(schema: &Value) -> bool {
    let of_references = |flaw: &Flaw| flaw.expected.starts_with("a reference");
    embedded(schema).iter().all(|flaw| flaw.severity == Severity::Warn || of_references(flaw))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn validity_is_that_of_the_published_meta_schemas(schema in schema(), (dialect, draft) in proptest::sample::select(&DIALECTS[..])) {
        let mut schema = schema;
        schema["$schema"] = json!(dialect);
        let options = jsonschema::options().with_draft(draft).should_validate_formats(false).build(&json!({ "$ref": dialect }));
        prop_assert_eq!(is_valid(&schema), options.unwrap().is_valid(&schema), "{} {:?}", schema, embedded(&schema));
    }
    #[test]
    fn no_address_makes_a_panic(id in "[a-c:/?#.%é]{0,8}", inner in any::<String>(), target in "[a-c:/?#.%0-9é]{0,8}") {
        let schema = json!({ "$id": id, "$ref": target, "not": { "$id": inner, "$ref": target, "pattern": inner } });
        for (dialect, _) in DIALECTS {
            let mut schema = schema.clone();
            schema["$schema"] = json!(dialect);
            prop_assert!(embedded(&schema).len() <= 8);
        }
    }
}
