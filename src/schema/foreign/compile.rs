//! Compiling a schema that a stranger wrote.

use jsonschema::{Draft, Validator};
use serde_json::Value;

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

/// A schema with more nodes than this is not compiled.
const NODES: usize = 50_000;
/// A schema that is deeper than this is not compiled.
const DEPTH: usize = 100;

/// Compile a schema: 2020-12 unless it names another dialect.
pub fn compile(schema: &Value) -> Result<Validator, Broken> {
    if !within(schema, DEPTH, &mut NODES.clone()) {
        return Err(Broken::TooLarge);
    }
    let dialect = schema.get("$schema").and_then(Value::as_str).unwrap_or_default();
    if !dialect.is_empty() && !is_known(dialect) {
        return Err(Broken::OutOfReach(format!("the dialect {dialect} is not known here")));
    }
    jsonschema::options().with_draft(Draft::Draft202012.detect(schema)).build(schema).map_err(|error| {
        let text = error.to_string();
        let unresolved = matches!(error.kind(), jsonschema::error::ValidationErrorKind::Referencing(_));
        if unresolved && names_another_document(schema) { Broken::OutOfReach(text) } else { Broken::Invalid(text) }
    })
}

fn is_known(dialect: &str) -> bool {
    let name = dialect.trim_end_matches('#').trim_start_matches("https://").trim_start_matches("http://");
    let known =
        ["draft/2020-12/schema", "draft/2019-09/schema", "draft-07/schema", "draft-06/schema", "draft-04/schema"];
    name.strip_prefix("json-schema.org/").is_some_and(|rest| known.contains(&rest))
}

fn within(value: &Value, depth: usize, budget: &mut usize) -> bool {
    if depth == 0 || *budget == 0 {
        return false;
    }
    *budget -= 1;
    match value {
        Value::Array(items) => items.iter().all(|item| within(item, depth - 1, budget)),
        Value::Object(members) => members.values().all(|member| within(member, depth - 1, budget)),
        _ => true,
    }
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
