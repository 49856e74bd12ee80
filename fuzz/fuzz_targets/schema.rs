//! Any JSON as a schema of a stranger: compiled or refused, and what is made of it is small and as it was asked for.
#![no_main]

use fastrand::Rng;
use libfuzzer_sys::fuzz_target;
use mcp_litmus::{instances::Maker, schema::compile, wire::json::decode};
use serde_json::Value;

/// More than this has no use as an argument.
const NODES: usize = 100_000;
/// How long lists and texts should be, about.
const SIZE: usize = 4;

fn nodes(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(nodes).sum(),
        Value::Object(members) => members.values().map(nodes).sum::<usize>(),
        _ => 0,
    }
}

fuzz_target!(|input: (u8, &[u8])| {
    let (seed, bytes) = input;
    let Some(schema) = decode(bytes).0 else { return };
    let Ok(validator) = compile(&schema) else {
        return assert!(Maker::new(&schema).and_then(|maker| maker.smallest()).is_none(), "nothing can be met");
    };
    let Some(maker) = Maker::new(&schema) else { return };
    let mut rng = Rng::with_seed(seed.into());
    // One of them at a time: most inputs differ in little else.
    let made = match seed % 4 {
        0 => maker.valid(&mut rng, SIZE),
        1 => maker.border(&mut rng),
        _ => maker.smallest(),
    };
    if let Some(made) = made {
        assert!(nodes(&made) <= NODES, "{schema} makes too much");
        assert!(validator.is_valid(&made), "{made} is not what {schema} wants");
    }
    if seed % 4 == 3
        && let Some(broken) = maker.broken(&mut rng)
    {
        assert!(!validator.is_valid(&broken.value), "{} does not break {} of {schema}", broken.value, broken.keyword);
    }
});
