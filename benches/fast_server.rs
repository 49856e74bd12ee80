//! A server that answers as fast as it can: a yardstick for clients, with nothing in it to find.
//!
//! It shares no code with the tester. Lines are read and answers written in bulk, and the usual line is never made
//! into a tree: only its top-level members are looked at, and strings stay where they are.

#[path = "fast_server/json.rs"]
mod json;

use std::io::{self, Read, Write};

const CHUNK: usize = 256 << 10;
/// Lines longer than this are given up.
const LONGEST: usize = 64 << 20;

const INITIALIZE: &str =
    r#"{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"fast-server","version":"1"}}"#;
const TOOLS: &str = r#"{"tools":[{"name":"echo","inputSchema":{"type":"object","properties":{"text":{"type":"string"}},"required":["text"]},"annotations":{"readOnlyHint":true}},{"name":"add","inputSchema":{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"number"}},"required":["a","b"]},"annotations":{"readOnlyHint":true}},{"name":"pick","inputSchema":{"type":"object","properties":{"colour":{"type":"string","enum":["red","green","blue"]}}},"annotations":{"readOnlyHint":true}}]}"#;
const CALLED: &str = r#"{"content":[{"type":"text","text":"done"}]}"#;
const METHOD: &str = r#"{"code":-32601,"message":"there is no such method"}"#;
const PARAMS: &str = r#"{"code":-32602,"message":"there is no such tool, or the params have the wrong form"}"#;
const REQUEST: &str = r#"{"code":-32600,"message":"this is no message"}"#;
const PARSE: &str = r#"{"code":-32700,"message":"this is no JSON"}"#;

/// The members that decide, as they stand in the line.
#[derive(Default)]
struct Message<'a> {
    id: Option<&'a [u8]>,
    method: Option<&'a [u8]>,
    params: Option<&'a [u8]>,
}

fn main() -> io::Result<()> {
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    let (mut buffer, mut filled, mut answers) = (vec![0; CHUNK], 0, Vec::with_capacity(CHUNK));
    loop {
        if filled == buffer.len() {
            buffer.resize(buffer.len() * 2, 0);
        }
        let read = match input.read(&mut buffer[filled..]) {
            Ok(0) => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        let seen = filled;
        filled += read;
        let Some(end) = buffer[seen..filled].iter().rposition(|byte| *byte == b'\n') else {
            filled = if filled > LONGEST { 0 } else { filled };
            continue;
        };
        let end = seen + end + 1;
        buffer[..end].split_inclusive(|byte| *byte == b'\n').for_each(|line| take_in(line, &mut answers));
        output.write_all(&answers)?;
        output.flush()?;
        answers.clear();
        buffer.copy_within(end..filled, 0);
        filled -= end;
    }
}

/// Answers a line, if it wants an answer.
fn take_in(line: &[u8], answers: &mut Vec<u8>) {
    let line = line.trim_ascii();
    if line.is_empty() {
        return;
    }
    if std::str::from_utf8(line).is_err() {
        return say(answers, b"", "error", PARSE);
    }
    let mut message = Message::default();
    let is_object = json::members(line, |key, value| match key {
        b"id" => message.id = Some(value),
        b"method" => message.method = Some(value),
        b"params" => message.params = Some(value),
        _ => {}
    });
    match is_object {
        true => respond(&message, answers),
        false if json::is_json(line) => say(answers, b"", "error", REQUEST),
        false => say(answers, b"", "error", PARSE),
    }
}

fn respond(message: &Message, answers: &mut Vec<u8>) {
    let id = message.id.filter(|id| is_id(id));
    let Some(method) = message.method.filter(|method| method.starts_with(b"\"")) else {
        return say(answers, id.unwrap_or_default(), "error", REQUEST);
    };
    match (id, message.id) {
        (None, None) => return,
        (None, Some(_)) => return say(answers, b"", "error", REQUEST),
        _ => {}
    }
    let id = id.unwrap_or_default();
    match method {
        b"\"ping\"" => say(answers, id, "result", "{}"),
        b"\"initialize\"" => say(answers, id, "result", INITIALIZE),
        b"\"tools/list\"" => say(answers, id, "result", TOOLS),
        b"\"tools/call\"" if is_call(message.params.unwrap_or_default()) => say(answers, id, "result", CALLED),
        b"\"tools/call\"" => say(answers, id, "error", PARAMS),
        _ => say(answers, id, "error", METHOD),
    }
}

/// Whether this names a tool that there is, with arguments that are an object or left out.
fn is_call(params: &[u8]) -> bool {
    let (mut known, mut fits) = (false, true);
    let is_object = json::members(params, |key, value| match key {
        b"name" => known = [b"\"echo\"".as_slice(), b"\"add\"", b"\"pick\""].contains(&value),
        b"arguments" => fits = value.starts_with(b"{"),
        _ => {}
    });
    is_object && known && fits
}

/// Whether this is a string or a whole number.
fn is_id(id: &[u8]) -> bool {
    id.starts_with(b"\"") || id.iter().all(|byte| byte.is_ascii_digit() || *byte == b'-')
}

fn say(answers: &mut Vec<u8>, id: &[u8], member: &str, body: &str) {
    answers.extend_from_slice(br#"{"jsonrpc":"2.0""#);
    if !id.is_empty() {
        answers.extend_from_slice(br#","id":"#);
        answers.extend_from_slice(id);
    }
    for part in [",\"", member, "\":", body, "}\n"] {
        answers.extend_from_slice(part.as_bytes());
    }
}
