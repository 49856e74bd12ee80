//! Any bytes as a message of either side, in every revision: problems in few words, at places that exist.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mcp_litmus::model::Revision;
use mcp_litmus::schema::{Judged, Side, judge};
use mcp_litmus::wire::{classify, json::decode};

const ASKED: &[&str] = &["initialize", "server/discover", "tools/list", "tools/call", "resources/read", "prompts/get"];

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let Some(value) = decode(bytes).0 else { return };
    let message = classify(value);
    let asked = ASKED.get(usize::from(*choice)).copied();
    for revision in Revision::ALL {
        for side in [Side::Client, Side::Server] {
            let Judged::As(_, problems) = judge(revision, side, &message, asked) else { continue };
            assert!(problems.len() <= 50);
            for problem in problems {
                let (parent, _) = problem.pointer.rsplit_once('/').unwrap_or_default();
                let place = message.value.pointer(&problem.pointer).or_else(|| message.value.pointer(parent));
                assert!(place.is_some(), "{problem:?}");
            }
        }
    }
});
