//! The operators that speak JSON Schema. Nothing is ever fetched.

use jsonschema::{PatternOptions, Validator};
use serde_json::Value;

use super::{
    fit::Fit,
    mismatch::{Mismatch, brief},
};
use crate::{
    model::Severity,
    schema::{embedded, unescaped},
};

/// A validator for a schema that stands in a suite.
pub(super) fn compile(schema: &Value) -> Result<Validator, String> {
    let options = jsonschema::options().offline().with_pattern_options(PatternOptions::regex());
    options.build(schema).map_err(|error| match error.instance_path().as_str() {
        "" => error.to_string(),
        place => format!("at {place}, {error}"),
    })
}

/// Whether the schema accepts the subject.
pub(super) fn validate(validator: &Validator, subject: &Value) -> Fit {
    validator.validate(subject).map_err(|error| {
        let pointer = error.instance_path().as_str();
        let got = subject.pointer(pointer).map_or_else(String::new, brief);
        inside(Mismatch::new(format!("what the schema accepts: {}", error.masked()), got), pointer, subject)
    })
}

/// The same with a schema that a server has published. One that cannot be used accepts everything: whether it is valid
/// is another question.
pub(super) fn validate_by(schema: &Value, subject: &Value) -> Fit {
    crate::schema::compile(schema).map_or(Ok(()), |validator| validate(&validator, subject))
}

/// Whether the subject is itself a schema that is valid in its dialect. Of a dialect that we do not know, nothing is
/// said; nor of what only warns.
pub(super) fn is_valid_schema(subject: &Value) -> Fit {
    let Some(flaw) = embedded(subject).into_iter().find(|flaw| flaw.severity == Severity::Fail) else {
        return Ok(());
    };
    let mismatch = Mismatch::new(format!("a valid JSON Schema: {}", flaw.expected), flaw.got);
    Err(inside(mismatch, &flaw.pointer, subject))
}

/// Gives the mismatch the place that a JSON pointer names.
fn inside(mismatch: Mismatch, pointer: &str, subject: &Value) -> Mismatch {
    let ends = pointer.match_indices('/').map(|(at, _)| at).filter(|at| *at > 0);
    let ends: Vec<usize> = ends.chain((!pointer.is_empty()).then_some(pointer.len())).collect();
    ends.into_iter().rev().fold(mismatch, |mismatch, end| {
        let (around, step) = pointer[..end].rsplit_once('/').unwrap_or_default();
        let name = unescaped(step);
        match (subject.pointer(around), name.parse()) {
            (Some(Value::Array(_)), Ok(index)) => mismatch.below_item(index),
            _ => mismatch.below_member(&name),
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_place_inside_of_the_subject_is_told() {
        let schema = json!({ "properties": { "a/b": { "items": { "type": "string" } } } });
        let mismatch = validate(&compile(&schema).unwrap(), &json!({ "a/b": ["x", 5] })).unwrap_err();
        assert_eq!((mismatch.place.as_str(), mismatch.got.as_str()), ("[\"a/b\"][1]", "5"));
        assert!(mismatch.expected.contains("\"string\""), "{}", mismatch.expected);
    }

    #[test]
    fn nothing_is_fetched() {
        for reference in ["https://example.com/x.json", "file:///etc/hostname"] {
            assert!(compile(&json!({ "$ref": reference })).is_err(), "{reference}");
            assert!(is_valid_schema(&json!({ "$schema": reference })).is_ok());
        }
    }

    #[test]
    fn no_subject_makes_a_panic() {
        for dialect in [json!(5), json!(""), json!("#"), json!("json-schema:///x"), json!(null), json!("http://[")] {
            let _ = is_valid_schema(&json!({ "$schema": dialect, "$id": "urn:x", "$ref": "#/a", "pattern": "(" }));
        }
        let deep = (0..90).fold(json!({ "type": 5 }), |inner, _| json!({ "not": inner }));
        assert!(is_valid_schema(&deep).is_err());
        assert!(is_valid_schema(&json!([])).is_err());
    }

    #[test]
    fn a_schema_is_judged_by_its_own_dialect() {
        let tuple = json!({ "items": [{ "type": "string" }] });
        let mut old = tuple.clone();
        old["$schema"] = json!("http://json-schema.org/draft-07/schema#");
        assert!(is_valid_schema(&tuple).is_err());
        assert_eq!(is_valid_schema(&old), Ok(()));
        let bad = is_valid_schema(&json!({ "properties": { "a": { "type": "text" } } })).unwrap_err();
        assert_eq!(bad.place, "properties.a.type");
    }
}
