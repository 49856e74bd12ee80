//! Sets of the kinds of values that JSON has.

use serde_json::Value;

/// A set of kinds. A whole number is one kind, a number with a fraction another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kinds(u8);

impl Kinds {
    pub(super) const NULL: Self = Self(1);
    pub(super) const BOOLEAN: Self = Self(2);
    pub(super) const INTEGER: Self = Self(4);
    pub(super) const FRACTION: Self = Self(8);
    pub(super) const STRING: Self = Self(16);
    pub(super) const ARRAY: Self = Self(32);
    pub(super) const OBJECT: Self = Self(64);
    pub(super) const NUMBER: Self = Self(4 | 8);
    pub(super) const ALL: Self = Self(127);

    /// The kind of a value.
    pub(super) fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::NULL,
            Value::Bool(_) => Self::BOOLEAN,
            Value::Number(number) if number.as_f64().is_some_and(|number| number.fract() == 0.0) => Self::INTEGER,
            Value::Number(_) => Self::FRACTION,
            Value::String(_) => Self::STRING,
            Value::Array(_) => Self::ARRAY,
            Value::Object(_) => Self::OBJECT,
        }
    }

    /// What the keyword `type` names.
    pub(super) fn named(names: &Value) -> Self {
        match names {
            Value::String(name) => Self::by_name(name),
            Value::Array(names) => names.iter().map(Self::named).fold(Self(0), Self::or),
            _ => Self::ALL,
        }
    }

    fn by_name(name: &str) -> Self {
        match name {
            "null" => Self::NULL,
            "boolean" => Self::BOOLEAN,
            "integer" => Self::INTEGER,
            "number" => Self::NUMBER,
            "string" => Self::STRING,
            "array" => Self::ARRAY,
            "object" => Self::OBJECT,
            _ => Self(0),
        }
    }

    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) const fn but(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether all of another set are in it.
    pub(super) const fn holds(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Its kinds, those first that are worth more to a test.
    pub(super) fn each(self) -> impl Iterator<Item = Self> {
        const ORDER: [Kinds; 7] =
            [Kinds::OBJECT, Kinds::STRING, Kinds::ARRAY, Kinds::INTEGER, Kinds::FRACTION, Kinds::BOOLEAN, Kinds::NULL];
        ORDER.into_iter().filter(move |kind| self.holds(*kind))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_have_one_kind() {
        for (value, name) in [(json!(null), "null"), (json!(2.0), "integer"), (json!([]), "array")] {
            assert_eq!(Kinds::of(&value), Kinds::named(&json!(name)), "{value}");
        }
        assert!(Kinds::named(&json!("number")).holds(Kinds::of(&json!(2.5))));
        assert!(!Kinds::named(&json!("integer")).holds(Kinds::of(&json!(2.5))));
    }

    #[test]
    fn sets_are_combined() {
        let both = Kinds::named(&json!(["string", "number"]));
        assert_eq!(both.and(Kinds::named(&json!("integer"))), Kinds::INTEGER);
        assert_eq!(both.but(Kinds::NUMBER), Kinds::STRING);
        assert!(Kinds::named(&json!("objekt")).is_empty() && Kinds::STRING.and(Kinds::NULL).is_empty());
        assert_eq!(Kinds::NUMBER.or(Kinds::STRING).each().count(), 3);
    }
}
