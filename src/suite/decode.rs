//! Types out of maps: unknown keys are named with what was meant, and one wrong member does not hide another.

use serde::de::{self, DeserializeOwned, Visitor};

use super::{
    decoder::{DecodeError, Decoder, REF},
    suggest,
    tree::{Data, Fault, Key, Node},
};

/// A node that is decoded later, by its number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ref(usize);

impl Ref {
    /// The node, given any other node of its tree.
    pub fn of(self, tree: Node<'_>) -> Node<'_> {
        tree.sibling(self.0)
    }
}

impl<'de> de::Deserialize<'de> for Ref {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Number;
        impl Visitor<'_> for Number {
            type Value = Ref;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a node of a suite")
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Ref, E> {
                usize::try_from(number).map(Ref).map_err(E::custom)
            }
        }
        deserializer.deserialize_newtype_struct(REF, Number)
    }
}

/// For members where `null` is a value and not an absence.
pub(super) fn given<'de, D: de::Deserializer<'de>>(deserializer: D) -> Result<Option<Ref>, D::Error> {
    de::Deserialize::deserialize(deserializer).map(Some)
}

/// Decodes a map whose keys are the fields of `T`. `owner` names it in messages.
pub(super) fn decode<T: DeserializeOwned>(node: Node<'_>, owner: &str, faults: &mut Vec<Fault>) -> Option<T> {
    report_strangers(node, owner, &[fields::<T>()], faults);
    decode_known(node, faults)
}

/// Decodes a map whose keys are the fields of `A` and of `B`.
pub(super) fn decode_both<A: DeserializeOwned, B: DeserializeOwned>(
    node: Node<'_>,
    owner: &str,
    faults: &mut Vec<Fault>,
) -> (Option<A>, Option<B>) {
    report_strangers(node, owner, &[fields::<A>(), fields::<B>()], faults);
    if !matches!(node.data(), Data::Map(_)) {
        return (None, None);
    }
    (decode_known(node, faults), decode_known(node, faults))
}

fn report_strangers(node: Node<'_>, owner: &str, known: &[&[&'static str]], faults: &mut Vec<Fault>) {
    if !matches!(node.data(), Data::Map(_)) {
        faults.push(node.fault(format!("{owner} is a map of keys and values, not {}", node.words())));
    }
    let known = known.concat();
    for (key, _) in strangers(node, &known) {
        let hint = match suggest::nearest(&key.name, &known) {
            Some(near) => format!("; did you mean `{near}`?"),
            None => format!("; it takes {}", suggest::all(&known)),
        };
        faults.push(key.place.fault(format!("`{}` does not belong to {owner}{hint}", key.name)));
    }
}

fn strangers<'t>(node: Node<'t>, known: &[&str]) -> impl Iterator<Item = (&'t Key, Node<'t>)> {
    node.entries().filter(|(key, _)| !known.contains(&key.name.as_str()))
}

/// Decodes the members that `T` knows. A wrong one is reported and left out, and the rest is tried again.
fn decode_known<T: DeserializeOwned>(node: Node<'_>, faults: &mut Vec<Fault>) -> Option<T> {
    let fields = fields::<T>();
    let entries: Vec<&Key> = node.entries().map(|(key, _)| key).collect();
    let mut left_out: Vec<bool> = entries.iter().map(|key| !fields.contains(&key.name.as_str())).collect();
    if !matches!(node.data(), Data::Map(_)) {
        return None;
    }
    loop {
        let error = match T::deserialize(Decoder::without(node, &left_out)) {
            Ok(decoded) => return Some(decoded),
            Err(error) => error,
        };
        // It is there, but wrong, or a letter of its name is: that has been said.
        let was_wrong = |name: &str| entries.iter().any(|key| suggest::nearest(&key.name, &[name]).is_some());
        if error.missing.is_some_and(was_wrong) {
            return None;
        }
        faults.push(error.place.unwrap_or(node.place()).fault(error.message));
        match error.entry.and_then(|entry| left_out.get_mut(entry)) {
            Some(left_out) if !*left_out => *left_out = true,
            _ => return None,
        }
    }
}

/// The names of the fields of a struct, as serde knows them.
pub(super) fn fields<T: DeserializeOwned>() -> &'static [&'static str] {
    let mut names: &'static [&'static str] = &[];
    let _ = T::deserialize(Probe(&mut names));
    names
}

struct Probe<'a>(&'a mut &'static [&'static str]);

impl<'de> de::Deserializer<'de> for Probe<'_> {
    type Error = DecodeError;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, DecodeError> {
        Err(de::Error::custom("only a struct has fields"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        *self.0 = fields;
        self.deserialize_any(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}
