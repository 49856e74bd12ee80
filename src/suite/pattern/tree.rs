//! A pattern, decoded once.

use std::sync::Arc;

use serde_json::Value;

/// Data that looks like what it fits.
#[derive(Clone, Debug)]
pub struct Pattern(pub(super) Arc<Form>);

/// The shapes of patterns.
#[derive(Debug)]
pub(super) enum Form {
    /// Exactly this value; may hold variables. A text, a number, a boolean or null, or what `$eq` says.
    Exactly(Value),
    /// An object that has at least these members. Names may hold variables.
    Members(Vec<(String, Pattern)>),
    /// A list of this length.
    Items(Vec<Pattern>),
    /// All of these.
    Operators(Vec<Operator>),
}

/// What a key that begins with `$` asks for.
#[derive(Debug)]
pub(super) enum Operator {
    Type(Vec<Kind>),
    In(Vec<Value>),
    Re(regex::Regex),
    Not(Pattern),
    Any(Vec<Pattern>),
    All(Vec<Pattern>),
    Absent(bool),
    Each(Pattern),
    Some(Pattern),
    Within(Pattern),
    Keys(Pattern),
    Len(Pattern),
    Min(Value),
    Max(Value),
    Eq(Value),
    Base64,
    Uri,
    Schema(Box<jsonschema::Validator>),
    /// A schema that is known when the check is played.
    SchemaOf(Value),
    JsonSchema,
    Unique(String),
    Integral,
}

/// A type of JSON values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    String,
    Number,
    Integer,
    Boolean,
    Object,
    Array,
    Null,
}

impl Kind {
    /// Every type.
    pub const ALL: [Self; 7] =
        [Self::String, Self::Number, Self::Integer, Self::Boolean, Self::Object, Self::Array, Self::Null];

    /// Its name in JSON Schema.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Number => "number",
            Self::Integer => "integer",
            Self::Boolean => "boolean",
            Self::Object => "object",
            Self::Array => "array",
            Self::Null => "null",
        }
    }

    /// What a person calls one of it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::String => "a text",
            Self::Number => "a number",
            Self::Integer => "an integer",
            Self::Boolean => "a boolean",
            Self::Object => "an object",
            Self::Array => "a list",
            Self::Null => "null",
        }
    }

    /// Whether `value` is of this type.
    pub fn holds(self, value: &Value) -> bool {
        match self {
            Self::String => value.is_string(),
            Self::Number => value.is_number(),
            Self::Integer => super::number::is_integral(value),
            Self::Boolean => value.is_boolean(),
            Self::Object => value.is_object(),
            Self::Array => value.is_array(),
            Self::Null => value.is_null(),
        }
    }
}

impl Pattern {
    /// What fits every object, and so every answer.
    pub fn fits_every_object(&self) -> bool {
        matches!(&*self.0, Form::Members(members) if members.is_empty())
    }

    /// Whether it looks at a member of this name, at the top of the subject.
    pub fn mentions(&self, member: &str) -> bool {
        match &*self.0 {
            Form::Members(members) => members.iter().any(|(name, _)| name == member),
            Form::Operators(operators) => operators.iter().any(|operator| match operator {
                Operator::Not(pattern) => pattern.mentions(member),
                Operator::Any(patterns) | Operator::All(patterns) => patterns.iter().any(|p| p.mentions(member)),
                _ => false,
            }),
            Form::Exactly(_) | Form::Items(_) => false,
        }
    }
}
