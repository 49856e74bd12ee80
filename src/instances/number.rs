//! Numbers between bounds, and multiples.

use serde_json::{Value, json};

use super::{
    builder::Builder,
    dice::{Dice, Taste},
    facts::Facts,
};

/// Whole numbers are not larger where nothing is said: every reader of JSON knows them exactly.
const SAFE: i128 = 9_007_199_254_740_991;

impl<'s> Builder<'_, 's> {
    /// A whole number that meets the facts.
    #[allow(clippy::cast_precision_loss, reason = "the validator compares in the same precision")]
    pub(super) fn integer(&mut self, facts: &Facts<'s>) -> Option<Value> {
        let (low, high) = range(facts);
        let low = low.map_or(i128::MIN, |(low, open)| whole(low.ceil()) + i128::from(open && low.fract() == 0.0));
        let high = high.map_or(i128::MAX, |(high, open)| whole(high.floor()) - i128::from(open && high.fract() == 0.0));
        let steps: Vec<f64> = facts.all("multipleOf").filter_map(Value::as_f64).filter(|step| *step > 0.0).collect();
        let step = whole_step(&steps)?;
        for _ in 0..16 {
            let value = pick(low, high, &mut self.dice);
            let down = value.div_euclid(step) * step;
            let multiple = [down, down.saturating_add(step)].into_iter().find(|value| (low..=high).contains(value));
            let fits = |value: i128| !facts.barred.iter().any(|barred| barred.as_f64() == Some(value as f64));
            if let Some(value) = multiple.filter(|value| fits(*value)) {
                return Some(number(value));
            }
            // Beside the value that must not be.
            if let Some(value) =
                multiple.map(|value| value.saturating_add(step)).filter(|value| *value <= high && fits(*value))
            {
                return Some(number(value));
            }
        }
        None
    }

    /// A number with a fraction, if there is one between the bounds; otherwise one without.
    pub(super) fn fraction(&mut self, facts: &Facts<'s>) -> Option<Value> {
        let (low, high) = range(facts);
        let step = facts.all("multipleOf").filter_map(Value::as_f64).filter(|step| *step > 0.0).reduce(f64::max);
        let (low, low_open) = low.unwrap_or((high.map_or(0.0, |(high, _)| high - 100.0), false));
        let (high, high_open) = high.unwrap_or((low + 100.0, false));
        if let Some(step) = step {
            let first = whole((low / step).ceil()) + i128::from(low_open && (low / step).fract() == 0.0);
            let last = whole((high / step).floor()) - i128::from(high_open && (high / step).fract() == 0.0);
            return if first <= last { multiple(pick(first, last, &mut self.dice), step) } else { None };
        }
        let share = match self.dice.below(6) {
            0 | 1 if self.dice.taste == Taste::Border && !low_open => 0.0,
            2 | 3 if self.dice.taste == Taste::Border && !high_open => 1.0,
            4 => 0.25,
            5 => 0.125,
            _ => 0.5,
        };
        let value = low + (high - low) * share;
        value.is_finite().then(|| json!(value))
    }
}

type Bound = Option<(f64, bool)>;

/// The bounds, and whether they are no part of the range.
fn range(facts: &Facts<'_>) -> (Bound, Bound) {
    let old = |keyword: &str| facts.is_set(keyword);
    let low = facts.low("minimum").map(|low| (low, old("exclusiveMinimum")));
    let above = facts.low("exclusiveMinimum").map(|low| (low, true));
    let high = facts.high("maximum").map(|high| (high, old("exclusiveMaximum")));
    let below = facts.high("exclusiveMaximum").map(|high| (high, true));
    let narrow = |one: Bound, other: Bound, is_narrower: fn(f64, f64) -> bool| match (one, other) {
        (Some(one), Some(other)) => Some(if is_narrower(one.0, other.0) { one } else { other }),
        (one, other) => one.or(other),
    };
    (narrow(low, above, |one, other| one > other), narrow(high, below, |one, other| one < other))
}

#[allow(clippy::cast_possible_truncation, reason = "beyond its range the nearest is as good")]
fn whole(number: f64) -> i128 {
    (number as i128).clamp(-(1_i128 << 100), 1_i128 << 100)
}

/// The step of whole numbers that are multiples of all of these.
fn whole_step(steps: &[f64]) -> Option<i128> {
    steps.iter().try_fold(1_i128, |all, step| {
        // A step of 0.5 leaves every whole number, one of 1.5 every third.
        let whole_one = (1..=1_000).map(|times| step * f64::from(times)).find(|step| step.fract() == 0.0)?;
        let one = whole(whole_one).max(1);
        let (mut a, mut b) = (all, one);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        (all / a).checked_mul(one)
    })
}

