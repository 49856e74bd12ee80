//! What is asked of one value.

use serde_json::Value;

/// A schema that has to accept a value, or must not.
#[derive(Clone, Copy, Debug)]
pub(super) enum Demand<'s> {
    Is(&'s Value),
    Not(&'s Value),
}
