//! Changes lines of JSON as JSON: most of what libFuzzer does by itself to their bytes makes no JSON at all.

use arbitrary::{Arbitrary, Unstructured};
use fastrand::Rng;
use serde_json::{Value, json};

use crate::{
    catalogue::{MEMBERS, METHODS, WORDS},
    frames::Frame,
};

/// More lines than this are not kept.
const LINES: usize = 24;

/// Change `data`, of which `size` bytes are used; gives how many are used then.
pub fn mutate(data: &mut [u8], size: usize, most: usize, seed: u32) -> usize {
    let mut rng = Rng::with_seed(seed.into());
    if rng.u8(..4) == 0 {
        return libfuzzer_sys::fuzzer_mutate(data, size, most);
    }
    let mut lines: Vec<Vec<u8>> = data[..size].split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    lines.truncate(LINES);
    for _ in 0..rng.usize(1..=3) {
        change(&mut lines, &mut rng);
    }
    let whole = lines.join(&b'\n');
    if whole.len() > most {
        return libfuzzer_sys::fuzzer_mutate(data, size, most);
    }
    data[..whole.len()].copy_from_slice(&whole);
    whole.len()
}

fn change(lines: &mut Vec<Vec<u8>>, rng: &mut Rng) {
    let at = rng.usize(..lines.len().max(1));
    match rng.u8(..10) {
        0 | 1 => lines.insert(at, fresh(rng)),
        2 if lines.len() > 1 => drop(lines.remove(at)),
        3 => {
            if let Some(line) = lines.get(at).cloned() {
                lines.insert(at, line);
            }
        }
        4 => {
            let other = rng.usize(..lines.len().max(1));
            lines.swap(at, other);
        }
        5 => lines.insert(at, Vec::new()),
        _ => {
            let Some(line) = lines.get_mut(at) else { return };
            match serde_json::from_slice(line) {
                Ok(mut value) => {
                    alter(&mut value, rng);
                    *line = value.to_string().into_bytes();
                }
                Err(_) => *line = fresh(rng),
            }
        }
    }
}

/// A line that was not there before.
fn fresh(rng: &mut Rng) -> Vec<u8> {
    let mut bytes = [0; 192];
    rng.fill(&mut bytes);
    let line = Frame::arbitrary(&mut Unstructured::new(&bytes)).map(Frame::line).unwrap_or_default();
    line.into_iter().map(|byte| if byte == b'\n' { b' ' } else { byte }).collect()
}

/// Change one place of a value.
fn alter(value: &mut Value, rng: &mut Rng) {
    match value {
        Value::Object(members) if !members.is_empty() && rng.u8(..8) != 0 => {
            let at = rng.usize(..members.len());
            let Some(name) = members.keys().nth(at).cloned() else { return };
            match rng.u8(..10) {
                0 => drop(members.remove(&name)),
                1 => {
                    let moved = members.remove(&name).unwrap_or_default();
                    members.insert(one(MEMBERS, rng), moved);
                }
                2 => drop(members.insert(one(MEMBERS, rng), scalar(rng))),
                _ if name == "method" => drop(members.insert(name, json!(one(METHODS, rng)))),
                _ => members.get_mut(&name).into_iter().for_each(|member| alter(member, rng)),
            }
        }
        Value::Array(items) if !items.is_empty() && rng.u8(..8) != 0 => {
            let at = rng.usize(..items.len());
            match rng.u8(..4) {
                0 => drop(items.remove(at)),
                1 if items.len() < 8 => items.insert(at, items.get(at).cloned().unwrap_or_default()),
                _ => items.get_mut(at).into_iter().for_each(|item| alter(item, rng)),
            }
        }
        other => {
            *other = match rng.u8(..8) {
                0 => json!([other.take()]),
                1 => json!({ one(MEMBERS, rng): other.take() }),
                _ => scalar(rng),
            }
        }
    }
}

fn scalar(rng: &mut Rng) -> Value {
    match rng.u8(..12) {
        0 => Value::Null,
        1 => json!(rng.bool()),
        2 => json!(rng.u8(..)),
        3 => json!(-1),
        4 => json!(rng.i64(..)),
        5 => json!(1.5),
        6 => json!(1e300),
        7 => json!({}),
        8 => json!([]),
        9 => json!("x".repeat(rng.usize(..200))),
        _ => json!(one(WORDS, rng)),
    }
}

fn one(list: &[&str], rng: &mut Rng) -> String {
    list[rng.usize(..list.len())].to_owned()
}
