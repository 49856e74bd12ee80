//! Stand-in.

use serde_json::Value;

use crate::model::Severity;

/// Something that is wrong with a schema.
pub struct Flaw {
    /// Where.
    pub pointer: String,
    /// How much it weighs.
    pub severity: Severity,
    /// What should stand there.
    pub expected: String,
    /// What stands there.
    pub got: String,
}

/// What is wrong with a schema.
pub fn embedded(schema: &Value) -> Vec<Flaw> {
    if jsonschema::meta::is_valid(schema) {
        return Vec::new();
    }
    vec![Flaw {
        pointer: String::new(),
        severity: Severity::Fail,
        expected: "a JSON Schema".into(),
        got: "something else".into(),
    }]
}
