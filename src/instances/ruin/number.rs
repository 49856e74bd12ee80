//! Numbers beyond a bound, and between two multiples.

use serde_json::{Number, Value, json};

use crate::instances::facts::Facts;

pub(super) fn ruin(facts: &Facts<'_>, number: &Number, add: &mut impl FnMut(&'static str, Value)) {
    let step = facts.all("multipleOf").filter_map(Value::as_f64).filter(|step| *step > 0.0).reduce(f64::max);
    let least = step.unwrap_or(1.0);
    let steps = if least < 1.0 && least > 0.0 { [least, 1.0] } else { [least, 2.0 * least] };
    for keyword in ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"] {
        let bounds = facts.all(keyword).filter_map(Value::as_f64);
        let bound = if keyword.ends_with("inimum") { bounds.reduce(f64::max) } else { bounds.reduce(f64::min) };
        let Some(bound) = bound else {
            continue;
        };
        if keyword.starts_with('e') {
            add(keyword, shown(bound));
        }
        for step in steps {
            add(keyword, shown(if keyword.ends_with("inimum") { bound - step } else { bound + step }));
        }
    }
    if let (Some(step), Some(value)) = (step, number.as_f64()) {
        for share in [0.5, -0.5] {
            add("multipleOf", shown(value + step * share));
        }
        for by in [1.0, -1.0] {
            add("multipleOf", shown(value + by));
        }
    }
}

#[allow(clippy::cast_possible_truncation, reason = "checked to be whole and of moderate size")]
fn shown(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 9e15 { json!(number as i64) } else { json!(number) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn just_beyond_each_bound() {
        let schema = json!({ "minimum": 2, "exclusiveMaximum": 10, "multipleOf": 2 });
        let mut facts = Facts::new();
        facts.parts.extend(schema.as_object());
        let mut all = Vec::new();
        ruin(&facts, &Number::from(4), &mut |keyword, value| all.push((keyword, value)));
        for wanted in [("minimum", json!(0)), ("exclusiveMaximum", json!(10)), ("multipleOf", json!(5))] {
            assert!(all.contains(&wanted), "{wanted:?}: {all:?}");
        }
    }
}
