//! The part of the envelope that is about whole messages: batches, responses that nobody asked for, and requests that are
//! notifications, or the other way round.

use fastrand::Rng;

use super::{
    Palette,
    framing::request,
    ids,
    members::Members,
    pick::{bare_line, free, pick, seldom},
};
use crate::fuzz::frame::{Frame, id_of};

/// A list of messages.
pub fn batch(palette: &Palette<'_>, rng: &mut Rng) -> Vec<Frame> {
    let note = || {
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":\"none\"}}".to_owned()
    };
    let one =
        |rng: &mut Rng, place: usize| String::from_utf8_lossy(bare_line(&request(palette, rng, place))).into_owned();
    let items: Vec<String> = match rng.u32(..8) {
        0 => Vec::new(),
        1 => vec![one(rng, 0)],
        2 => (0..rng.usize(1..5)).map(|_| note()).collect(),
        3 => vec![one(rng, 0), "1".to_owned(), "null".to_owned(), note(), "{}".to_owned()],
        4 => vec![format!("[{}]", one(rng, 0)), "[]".to_owned()],
        5 => (0..100).map(|_| one(rng, 0)).collect(),
        6 => vec![one(rng, 0), one(rng, 0), "{\"jsonrpc\":\"2.0\",\"id\":5,\"result\":{}}".to_owned()],
        _ => (0..rng.usize(2..6)).map(|_| one(rng, 0)).collect(),
    };
    vec![free(Frame::raw(format!("[{}]\n", items.join(",")).into_bytes()))]
}

/// A response to nothing, or to something that the server would never have asked.
pub fn response(palette: &Palette<'_>, rng: &mut Rng) -> Vec<Frame> {
    let id = match rng.u32(..6) {
        0 => ids::id(rng),
        1 => id_of(0).to_string(),
        2 => "999999".to_owned(),
        _ => rng.u32(..5).to_string(),
    };
    let result = pick(
        rng,
        &[
            "{}",
            "null",
            "[]",
            "\"x\"",
            "{\"roots\":[]}",
            "{\"roots\":null}",
            "{\"action\":\"accept\"}",
            "{\"content\":null}",
            "{\"tools\":{}}",
        ],
    );
    let error = pick(
        rng,
        &[
            "{\"code\":-32603,\"message\":\"no\"}",
            "{}",
            "null",
            "\"x\"",
            "{\"code\":\"x\"}",
            "{\"code\":1e999,\"message\":null}",
            "[]",
        ],
    );
    let body = match rng.u32(..5) {
        0..=1 => format!("\"result\":{result}"),
        2..=3 => format!("\"error\":{error}"),
        _ => format!("\"result\":{result},\"error\":{error}"),
    };
    let line = format!("{{\"jsonrpc\":\"2.0\",\"id\":{id},{body}}}\n");
    let mut frames = vec![Frame::raw(line.into_bytes())];
    if rng.bool() {
        frames.insert(0, request(palette, rng, 0));
    }
    frames
}

/// A request as a notification.
pub fn without_id(palette: &Palette<'_>, rng: &mut Rng) -> Vec<Frame> {
    let mut members = Members::of_request(palette, rng, 0);
    members.remove("id");
    vec![members.frame()]
}

/// A notification as a request.
pub fn with_id(palette: &Palette<'_>, rng: &mut Rng) -> Vec<Frame> {
    let mut members = Members::of_request(palette, rng, 0);
    members.set(
        "method",
        pick(
            rng,
            &[
                "\"notifications/initialized\"",
                "\"notifications/cancelled\"",
                "\"notifications/progress\"",
                "\"notifications/roots/list_changed\"",
                "\"notifications/message\"",
                "\"notifications/unknown\"",
            ],
        ),
    );
    if rng.bool() {
        members.set("params", pick(rng, &["{}", "{\"requestId\":1}", "{\"progressToken\":1,\"progress\":1}"]));
    }
    vec![members.frame()]
}

/// JSON that is no message at all.
pub fn no_message(_: &Palette<'_>, rng: &mut Rng) -> Vec<Frame> {
    let text = pick(
        rng,
        &[
            "null",
            "0",
            "\"text\"",
            "true",
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "{\"jsonrpc\":\"2.0\"}",
            "{\"id\":1}",
            "{\"method\":\"ping\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":1}",
            "{\"jsonrpc\":\"2.0\",\"id\":null}",
            "{\"jsonrpc\":\"2.0\",\"method\":null}",
            "{\"\":\"\"}",
            "1e999",
            "NaN",
        ],
    );
    let end = if seldom(rng, 5) { "\r\n" } else { "\n" };
    vec![free(Frame::raw(format!("{text}{end}").into_bytes()))]
}
