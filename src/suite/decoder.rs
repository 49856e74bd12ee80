//! A serde deserializer over a tree. Its errors are in our words and know their place.

use std::fmt::Display;

use serde::de::{self, DeserializeSeed, IntoDeserializer, Unexpected, Visitor};
use serde_json::Number;

use super::{
    suggest,
    tree::{Data, Key, Node, Place},
};

/// How a type asks for the number of a node instead of its contents.
pub(super) const REF: &str = "$ref-to-node";

/// Why a tree does not become a type.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(super) struct DecodeError {
    pub message: String,
    /// Where; the innermost node wins.
    pub place: Option<Place>,
    /// Which entry of the outermost map is wrong.
    pub entry: Option<usize>,
    /// The field that is missing, when that is what is wrong.
    pub missing: Option<&'static str>,
}

impl DecodeError {
    fn at(mut self, place: Place) -> Self {
        self.place.get_or_insert(place);
        self
    }

    fn within(mut self, entry: usize) -> Self {
        self.entry = Some(entry);
        self.missing = None;
        self
    }
}

impl de::Error for DecodeError {
    fn custom<T: Display>(message: T) -> Self {
        Self { message: message.to_string(), place: None, entry: None, missing: None }
    }

    fn invalid_type(got: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::custom(format_args!("expected {}, got {}", plain(&expected.to_string()), words(got)))
    }

    fn invalid_value(got: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::invalid_type(got, expected)
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let hint = suggest::hint(field, expected.iter().copied());
        Self::custom(format_args!("`{field}` is not a key here{hint}"))
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let hint = suggest::hint(variant, expected.iter().copied());
        Self::custom(format_args!("`{variant}` is not known here{hint}"))
    }

    fn missing_field(field: &'static str) -> Self {
        Self { missing: Some(field), ..Self::custom(format_args!("`{field}` is missing")) }
    }
}

/// The words of a suite for those of serde.
fn plain(expected: &str) -> &str {
    match expected {
        "a sequence" => "a list",
        "a string" => "a text",
        "a boolean" => "`true` or `false`",
        "i32" => "an integer",
        "u16" | "usize" => "a number without sign and fraction",
        other => other,
    }
}

fn words(got: Unexpected<'_>) -> String {
    match got {
        Unexpected::Unit | Unexpected::Option => "nothing".into(),
        Unexpected::Bool(value) => format!("`{value}`"),
        Unexpected::Unsigned(value) => format!("`{value}`"),
        Unexpected::Signed(value) => format!("`{value}`"),
        Unexpected::Float(value) => format!("`{value}`"),
        Unexpected::Str(_) => "a text".into(),
        Unexpected::Seq => "a list".into(),
        Unexpected::Map => "a map".into(),
        other => other.to_string(),
    }
}

pub(super) struct Decoder<'t, 's> {
    node: Node<'t>,
    left_out: &'s [bool],
}

impl<'t, 's> Decoder<'t, 's> {
    /// Reads the node but for some of its entries.
    pub fn without(node: Node<'t>, left_out: &'s [bool]) -> Self {
        Self { node, left_out }
    }

    fn whole(node: Node<'t>) -> Self {
        Self { node, left_out: &[] }
    }
}

impl<'de> de::Deserializer<'de> for Decoder<'_, '_> {
    type Error = DecodeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        let node = self.node;
        let visited = match node.data() {
            Data::Null => visitor.visit_unit(),
            Data::Bool(value) => visitor.visit_bool(*value),
            Data::Number(number) => visit_number(number, visitor),
            Data::Text(text) => visitor.visit_str(text),
            Data::List(_) => visitor.visit_seq(Items(node.items().collect::<Vec<_>>().into_iter())),
            Data::Map(_) => visitor.visit_map(Members::new(node, self.left_out)),
        };
        visited.map_err(|error| error.at(node.place()))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self.node.data() {
            Data::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        if name == REF { visitor.visit_u64(self.node.number as u64) } else { visitor.visit_newtype_struct(self) }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        let Some(text) = self.node.text() else {
            let message = format!("expected one of {}, got {}", suggest::either(variants), self.node.words());
            return Err(<DecodeError as de::Error>::custom(message).at(self.node.place()));
        };
        let visited = visitor.visit_enum(IntoDeserializer::<DecodeError>::into_deserializer(text));
        visited.map_err(|error| error.at(self.node.place()))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}

fn visit_number<'de, V: Visitor<'de>>(number: &Number, visitor: V) -> Result<V::Value, DecodeError> {
    match (number.as_u64(), number.as_i64()) {
        (Some(value), _) => visitor.visit_u64(value),
        (None, Some(value)) => visitor.visit_i64(value),
        (None, None) => visitor.visit_f64(number.as_f64().unwrap_or_default()),
    }
}

struct Items<'t>(std::vec::IntoIter<Node<'t>>);

impl<'de> de::SeqAccess<'de> for Items<'_> {
    type Error = DecodeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, DecodeError> {
        self.0.next().map(|node| seed.deserialize(Decoder::whole(node))).transpose()
    }
}

struct Members<'t> {
    entries: std::vec::IntoIter<(usize, &'t Key, Node<'t>)>,
    value: Option<(usize, Node<'t>)>,
}

impl<'t> Members<'t> {
    fn new(node: Node<'t>, left_out: &[bool]) -> Self {
        let numbered = node.entries().enumerate().map(|(i, (key, value))| (i, key, value));
        let kept = numbered.filter(|(i, ..)| !left_out.get(*i).copied().unwrap_or(false));
        Self { entries: kept.collect::<Vec<_>>().into_iter(), value: None }
    }
}

impl<'de> de::MapAccess<'de> for Members<'_> {
    type Error = DecodeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, DecodeError> {
        let Some((entry, key, value)) = self.entries.next() else {
            return Ok(None);
        };
        self.value = Some((entry, value));
        let name = IntoDeserializer::<DecodeError>::into_deserializer(key.name.as_str());
        seed.deserialize(name).map(Some).map_err(|error| error.at(key.place).within(entry))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, DecodeError> {
        let Some((entry, node)) = self.value.take() else {
            return Err(de::Error::custom("a value was asked for before its key"));
        };
        seed.deserialize(Decoder::whole(node)).map_err(|error| error.at(node.place()).within(entry))
    }
}
