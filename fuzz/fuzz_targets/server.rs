//! Any server over stdio, in a process of its own: `MCP_LITMUS_TARGET="node server.js"` says how to start it.
#![no_main]

use std::cell::RefCell;

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use mcp_litmus::{
    config::command_words,
    fuzz::{
        Door,
        frame::{Frame, Then, id_of},
    },
    transport::kill_all,
};
use mcp_litmus_fuzz::{counters, mutator};
use serde_json::Value;

/// As many frames are played of one input.
const FRAMES: usize = 16;

thread_local! {
    /// libFuzzer runs everything on one thread.
    static DOOR: RefCell<Door> = RefCell::new(open());
}

fn open() -> Door {
    let command = std::env::var("MCP_LITMUS_TARGET").expect("MCP_LITMUS_TARGET says how to start the server");
    Door::open(&command_words(&command)).unwrap_or_else(|why| panic!("{command}: {why}"))
}

/// A line as a frame. Ids of requests are written when it is played, so that every answer can be told from the others.
fn frame(place: usize, line: &[u8]) -> Frame {
    match serde_json::from_slice::<Value>(line) {
        Ok(mut message) if message.get("method").is_some() && message.get("id").is_some_and(is_id) => {
            message["id"] = id_of(place);
            Frame::say(&message)
        }
        _ => Frame::raw([line, b"\n"].concat()),
    }
}

fn is_id(id: &Value) -> bool {
    id.is_string() || id.is_i64() || id.is_u64()
}

/// The lines of an input; an empty one lets the server read what is before it.
fn frames(bytes: &[u8]) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    for line in bytes.split(|byte| *byte == b'\n') {
        if line.is_empty()
            && let Some(last) = frames.last_mut()
        {
            last.then = Then::Flush;
        } else if frames.len() < FRAMES {
            frames.push(frame(frames.len(), line));
        }
    }
    frames
}

fuzz_target!(|bytes: &[u8]| {
    let verdict = DOOR.with_borrow_mut(|door| door.play(frames(bytes)));
    verdict.signatures.iter().copied().for_each(counters::see);
    if !verdict.offences.is_empty() {
        // libFuzzer ends this process without another word.
        kill_all();
        panic!("{}", verdict.offences.join("\n"));
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutator::mutate(data, size, max_size, seed)
});
