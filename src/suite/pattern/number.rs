//! When two values are the same: `1` is `1.0`, and never `"1"`.

use std::cmp::Ordering;

use serde_json::{Number, Value};

/// Whether two values are the same.
pub(super) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => compare(a, b) == Some(Ordering::Equal),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

/// The order of two numbers. Whole ones are compared exactly, however large.
pub(super) fn compare(a: &Number, b: &Number) -> Option<Ordering> {
    match (whole(a), whole(b)) {
        (Some(a), Some(b)) => Some(a.cmp(&b)),
        _ => a.as_f64()?.partial_cmp(&b.as_f64()?),
    }
}

/// Whether it is a number without a fraction.
pub(super) fn is_integral(value: &Value) -> bool {
    let Value::Number(number) = value else {
        return false;
    };
    number.is_i64() || number.is_u64() || number.as_f64().is_some_and(|float| float.fract() == 0.0)
}

/// A text that is the same for values that are the same.
pub(super) fn canonical(value: &Value) -> String {
    match value {
        Value::Number(number) => whole(number).map_or_else(|| number.to_string(), |whole| whole.to_string()),
        Value::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        Value::Object(object) => {
            let name = |name: &String| Value::String(name.clone()).to_string();
            let mut members: Vec<String> =
                object.iter().map(|(key, value)| format!("{}:{}", name(key), canonical(value))).collect();
            members.sort_unstable();
            format!("{{{}}}", members.join(","))
        }
        scalar => scalar.to_string(),
    }
}

/// The number, when it is whole and not astronomic.
fn whole(number: &Number) -> Option<i128> {
    let exact = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    let small = |float: &f64| float.fract() == 0.0 && float.abs() < 1e30;
    #[expect(clippy::cast_possible_truncation, reason = "it is whole and far below the limit")]
    exact.or_else(|| number.as_f64().filter(small).map(|float| float as i128))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_are_the_same_by_value() {
        assert!(same(&json!(1), &json!(1.0)) && same(&json!([{ "a": 0 }]), &json!([{ "a": -0.0 }])));
        assert!(same(&json!(1e300), &json!(1e300)) && same(&json!(u64::MAX), &json!(u64::MAX)));
        assert!(!same(&json!(1), &json!("1")) && !same(&json!(1), &json!(true)));
        assert!(!same(&json!(9_007_199_254_740_993_i64), &json!(9_007_199_254_740_992.0)));
        assert!(!same(&json!({ "a": 1 }), &json!({ "a": 1, "b": 1 })) && !same(&json!([1]), &json!([1, 1])));
    }

    #[test]
    fn fractions_are_seen() {
        assert!(is_integral(&json!(3)) && is_integral(&json!(3.0)) && is_integral(&json!(1e300)));
        assert!(!is_integral(&json!(3.5)) && !is_integral(&json!("3")));
    }
}
