//! All changes of a value at one place.

use serde_json::Value;

use super::{choice, kind, list, number, object, text};
use crate::instances::{builder::Builder, facts::Facts};

/// A value for a place, and the keyword that it should break.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::instances) struct Ruin {
    pub(in crate::instances) keyword: &'static str,
    pub(in crate::instances) value: Value,
}

/// What should break a keyword of those that this value meets.
pub(in crate::instances) fn ruins<'s>(facts: &Facts<'s>, value: &Value, builder: &mut Builder<'_, 's>) -> Vec<Ruin> {
    let mut all = Vec::new();
    let mut add = |keyword: &'static str, value: Value| all.push(Ruin { keyword, value });
    kind::ruin(facts, value, &mut add);
    match value {
        Value::String(text) => text::ruin(facts, text, builder, &mut add),
        Value::Number(number) => number::ruin(facts, number, &mut add),
        Value::Array(items) => list::ruin(facts, items, builder, &mut add),
        Value::Object(members) => object::ruin(facts, members, builder, &mut add),
        _ => {}
    }
    choice::ruin(facts, value, builder, &mut add);
    all
}
