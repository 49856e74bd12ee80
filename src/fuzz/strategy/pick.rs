//! Small choices, and raw JSON in the middle of a message: what no `Value` can hold, such as `1e999` or half of a surrogate pair.

use fastrand::Rng;
use serde_json::{Value, json};

use crate::fuzz::frame::{Asks, Frame, id_of};

/// What stands in a message where raw bytes are to come.
const HERE: &str = "@here@";

/// Bytes that come to stand in a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Raw {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Whether every parser reads them without complaint.
    pub is_plain: bool,
}

impl Raw {
    /// JSON that every parser reads.
    pub fn plain(text: impl Into<Vec<u8>>) -> Self {
        Self { bytes: text.into(), is_plain: true }
    }

    /// Bytes that some parsers refuse.
    pub fn odd(text: impl Into<Vec<u8>>) -> Self {
        Self { bytes: text.into(), is_plain: false }
    }
}

/// The place of raw bytes, as a value.
pub fn here() -> Value {
    json!(HERE)
}

/// The place of raw bytes, as the name of a member.
pub fn here_name() -> String {
    HERE.to_owned()
}

/// One of some texts.
pub fn pick(rng: &mut Rng, texts: &[&'static str]) -> &'static str {
    rng.choice(texts).copied().unwrap_or_default()
}

/// Once in so many times.
pub fn seldom(rng: &mut Rng, times: u32) -> bool {
    rng.u32(..times.max(1)) == 0
}

/// The bytes of a value with raw ones in their place.
pub fn filled(value: &Value, raw: &[u8]) -> Vec<u8> {
    let text = value.to_string();
    let Some((before, behind)) = text.split_once("\"@here@\"") else { return text.into_bytes() };
    [before.as_bytes(), raw, behind.as_bytes()].concat()
}

/// A request with raw bytes in their place, if there are any.
pub fn ask(place: usize, method: &str, params: Value, raw: Option<Raw>) -> Frame {
    let Some(raw) = raw else { return Frame::ask(place, method, Some(params)) };
    let message = json!({ "jsonrpc": "2.0", "id": id_of(place), "method": method, "params": params });
    let mut bytes = filled(&message, &raw.bytes);
    bytes.push(b'\n');
    if !raw.is_plain {
        return Frame::raw(bytes);
    }
    Frame { bytes, ..Frame::say(&message) }
}

/// Do something to the parameters without their metadata.
pub fn beside_metadata<T>(
    params: &mut Value,
    rng: &mut Rng,
    change: impl FnOnce(&mut Value, &mut Rng) -> Option<T>,
) -> Option<T> {
    let metadata = params.as_object_mut().and_then(|members| members.shift_remove("_meta"));
    let made = change(params, rng);
    if let (Some(metadata), Some(members)) = (metadata, params.as_object_mut()) {
        members.insert("_meta".to_owned(), metadata);
    }
    made
}

/// The same frame, for which nothing is owed.
pub fn free(mut frame: Frame) -> Frame {
    frame.asks = Asks::Anything;
    frame
}

/// A frame without its newline.
pub fn bare_line(frame: &Frame) -> &[u8] {
    frame.bytes.strip_suffix(b"\n").unwrap_or(&frame.bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_bytes_come_to_their_place() {
        let frame = ask(0, "m", json!({ "n": here() }), Some(Raw::odd("1e999")));
        assert_eq!(frame.bytes, b"{\"jsonrpc\":\"2.0\",\"id\":\"@id:0@\",\"method\":\"m\",\"params\":{\"n\":1e999}}\n");
        assert_eq!(frame.asks, Asks::Anything);
        let wide = ask(0, "m", json!({ "n": here() }), Some(Raw::plain("18446744073709551615")));
        assert!(matches!(wide.asks, Asks::Answer { .. }));
        assert_eq!(filled(&json!({ here_name(): 1 }), b"\"a\":2,\"a\""), b"{\"a\":2,\"a\":1}");
    }
}
