//! What is on stdout and is no message, or not a whole one.

use super::{
    Bug,
    act::Act,
    arrival::{Arrival, any_text},
    memory::Memory,
    tools,
};
use crate::demo::tools::Said;

/// Answers over this do not fit into its buffer.
const BUFFER: usize = 8 << 10;
/// So many requests in one read are written one after the other.
const ORDERLY: usize = 8;
/// Tangled answers are torn here.
const TORN: usize = 16;
/// Texts are cut here.
const CUT: usize = 64;
const SEPARATORS: [char; 2] = ['\u{2028}', '\u{2029}'];

/// A line arrives.
pub fn hear(bug: Bug, arrival: &Arrival, memory: &mut Memory) -> Act {
    let request = arrival.is_request();
    match bug {
        Bug::DeprecatedArgument => tools::deprecated(arrival),
        Bug::ForeignScheme => match arrival.param("uri").as_str() {
            Some(uri) if arrival.method() == "resources/read" && !uri.starts_with("demo:") => {
                Act::Before(b"Error: cannot open resource: unknown scheme\n".to_vec())
            }
            _ => Act::Go,
        },
        Bug::HalfAnswer if request => Act::Spoil(half),
        Bug::MissingNewline if arrival.message["id"].as_f64().is_some_and(|id| id < 0.0) => {
            Act::Spoil(String::into_bytes)
        }
        Bug::RawSeparator if any_text(arrival.message, &|text| text.contains(SEPARATORS)) => {
            Act::Spoil(|answer| (answer.replace(SEPARATORS, "\n") + "\n").into_bytes())
        }
        Bug::CutEmoji => match arrival.text("echo", "text") {
            Some(text) if text.len() > CUT && request => Act::Say(cut(arrival, text)),
            _ => Act::Go,
        },
        Bug::Tangled if request => tangled(arrival, memory),
        _ => Act::Go,
    }
}

fn half(answer: String) -> Vec<u8> {
    let mut bytes = answer.into_bytes();
    if bytes.len() > BUFFER {
        bytes.truncate(BUFFER / 2);
    }
    bytes.push(b'\n');
    bytes
}

/// The answer of echo with a text that ends after so many bytes, whatever stands there.
fn cut(arrival: &Arrival, text: &str) -> Vec<u8> {
    const PLACE: &str = "@@place@@";
    let line = String::from_utf8(arrival.said(Said::text(PLACE))).unwrap_or_default();
    let Some((before, after)) = line.split_once(PLACE) else { return line.into_bytes() };
    // Escaped, the text is longer, so it is cut first.
    let escape = |text: &str| serde_json::Value::from(text).to_string().trim_matches('"').to_owned();
    let whole = text.char_indices().map(|(at, _)| at).take_while(|at| *at <= CUT).last().unwrap_or_default();
    let torn = text.as_bytes().get(whole..CUT).unwrap_or_default();
    [before.as_bytes(), escape(text.get(..whole).unwrap_or_default()).as_bytes(), torn, after.as_bytes()].concat()
}

/// Every second answer of a crowd is written into the one before it.
fn tangled(arrival: &Arrival, memory: &mut Memory) -> Act {
    if let Some(rest) = memory.rest.take() {
        let [begun, end] = torn(&ponged(arrival));
        return Act::Say([begun, rest, end].concat());
    }
    if memory.crowd <= ORDERLY {
        return Act::Go;
    }
    let [begun, end] = torn(&ponged(arrival));
    memory.rest = Some(end);
    Act::Say(begun)
}

fn ponged(arrival: &Arrival) -> Vec<u8> {
    arrival.answer(Ok(serde_json::json!({})))
}

fn torn(line: &[u8]) -> [Vec<u8>; 2] {
    let (begun, end) = line.split_at(line.len().min(TORN));
    [begun.to_vec(), end.to_vec()]
}
