//! How large a schema may be before it is left alone.

use serde_json::Value;

/// A schema with more nodes than this is not looked at any further.
const NODES: usize = 50_000;
/// A schema that is deeper than this is not looked at any further.
const DEPTH: usize = 100;

/// Whether it is of a size that any schema may have. What passes can be walked without fear for the stack.
pub(super) fn is_bounded(schema: &Value) -> bool {
    within(schema, DEPTH, &mut NODES.clone())
}

/// Whether a value is no deeper than this, and has no more nodes than are left.
pub fn within(value: &Value, depth: usize, budget: &mut usize) -> bool {
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn depth_and_number_have_an_end() {
        let deep = |depth: usize| (1..depth).fold(json!({}), |inner, _| json!({ "not": inner }));
        assert!(is_bounded(&deep(DEPTH)) && !is_bounded(&deep(DEPTH + 1)));
        let wide = |nodes: usize| json!(vec![0; nodes - 1]);
        assert!(is_bounded(&wide(NODES)) && !is_bounded(&wide(NODES + 1)));
    }
}
