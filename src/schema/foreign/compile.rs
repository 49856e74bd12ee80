//! Compiling a schema that a stranger wrote.

use jsonschema::{Draft, Validator};
use serde_json::Value;

use super::{bounds::is_bounded, dialect::Dialect};

/// Why a schema cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// It is no valid schema of its dialect.
    #[error("{0}")]
    Invalid(String),
    /// It needs what we will not fetch, or speaks a dialect that we do not know.
    #[error("{0}")]
    OutOfReach(String),
    /// It is larger or deeper than any schema has to be.
    #[error("the schema is too deep or too large to be compiled")]
    TooLarge,
}

/// Compile a schema: 2020-12 unless it names another dialect.
pub fn compile(schema: &Value) -> Result<Validator, Broken> {
    if !is_bounded(schema) {
        return Err(Broken::TooLarge);
    }
    if let Err(dialect) = Dialect::of(schema) {
        return Err(Broken::OutOfReach(format!("the dialect {dialect:?} is not known here")));
    }
    jsonschema::options().with_draft(Draft::Draft202012.detect(schema)).build(schema).map_err(|error| {
        let text = error.to_string();
        let unresolved = matches!(error.kind(), jsonschema::error::ValidationErrorKind::Referencing(_));
        if unresolved && names_another_document(schema) { Broken::OutOfReach(text) } else { Broken::Invalid(text) }
    })
}

fn names_another_document(schema: &Value) -> bool {
    match schema {
        Value::Array(items) => items.iter().any(names_another_document),
        Value::Object(members) => members.iter().any(|(key, value)| {
            let leaves = matches!(key.as_str(), "$ref" | "$dynamicRef")
                && value.as_str().is_some_and(|target| !target.starts_with('#'));
            leaves || names_another_document(value)
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn broken_schemas_are_told_from_those_out_of_reach() {
        assert!(compile(&json!({ "type": "object" })).is_ok());
        assert!(compile(&json!({ "$schema": "http://json-schema.org/draft-07/schema#" })).is_ok());
        for invalid in [json!({ "type": "objekt" }), json!({ "required": true }), json!({ "$ref": "#/$defs/gone" })] {
            assert!(matches!(compile(&invalid), Err(Broken::Invalid(_))), "{invalid}");
        }
        for remote in [json!({ "$ref": "https://example.com/x.json" }), json!({ "$schema": "https://example.com/d" })] {
            assert!(matches!(compile(&remote), Err(Broken::OutOfReach(_))), "{remote}");
        }
    }

    #[test]
    fn a_hostile_schema_is_not_compiled() {
        let deep = (0..300).fold(json!({}), |inner, _| json!({ "not": inner }));
        assert!(matches!(compile(&deep), Err(Broken::TooLarge)));
    }
}
