//! Whether a value could be right, as far as that can be seen without looking inside of it.

use serde_json::Value;

use super::{facts::Facts, kinds::Kinds, pattern::Patterns};

impl<'s> Facts<'s> {
    /// Whether nothing at the surface speaks against a value.
    pub(super) fn admits(&self, value: &Value, patterns: &mut Patterns<'s>) -> bool {
        self.kinds.holds(Kinds::of(value))
            && !self.barred.contains(&value)
            && self.is_listed(value)
            && match value {
                Value::Number(number) => number.as_f64().is_none_or(|number| self.has_within(number)),
                Value::String(text) => {
                    self.admits_length(text.chars().count(), "minLength", "maxLength")
                        && self.texts("pattern").all(|pattern| patterns.fits(pattern, text))
                }
                Value::Array(items) => self.admits_length(items.len(), "minItems", "maxItems"),
                _ => true,
            }
    }

    fn is_listed(&self, value: &Value) -> bool {
        let listed = self.all("enum").filter_map(Value::as_array).all(|list| list.iter().any(|one| same(one, value)));
        listed && self.all("const").all(|one| same(one, value))
    }

    fn has_within(&self, number: f64) -> bool {
        self.low("minimum").is_none_or(|low| number >= low)
            && self.high("maximum").is_none_or(|high| number <= high)
            && self.low("exclusiveMinimum").is_none_or(|low| number > low)
            && self.high("exclusiveMaximum").is_none_or(|high| number < high)
    }

    fn admits_length(&self, length: usize, least: &str, most: &str) -> bool {
        let bounds = self.lengths(least, most, usize::MAX);
        bounds.is_some_and(|(least, most)| length >= least && most.is_none_or(|most| length <= most))
    }
}

fn same(one: &Value, other: &Value) -> bool {
    one == other || one.as_f64().is_some_and(|number| other.as_f64() == Some(number))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_wrong_at_the_surface_is_seen() {
        let schema = json!({ "enum": ["abc", "b", 5, 12], "pattern": "^a", "maximum": 9, "minLength": 2 });
        let mut facts = Facts::new();
        facts.parts.extend(schema.as_object());
        let admits = |value: Value| facts.admits(&value, &mut Patterns::default());
        assert!(admits(json!("abc")) && admits(json!(5.0)));
        for value in [json!("b"), json!("abd"), json!(12), json!(null)] {
            assert!(!admits(value.clone()), "{value}");
        }
    }
}
