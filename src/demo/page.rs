//! Lists in pages. A cursor is opaque: it names its list and a position, and only what was given is taken.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::{
    failure::{Answer, Cause, Failure, malformed},
    rpc::Members,
};

/// So small that even short lists have several pages.
const SIZE: usize = 5;

/// The page of `items` that `params` asks for, as a result with the list under `name`.
pub fn page(name: &str, items: &[Value], params: &Members) -> Answer {
    let start = match params.get("cursor") {
        None => 0,
        Some(Value::String(cursor)) => position(name, cursor, items.len())
            .ok_or_else(|| Failure::new(Cause::Cursor, "this cursor was never given"))?,
        Some(_) => return Err(malformed("cursor has to be a string")),
    };
    let shown: Vec<_> = items.iter().skip(start).take(SIZE).collect();
    let mut result = json!({ name: shown });
    if start + SIZE < items.len() {
        result["nextCursor"] = json!(cursor(name, start + SIZE));
    }
    Ok(result)
}

/// The cursor for a position in a list.
pub fn cursor(name: &str, position: usize) -> String {
    URL_SAFE_NO_PAD.encode(format!("{name}:{position}"))
}

/// The position that a cursor names, if it is one that a list of this length gives.
pub fn position(name: &str, cursor: &str, length: usize) -> Option<usize> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    let position: usize = text.strip_prefix(name)?.strip_prefix(':')?.parse().ok()?;
    (position > 0 && position.is_multiple_of(SIZE) && position < length).then_some(position)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_sees_every_item_once() {
        let items: Vec<Value> = (0..12).map(Value::from).collect();
        let (mut seen, mut params) = (Vec::new(), Members::new());
        loop {
            let result = page("tools", &items, &params).unwrap();
            seen.extend(result["tools"].as_array().unwrap().clone());
            let Some(next) = result.get("nextCursor") else {
                break;
            };
            params.insert("cursor".into(), next.clone());
        }
        assert_eq!(seen, items);
    }

    #[test]
    fn only_cursors_that_were_given_are_taken() {
        for bad in ["", "nonsense", &cursor("prompts", 5), &cursor("tools", 3), &cursor("tools", 50)] {
            assert_eq!(position("tools", bad, 12), None, "{bad}");
        }
        assert_eq!(position("tools", &cursor("tools", 10), 12), Some(10));
    }
}
