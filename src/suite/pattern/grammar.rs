//! What operators take, as JSON Schema, for editors.

use serde_json::{Value, json};

use super::{decode::OPERATORS, tree::Kind};

/// What an operator takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    Pattern,
    Patterns,
    Value,
    Values,
    Text,
    Number,
    Boolean,
    True,
    Kinds,
    Schema,
}

impl Takes {
    fn schema(self, pattern: &Value) -> Value {
        match self {
            Self::Pattern => pattern.clone(),
            Self::Patterns => json!({ "type": "array", "items": pattern }),
            Self::Value => json!(true),
            Self::Values => json!({ "type": "array" }),
            Self::Text => json!({ "type": "string" }),
            Self::Number => json!({ "type": ["number", "string"] }),
            Self::Boolean => json!({ "type": "boolean" }),
            Self::True => json!({ "const": true }),
            Self::Schema => json!({ "type": ["object", "boolean", "string"] }),
            Self::Kinds => {
                let mut names: Vec<Value> = Kind::ALL.map(|kind| kind.as_str().into()).to_vec();
                names.push(Value::Null);
                json!({ "anyOf": [{ "enum": names }, { "type": "array", "items": { "enum": names } }] })
            }
        }
    }
}

/// Each operator with the schema of what it takes; `pattern` is the schema of patterns.
pub(in crate::suite) fn operator_schemas(pattern: &Value) -> Vec<(String, Value)> {
    OPERATORS.iter().map(|(name, takes, _)| ((*name).to_owned(), takes.schema(pattern))).collect()
}
