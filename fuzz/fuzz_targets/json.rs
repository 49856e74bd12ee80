//! Any bytes as JSON: a value or a reason why not, and a value that is read again as what it was.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mcp_litmus::wire::json::decode;
use mcp_litmus::wire::{Defect, classify, encode};

fuzz_target!(|bytes: &[u8]| {
    let (value, defects) = decode(bytes);
    let Some(value) = value else {
        assert!(defects.contains(&Defect::NotJson));
        return;
    };
    let line = encode(&value);
    assert_eq!(line.iter().position(|byte| *byte == b'\n'), Some(line.len() - 1));
    let (again, defects) = decode(&line);
    assert!(defects.iter().all(|defect| *defect == Defect::ImpreciseNumber), "{defects:?}");
    assert_eq!(again.as_ref(), Some(&value));
    assert_eq!(classify(value).is_valid(), again.is_some_and(|value| classify(value).is_valid()));
});
