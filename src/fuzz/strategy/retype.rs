//! Values of another type than the one that was asked for.

use fastrand::Rng;
use serde_json::{Value, json};

use super::{
    edit::put,
    hostile, numbers,
    pick::{Raw, seldom},
};

/// Something of another type in the place of a value.
pub fn other(node: &mut Value, rng: &mut Rng) -> Option<Raw> {
    match rng.u32(..12) {
        0..=2 => *node = Value::Null,
        3 => *node = json!(node.to_string()),
        4 => *node = json!([node]),
        5 => *node = json!({ "value": node }),
        6 => return Some(put(node, nested(rng))),
        7 => return Some(put(node, numbers::number(rng))),
        8 => return Some(put(node, hostile::literal(rng))),
        _ => {
            let before = std::mem::discriminant(node);
            *node = (0..8).map(|_| any(rng)).find(|value| std::mem::discriminant(value) != before).unwrap_or_default();
        }
    }
    None
}

/// A small value of any type.
pub fn any(rng: &mut Rng) -> Value {
    match rng.u32(..10) {
        0 => Value::Null,
        1 => json!(rng.bool()),
        2..=3 => json!(numbers::integer(rng)),
        4 => json!(1.5),
        5 => json!([]),
        6 => json!({}),
        7 => json!([null, 1, "a", {}]),
        8 => json!({ "a": { "b": [0] } }),
        _ => json!(hostile::text(rng)),
    }
}

/// Lists or objects in each other.
pub fn nested(rng: &mut Rng) -> Raw {
    let depth = if seldom(rng, 40) { 5000 } else { *rng.choice(&[2, 10, 50, 100, 130, 500]).unwrap_or(&2) };
    let bytes = deep(depth, rng.bool());
    if depth < 100 { Raw::plain(bytes) } else { Raw::odd(bytes) }
}

/// So many lists or objects in each other.
pub fn deep(depth: usize, as_objects: bool) -> Vec<u8> {
    let (open, close, core): (&[u8], &[u8], &[u8]) =
        if as_objects { (b"{\"a\":", b"}", b"1") } else { (b"[", b"]", b"") };
    [&open.repeat(depth), core, &close.repeat(depth)].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nests_are_well_formed() {
        for as_objects in [true, false] {
            assert!(serde_json::from_slice::<Value>(&deep(100, as_objects)).is_ok());
        }
        assert_eq!(deep(2, true), b"{\"a\":{\"a\":1}}");
    }
}
