//! **Envelope.** JSON-RPC says which members a message has and of which types. Breaks each of them: ids, methods, parameters,
//! members that are missing, there twice or too many, nesting without end, batches, and responses that nobody asked for.

use fastrand::Rng;

use super::{
    Palette, hostile, ids,
    members::Members,
    numbers,
    pick::{free, pick, seldom},
    retype, unasked, usual,
};
use crate::fuzz::{case::Case, frame::Frame};

type Way = fn(&Palette<'_>, &mut Rng) -> Vec<Frame>;

const WAYS: &[Way] = &[
    odd_id,
    odd_id,
    odd_version,
    odd_method,
    odd_method,
    odd_params,
    twice,
    extra,
    deep,
    deep,
    unasked::batch,
    unasked::batch,
    unasked::response,
    unasked::response,
    unasked::without_id,
    unasked::with_id,
    unasked::no_message,
];

/// What is no object, array or text, and yet JSON.
const VALUES: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "1",
    "-1",
    "1.5",
    "\"\"",
    "\"text\"",
    "[]",
    "[1]",
    "[[]]",
    "[null]",
    "{}",
    "{\"a\":1}",
    "[{}]",
    "{\"toString\":1}",
    "1e999",
    "\"\\u0000\"",
];

/// A case of this strategy.
pub fn make(palette: &Palette<'_>, rng: &mut Rng) -> Option<Case> {
    let mut frames = rng.choice(WAYS).map(|way| way(palette, rng))?;
    if seldom(rng, 3) {
        let (method, params) = usual::sentinel(palette.ground);
        frames.push(Frame::ask(frames.len(), method, Some(params)));
    }
    Some(Case::new("envelope", frames))
}

fn odd_id(palette: &Palette<'_>, rng: &mut Rng) -> Vec<Frame> {
    let mut members = Members::of_request(palette, rng, 0);
    let id = ids::id(rng);
    if seldom(rng, 5) {
        members.squeeze_in(rng, "\"id\"", id);
    } else {
        members.set("id", id);
    }
    vec![members.frame()]
}

fn odd_version(palette: &Palette<'_>, rng: &mut Rng) -> Vec<Frame> {
    let mut members = Members::of_request(palette, rng, 0);
    match rng.u32(..4) {
        0 => members.remove("jsonrpc"),
        1 => members.set("jsonrpc", pick(rng, VALUES)),
        _ => members.set(
            "jsonrpc",
            pick(rng, &["\"1.0\"", "\"2.1\"", "\"3.0\"", "\"2\"", "2.0", "2", "\" 2.0\"", "\"2.0\\u0000\""]),
        ),
    }
    vec![members.frame()]
}

fn odd_method(palette: &Palette<'_>, rng: &mut Rng) -> Vec<Frame> {
    let mut members = Members::of_request(palette, rng, 0);
    let method = members.get("method").trim_matches('"').to_owned();
    match rng.u32(..12) {
        0 => members.remove("method"),
        1..=2 => members.set("method", pick(rng, VALUES)),
        3 => members.set("method", "\"\""),
        4 => members.set("method", format!("\"{}\"", "m".repeat(*rng.choice(&[300, 5000, 65_536]).unwrap_or(&300)))),
        5 => members.set("method", format!("\"{method}\\u0000\"")),
        6 => members.set("method", format!("\"{}\"", method.to_uppercase())),
        7 => members.set("method", format!("\"{method} \"")),
        8 => members.set("method", format!("\" {method}\"")),
        9 => members.set(
            "method",
            pick(rng, &["\"/\"", "\"ping/\"", "\"../ping\"", "\"tools\"", "\"tools/\"", "\"tools.list\"", "\"x/y\""]),
        ),
        10 => members.set(
            "method",
            pick(rng, &["\"__proto__\"", "\"constructor\"", "\"toString\"", "\"rpc.discover\"", "\"__init__\""]),
        ),
        _ => members.set("method", serde_json::Value::String(hostile::text(rng)).to_string()),
    }
    vec![members.frame()]
}

fn odd_params(palette: &Palette<'_>, rng: &mut Rng) -> Vec<Frame> {
    let mut members = Members::of_request(palette, rng, 0);
    if seldom(rng, 6) {
        members.remove("params");
    } else {
        members.set("params", pick(rng, VALUES));
    }
    vec![members.frame()]
}

fn twice(palette: &Palette<'_>, rng: &mut Rng) -> Vec<Frame> {
    let mut members = Members::of_request(palette, rng, 0);
    let name = pick(rng, &["jsonrpc", "id", "method", "params"]);
    let text = if rng.bool() { members.get(name).to_owned() } else { pick(rng, VALUES).to_owned() };
    members.squeeze_in(rng, &format!("\"{name}\""), text);
    vec![members.frame()]
}

fn extra(palette: &Palette<'_>, rng: &mut Rng) -> Vec<Frame> {
    let mut members = Members::of_request(palette, rng, 0);
    let name = pick(
        rng,
        &["result", "error", "__proto__", "constructor", "ID", "Method", "_meta", "", "toString", "extra", "id "],
    );
    let text = if rng.bool() { pick(rng, VALUES).as_bytes().to_vec() } else { numbers::number(rng).bytes };
    members.squeeze_in(rng, &format!("\"{name}\""), String::from_utf8_lossy(&text).into_owned());
    vec![members.frame()]
}

/// Deeper than a parser likes, at any place where there may be a value.
fn deep(palette: &Palette<'_>, rng: &mut Rng) -> Vec<Frame> {
    let depth = match rng.u32(..100) {
        0 => 100_000,
        1..=8 => 5000,
        _ => *rng.choice(&[10, 64, 126, 127, 128, 129, 255, 512, 1000]).unwrap_or(&10),
    };
    let nest = String::from_utf8(retype::deep(depth, rng.bool())).unwrap_or_default();
    let mut members = Members::of_request(palette, rng, 0);
    match rng.u32(..6) {
        0 => members.set("params", nest),
        1 => members.set("id", nest),
        2 => members.squeeze_in(rng, "\"extra\"", nest),
        3 => {
            return vec![free(Frame {
                bytes: format!("{nest}\n").into_bytes(),
                ..Frame::say(&serde_json::Value::Null)
            })];
        }
        4 => members.set("params", with_member(members.get("params"), "_meta", &nest)),
        _ => members.set("params", with_member(members.get("params"), "arguments", &format!("{{\"a\":{nest}}}"))),
    }
    if depth < 100 {
        return vec![members.frame()];
    }
    // Too deep to be worth reading once more.
    let bytes = format!("{}\n", members.text()).into_bytes();
    vec![free(Frame { bytes, ..Frame::say(&serde_json::Value::Null) })]
}

/// An object with one more member at its end: if it is there already, this is the one that counts.
fn with_member(object: &str, name: &str, text: &str) -> String {
    let inside = object.strip_suffix('}').unwrap_or("{");
    let comma = if inside.ends_with('{') { "" } else { "," };
    format!("{inside}{comma}\"{name}\":{text}}}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_added_at_the_end() {
        assert_eq!(with_member("{}", "a", "1"), "{\"a\":1}");
        assert_eq!(with_member("{\"b\":2}", "a", "[]"), "{\"b\":2,\"a\":[]}");
    }
}
