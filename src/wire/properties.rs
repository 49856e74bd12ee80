//! What holds for all bytes and all messages.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Kind, Line, LineDecoder, classify, encode, json};

/// Small, so that generated streams go beyond it.
const LIMIT: usize = 200;

fn decode<'a>(chunks: impl IntoIterator<Item = &'a [u8]>, limit: usize) -> Vec<Line> {
    let mut decoder = LineDecoder::new(limit);
    let mut lines = Vec::new();
    for chunk in chunks {
        lines.extend(decoder.push(chunk));
        assert!(decoder.buffered() <= limit.saturating_mul(2));
    }
    lines.extend(decoder.finish());
    lines
}

/// How long chunks are, over and over.
pub(super) fn cuts() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(1_usize..30, 1..20)
}

/// A stream in chunks.
pub(super) fn cut<'a>(stream: &'a [u8], cuts: &[usize]) -> Vec<&'a [u8]> {
    let mut chunks = Vec::new();
    let mut rest = stream;
    for cut in cuts.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        let (chunk, behind) = rest.split_at((*cut).min(rest.len()));
        chunks.push(chunk);
        rest = behind;
    }
    chunks
}

/// Bytes that look enough like a conversation to reach every branch.
fn streams() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "\n", "\r\n", "{", "}", "[", "]", "\"", "\\", ",", ":", " ", "\0", "\u{feff}", "\u{2028}", "é",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}", "{\"jsonrpc\":\"2.0\",\n\"method\":\"a\"\n}",
            "\"\\ud800\"", "\"a\":1", "NaN", "1e999", "Content-Length: 9\r\n\r\n", "log", "[[[[[[[[",
        ]).prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..20),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn values() -> impl Strategy<Value = Value> {
    let exact = -(1_i64 << 53)..=(1_i64 << 53);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        exact.prop_map(Value::from),
        (-1e9..1e9).prop_map(|number: f64| json!(number)),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..6).prop_map(|members| members.into_iter().collect()),
        ]
    })
}

fn messages() -> impl Strategy<Value = Value> {
    (values(), any::<String>(), 0..4).prop_map(|(value, name, shape)| match shape {
        0 => json!({"jsonrpc": "2.0", "id": name, "method": name, "params": value}),
        1 => json!({"jsonrpc": "2.0", "method": name, "params": value}),
        2 => json!({"jsonrpc": "2.0", "id": 7, "result": value}),
        _ => json!({"jsonrpc": "2.0", "id": name, "error": {"code": -1, "message": name, "data": value}}),
    })
}

proptest! {
    #[test]
    fn chunks_change_nothing(stream in streams(), cuts in cuts()) {
        prop_assert_eq!(decode(cut(&stream, &cuts), LIMIT), decode([&stream[..]], LIMIT));
    }

    #[test]
    fn every_byte_is_in_exactly_one_line(stream in streams()) {
        let mut rebuilt = Vec::new();
        for line in decode([&stream[..]], usize::MAX) {
            prop_assert_eq!(line.offset, rebuilt.len() as u64);
            prop_assert_eq!(line.length, line.bytes.len() as u64);
            rebuilt.extend(line.bytes);
            rebuilt.extend(line.ended.then_some(b'\n'));
        }
        prop_assert_eq!(rebuilt, stream);
    }

    #[test]
    fn lengths_count_what_was_cut(stream in streams()) {
        let lines = decode([&stream[..]], LIMIT);
        prop_assert_eq!(lines.iter().map(|line| line.length + u64::from(line.ended)).sum::<u64>(), stream.len() as u64);
        prop_assert!(lines.iter().all(|line| line.bytes.len() as u64 == line.length.min(LIMIT as u64)));
    }

    #[test]
    fn json_of_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200), stream in streams()) {
        for bytes in [bytes, stream] {
            let (value, defects) = json::decode(&bytes);
            prop_assert!(value.is_some() || !defects.is_empty());
        }
    }

    #[test]
    fn what_is_encoded_is_decoded(messages in prop::collection::vec(messages(), 1..5)) {
        let stream: Vec<u8> = messages.iter().flat_map(encode).collect();
        let lines = decode([&stream[..]], usize::MAX);
        prop_assert_eq!(lines.len(), messages.len());
        for (line, message) in lines.iter().zip(&messages) {
            prop_assert_eq!(&line.defects, &[]);
            prop_assert_eq!(&line.messages, &[classify(message.clone())]);
            prop_assert!(!matches!(line.messages[0].kind, Kind::Invalid(_) | Kind::Batch(_)));
        }
    }
}
