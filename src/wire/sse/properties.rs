//! What holds for all event streams, and for all bytes that may be one.

use proptest::prelude::*;

use super::{SseDecoder, SseDefect, SseEvent};
use crate::wire::properties::{cut, cuts};

/// Small, so that generated events go beyond it.
const LIMIT: usize = 60;

fn decode(chunks: &[&[u8]], limit: usize) -> (Vec<SseEvent>, Option<SseEvent>) {
    let mut decoder = SseDecoder::new(limit);
    let mut events = Vec::new();
    for chunk in chunks {
        events.extend(decoder.push(chunk));
        assert!(decoder.buffered() <= limit);
    }
    let last = decoder.finish();
    assert!(decoder.finish().is_none() && decoder.buffered() == 0);
    (events, last)
}

/// Bytes that look enough like events to reach every branch.
fn streams() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        6 => prop::sample::select(vec![
            "\n", "\r", "\r\n", "\n\n", "\r\n\r\n", "\u{feff}", "data", "data:", "data: a", "event: b", "id: 1", "id:\0",
            "retry: 5", "retry: x", ": comment", ":", "other: x", " ", "\u{2028}",
        ]).prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..9),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn cuts_change_nothing(stream in streams(), cuts in cuts()) {
        for limit in [LIMIT, usize::MAX] {
            prop_assert_eq!(decode(&cut(&stream, &cuts), limit), decode(&[&stream], limit));
        }
    }

    #[test]
    fn an_event_is_never_longer_than_the_limit(stream in streams()) {
        let (events, last) = decode(&[&stream], LIMIT);
        let (whole, _) = decode(&[&stream], usize::MAX);
        prop_assert_eq!(events.len(), whole.len());
        for (event, whole) in events.iter().zip(&whole) {
            prop_assert_eq!(&event.bytes[..], &whole.bytes[..whole.bytes.len().min(LIMIT)]);
            prop_assert_eq!(event.defects.contains(&SseDefect::TooLong), whole.bytes.len() > LIMIT);
        }
        prop_assert!(last.is_none_or(|last| last.bytes.len() <= LIMIT && last.defects.contains(&SseDefect::Unfinished)));
    }

    #[test]
    fn what_is_written_is_read(
        events in prop::collection::vec(("[^\r\n]{0,9}", "[^\r\n]{0,9}(\n[^\r\n]{0,9}){0,2}", "[^\r\n\0]{0,9}"), 1..9),
        end in prop::sample::select(vec!["\n", "\r", "\r\n"]),
        cuts in cuts(),
    ) {
        let mut stream = String::new();
        for (name, data, id) in &events {
            let lines = data.split('\n').map(|line| format!("data: {line}{end}")).collect::<String>();
            stream += &format!("event: {name}{end}id: {id}{end}{lines}{end}");
        }
        let (read, last) = decode(&cut(stream.as_bytes(), &cuts), usize::MAX);
        prop_assert!(last.is_none());
        prop_assert!(read.iter().all(|event| event.defects.is_empty()));
        let read: Vec<_> = read.into_iter().filter_map(|event| Some((event.name?, event.data?, event.id?))).collect();
        prop_assert_eq!(read, events);
    }
}