/// A number of a range: near 1 where it is the smallest that is wanted.
fn pick(low: i128, high: i128, dice: &mut Dice) -> i128 {
    if low > high {
        return low;
    }
    let (bottom, top) = (low.max(-SAFE), high.min(SAFE));
    let (bottom, top) = if bottom <= top { (bottom, top) } else { (low, high) };
    match dice.taste {
        Taste::Smallest => 1.clamp(low, high),
        Taste::Border => match (low > i128::MIN, high < i128::MAX) {
            (true, true) => [low, high][dice.below(2)],
            (true, false) => low,
            (false, true) => high,
            (false, false) => [0, -SAFE, SAFE][dice.below(3)],
        },
        Taste::Any | Taste::Full => match dice.below(8) {
            0 => bottom,
            1 => top,
            2 => 0.clamp(low, high),
            3 => dice.within(bottom, top),
            _ => {
                let near = 1.clamp(bottom, top);
                dice.within(near.saturating_sub(50).max(bottom), near.saturating_add(100).min(top))
            }
        },
    }
}

fn number(value: i128) -> Value {
    let positive = || u64::try_from(value).ok().map(|value| json!(value));
    #[allow(clippy::cast_precision_loss, reason = "JSON has no other number of this size")]
    let large = || json!(value as f64);
    i64::try_from(value).ok().map(|value| json!(value)).or_else(positive).unwrap_or_else(large)
}

/// So many times a step, with as little error as there can be.
#[allow(clippy::cast_precision_loss, reason = "a fraction is not exact either")]
fn multiple(times: i128, step: f64) -> Option<Value> {
    let parts = (1.0 / step).round();
    let exact = (1.0 / parts - step).abs() < f64::EPSILON * step;
    let value = if exact { times as f64 / parts } else { times as f64 * step };
    if value.fract() == 0.0 { Some(number(whole(value))) } else { value.is_finite().then(|| json!(value)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instances::{pattern::Patterns, reference::References};

    fn built(schema: &Value, taste: Taste, seed: u64) -> Option<Value> {
        let dice = Dice::new(taste, seed, 4);
        Builder::new(&References::of(schema), &mut Patterns::default(), dice, (1_000, 8)).root()
    }

    #[test]
    fn the_smallest_is_near_one() {
        for (schema, value) in [
            (json!({ "type": "integer" }), json!(1)),
            (json!({ "type": "integer", "minimum": 3 }), json!(3)),
            (json!({ "type": "integer", "exclusiveMaximum": -2 }), json!(-3)),
            (json!({ "type": "integer", "multipleOf": 5 }), json!(0)),
            (json!({ "type": "integer", "multipleOf": 7, "minimum": 1 }), json!(7)),
            (json!({ "type": "integer", "minimum": 1e30 }), json!(1e30)),
            (json!({ "type": "number", "minimum": 0.2, "maximum": 0.4 }), json!(0.2 + (0.4 - 0.2) * 0.5)),
            (json!({ "type": "number", "multipleOf": 0.01, "minimum": 0.015, "maximum": 0.99 }), json!(0.02)),
            (json!({ "type": "number", "minimum": 5, "exclusiveMinimum": true, "maximum": 6 }), json!(6)),
        ] {
            assert_eq!(built(&schema, Taste::Smallest, 0), Some(value), "{schema}");
        }
        assert_eq!(built(&json!({ "type": "integer", "minimum": 2, "maximum": 1 }), Taste::Smallest, 0), None);
    }

    #[test]
    fn borders_are_hit_and_kept() {
        let schema = json!({ "type": "integer", "minimum": -4, "exclusiveMaximum": 9 });
        let seen: Vec<i64> =
            (0..30).map(|seed| built(&schema, Taste::Border, seed).unwrap().as_i64().unwrap()).collect();
        assert!(
            seen.contains(&-4) && seen.contains(&8) && seen.iter().all(|value| [-4, 8].contains(value)),
            "{seen:?}"
        );
    }

    #[test]
    fn steps_are_combined() {
        assert_eq!(whole_step(&[4.0, 6.0]), Some(12));
        assert_eq!(whole_step(&[0.5]), Some(1));
        assert_eq!(whole_step(&[1.5, 2.0]), Some(6));
        assert_eq!(multiple(3, 0.1), Some(json!(0.3)));
    }
}
