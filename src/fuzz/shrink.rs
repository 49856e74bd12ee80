//! Making a finding small: fewer frames first, then smaller messages, then smaller values. Proposes; somebody else
//! tries.

use serde_json::{Value, json};

use super::{case::Case, frame::Frame};

/// Smaller cases that might show the same, biggest step first.
pub fn fewer_frames(case: &Case) -> Vec<Case> {
    let count = case.frames.len();
    let mut smaller = Vec::new();
    let mut length = count / 2;
    while length >= 1 {
        for start in (0..count).step_by(length) {
            let end = (start + length).min(count);
            if end - start < count {
                smaller.push(without(case, start, end));
            }
        }
        length /= 2;
    }
    smaller
}

/// A case without some of its frames; the ids of the others move up.
fn without(case: &Case, start: usize, end: usize) -> Case {
    let removed = end - start;
    let to = |place: usize| match place {
        place if place >= end => place - removed,
        // Whoever named it names nothing now.
        place if place >= start => 999_999,
        place => place,
    };
    let kept = case.frames.iter().enumerate().filter(|(place, _)| !(start..end).contains(place));
    // What is owed for a part of a message is not owed for the rest of it.
    let alone = |frame: &Frame| Frame::raw(frame.moved(to).bytes).then(frame.then);
    Case { frames: kept.map(|(_, frame)| alone(frame)).collect(), ..case.clone() }.sober()
}

/// The same case with one frame smaller.
pub fn smaller_frames(case: &Case) -> Vec<Case> {
    let mut smaller = Vec::new();
    for (place, frame) in case.frames.iter().enumerate() {
        let candidates = match frame.message() {
            Some(message) if message.is_object() => messages(&message),
            _ => bytes(&frame.bytes),
        };
        smaller.extend(candidates.into_iter().map(|candidate| {
            let mut frames = case.frames.clone();
            if let Some(frame) = frames.get_mut(place) {
                *frame = candidate.then(frame.then);
            }
            Case { frames, ..case.clone() }.sober()
        }));
    }
    smaller
}

/// Smaller messages: their params, member by member.
fn messages(message: &Value) -> Vec<Frame> {
    let mut smaller = Vec::new();
    if let Some(params) = message.get("params") {
        for params in values(params, true) {
            let mut message = message.clone();
            message["params"] = params;
            smaller.push(Frame::say(&message));
        }
    }
    if let Some(members) = message.as_object().filter(|members| members.len() > 4) {
        for name in members.keys().filter(|name| !matches!(name.as_str(), "jsonrpc" | "id" | "method" | "params")) {
            let mut members = members.clone();
            members.shift_remove(name);
            smaller.push(Frame::say(&Value::Object(members)));
        }
    }
    smaller
}

/// Smaller values, biggest step first.
fn values(value: &Value, is_root: bool) -> Vec<Value> {
    match value {
        Value::Object(members) => {
            let mut smaller = Vec::new();
            for name in members.keys().filter(|name| *name != "_meta") {
                let mut without = members.clone();
                without.shift_remove(name);
                smaller.push(Value::Object(without));
            }
            for (name, member) in members.iter().filter(|(name, _)| *name != "_meta") {
                for member in values(member, false) {
                    let mut changed = members.clone();
                    changed.insert(name.clone(), member);
                    smaller.push(Value::Object(changed));
                }
            }
            smaller
        }
        Value::Array(items) if !items.is_empty() => {
            let half = items.len() / 2;
            let mut smaller = vec![json!([]), json!(items.get(..half)), json!(items.get(half..))];
            smaller.retain(|other| other != value);
            for (place, item) in items.iter().enumerate().take(4) {
                for item in values(item, false) {
                    let mut items = items.clone();
                    items[place] = item;
                    smaller.push(Value::Array(items));
                }
            }
            smaller
        }
        Value::String(text) if text.len() > 1 && !is_root => {
            let letters: Vec<char> = text.chars().collect();
            let part = |letters: &[char]| json!(letters.iter().collect::<String>());
            let (half, quarter) = (letters.len() / 2, letters.len() / 4);
            let mut smaller = vec![json!("")];
            for (start, end) in
                [(0, half), (half, letters.len()), (0, letters.len() - quarter), (quarter, letters.len())]
            {
                smaller.extend(letters.get(start..end).map(part));
            }
            smaller.extend(letters.get(..letters.len() - 1).map(part));
            smaller.retain(|other| other != value && !text.starts_with("@id:"));
            smaller
        }
        Value::Number(number) if number.as_f64().is_some_and(|number| number.abs() > 1.0) => vec![json!(0), json!(1)],
        _ => Vec::new(),
    }
}

/// Smaller bytes: without one half, one quarter, one eighth, sixteenth; then with a run made shorter.
fn bytes(bytes: &[u8]) -> Vec<Frame> {
    let mut smaller = Vec::new();
    let whole = bytes.len();
    for parts in [2, 4, 8, 16] {
        let length = whole / parts;
        if length == 0 {
            break;
        }
        for part in 0..parts {
            let (start, end) = (part * length, (part + 1) * length);
            let kept = [bytes.get(..start).unwrap_or_default(), bytes.get(end..).unwrap_or_default()].concat();
            if kept.ends_with(b"\n") == bytes.ends_with(b"\n") {
                smaller.push(Frame::raw(kept));
            }
        }
    }
    smaller
}

/// How big a case is: what shrinking makes less.
pub fn size(case: &Case) -> (usize, usize) {
    (case.frames.len(), case.size())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fuzz::frame::id_of;

    fn naming(place: usize) -> Frame {
        Frame::tell("notifications/cancelled", Some(json!({ "requestId": id_of(place) })))
    }

    fn case() -> Case {
        let ask = |place| {
            Frame::ask(
                place,
                "tools/call",
                Some(json!({ "name": "t", "arguments": { "a": [1, 2], "b": "long text" } })),
            )
        };
        Case::new("test", vec![ask(0), ask(1), ask(2), naming(2)])
    }

    #[test]
    fn no_proposal_is_bigger() {
        let case = case();
        let all: Vec<Case> = fewer_frames(&case).into_iter().chain(smaller_frames(&case)).collect();
        assert!(all.len() > 20);
        assert!(all.iter().all(|smaller| size(smaller) <= size(&case)), "{all:?}");
    }

    #[test]
    fn names_follow_their_frames() {
        let smaller = without(&case(), 0, 1);
        assert!(String::from_utf8_lossy(&smaller.frames[2].bytes).contains("@id:1@"));
        assert!(String::from_utf8_lossy(&smaller.frames[1].bytes).contains("@id:1@"));
    }

    #[test]
    fn what_is_no_message_is_cut() {
        let case = Case::new("test", vec![Frame::raw([b"{".repeat(1000), b"\n".to_vec()].concat())]);
        assert!(smaller_frames(&case).iter().any(|smaller| smaller.size() <= 501));
    }
}
