//! Any bytes to the demo server: it stays alive, answers what comes behind, and says whole messages only.
#![no_main]

use std::{
    collections::HashMap,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll},
    time::Duration,
};

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use mcp_litmus::{demo, wire::json::decode};
use mcp_litmus_fuzz::{catalogue::modern, mutator};
use serde_json::{Value, json};
use tokio::{io::AsyncWrite, runtime, time::timeout};

/// As much may be said in any case.
const ALLOWANCE: usize = 1 << 20;
/// And as much for each byte that was heard.
const FACTOR: usize = 1 << 10;
/// The clock stands still while anybody works: this is the end only when nobody does.
const FOREVER: Duration = Duration::from_secs(24 * 60 * 60);

/// Where everything is written.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<u8>>>);

impl AsyncWrite for Heard {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<std::io::Result<usize>> {
        self.0.lock().expect("nobody panics while writing").extend_from_slice(bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

/// A whole conversation, on a clock of its own.
fn converse(input: &[u8]) -> Vec<u8> {
    let heard = Heard::default();
    let clock = runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    let ended = clock
        .expect("a runtime without IO needs nothing")
        .block_on(async { timeout(FOREVER, demo::serve(input, heard.clone(), demo::Options::default())).await });
    assert_eq!(ended, Ok(0), "the server ends when its input does");
    std::mem::take(&mut *heard.0.lock().expect("nobody panics while writing"))
}

/// What stands behind every input: somebody has to answer it.
fn controls() -> [Value; 2] {
    let meta = json!({ "_meta": modern("2026-07-28") });
    [
        json!({ "jsonrpc": "2.0", "id": "control-ping", "method": "ping" }),
        json!({ "jsonrpc": "2.0", "id": "control-discover", "method": "server/discover", "params": meta }),
    ]
}

/// The messages of a line: one, or those of a batch.
fn messages(value: Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items,
        other => vec![other],
    }
}

/// How often each id was asked for.
fn asked(input: &[u8]) -> HashMap<String, usize> {
    let mut asked = HashMap::new();
    for message in input.split(|byte| *byte == b'\n').filter_map(|line| decode(line).0).flat_map(messages) {
        if let Some(id) = message.get("id") {
            *asked.entry(id.to_string()).or_default() += 1;
        }
    }
    asked
}

/// Whether it is a request, a notification or an answer; gives the id that it answers.
fn answered(message: &Value) -> Option<&Value> {
    assert_eq!(message.get("jsonrpc"), Some(&json!("2.0")), "{message}");
    if message.get("method").is_some() {
        return None;
    }
    assert!(message.get("result").is_some() != message.get("error").is_some(), "{message}");
    message.get("id").filter(|id| !id.is_null())
}

fuzz_target!(|bytes: &[u8]| {
    let mut input = bytes.to_vec();
    for control in controls() {
        input.extend_from_slice(b"\n");
        input.extend_from_slice(control.to_string().as_bytes());
    }
    input.push(b'\n');

    let output = converse(&input);
    assert!(output.len() <= ALLOWANCE + FACTOR * bytes.len(), "{} bytes for {}", output.len(), bytes.len());
    let lines = output.strip_suffix(b"\n").expect("a whole line at the end");
    let mut open = asked(&input);
    for line in lines.split(|byte| *byte == b'\n') {
        let value = serde_json::from_slice(line).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(line)));
        for message in messages(value) {
            let Some(id) = answered(&message) else { continue };
            let left = open.get_mut(&id.to_string()).unwrap_or_else(|| panic!("nobody asked for {message}"));
            *left = left.checked_sub(1).unwrap_or_else(|| panic!("answered twice: {message}"));
        }
    }
    for control in controls() {
        assert_eq!(open.get(&control["id"].to_string()), Some(&0), "no answer to {control}");
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutator::mutate(data, size, max_size, seed)
});
