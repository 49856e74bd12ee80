//! Tools that answer at once, each with another kind of content.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Number, Value, json};

use super::Said;
use crate::demo::{dress::PIXEL, offers::resources, rpc::Members};

/// Says what it is told.
pub fn echo(arguments: &Members) -> Said {
    Said::text(arguments.get("text").and_then(Value::as_str).unwrap_or_default())
}

/// Adds two numbers.
pub fn add(arguments: &Members) -> Said {
    let (a, b) = (arguments.get("a"), arguments.get("b"));
    let whole = a.and_then(Value::as_i64).zip(b.and_then(Value::as_i64)).and_then(|(a, b)| a.checked_add(b));
    let float = a.and_then(Value::as_f64).zip(b.and_then(Value::as_f64)).map(|(a, b)| a + b);
    let sum = whole.map(Number::from).or_else(|| float.and_then(Number::from_f64));
    match sum {
        Some(sum) => structured(&json!({ "sum": sum })),
        None => Said::failed("the sum is too large"),
    }
}

/// A result for programs, and the same as text for those who read only that.
fn structured(value: &Value) -> Said {
    Said { structured: Some(value.clone()), ..Said::text(value.to_string()) }
}

/// A picture.
pub fn image(_: &Members) -> Said {
    content([json!({ "type": "image", "data": PIXEL, "mimeType": "image/png" })])
}

/// A sound.
pub fn audio(_: &Members) -> Said {
    content([json!({ "type": "audio", "data": silence(), "mimeType": "audio/wav" })])
}

/// A resource in the result itself.
pub fn embedded(_: &Members) -> Said {
    content([note()])
}

/// A resource to be read later.
pub fn link(_: &Members) -> Said {
    content([pointer()])
}

/// All kinds of content, with annotations.
pub fn mixed(_: &Members) -> Said {
    let annotations =
        json!({ "audience": ["user", "assistant"], "priority": 0.5, "lastModified": "2025-01-12T15:00:58Z" });
    content([
        json!({ "type": "text", "text": "several things", "annotations": annotations }),
        json!({ "type": "image", "data": PIXEL, "mimeType": "image/png" }),
        json!({ "type": "audio", "data": silence(), "mimeType": "audio/wav" }),
        note(),
        pointer(),
    ])
}

/// Fails.
pub fn fail(arguments: &Members) -> Said {
    Said::failed(arguments.get("message").and_then(Value::as_str).unwrap_or("it failed, as it was told to"))
}

/// What the tools say that were added later.
pub fn added(_: &Members) -> Said {
    Said::text("this tool was not there from the start")
}

fn content(blocks: impl IntoIterator<Item = Value>) -> Said {
    Said { content: blocks.into_iter().collect(), ..Said::default() }
}

fn note() -> Value {
    let text = json!({ "uri": "demo://notes/1", "mimeType": "text/plain", "text": resources::note(1) });
    json!({ "type": "resource", "resource": text })
}

fn pointer() -> Value {
    json!({
        "type": "resource_link",
        "uri": "demo://notes/2",
        "name": "note-2",
        "title": "The second note",
        "mimeType": "text/plain",
    })
}

/// Eight samples of silence, as a WAV file.
pub fn silence() -> String {
    let mut wav = Vec::from(*b"RIFF");
    wav.extend(44_u32.to_le_bytes());
    wav.extend(b"WAVEfmt ");
    wav.extend(16_u32.to_le_bytes());
    wav.extend([1, 0, 1, 0]);
    wav.extend(8000_u32.to_le_bytes());
    wav.extend(8000_u32.to_le_bytes());
    wav.extend([1, 0, 8, 0]);
    wav.extend(b"data");
    wav.extend(8_u32.to_le_bytes());
    wav.extend([128; 8]);
    STANDARD.encode(wav)
}
