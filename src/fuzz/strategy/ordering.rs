//! **Ordering.** Hosts send one thing behind the other, and in the order of the handbook. Breaks that: before the handshake, twice,
//! too late, fifty at once, cancelled in the middle, or closed while something runs.

use fastrand::Rng;
use serde_json::{Value, json};

use super::{
    Palette, hostile,
    pick::{free, pick, seldom},
    retype, usual,
};
use crate::fuzz::{
    case::{Case, Stage},
    frame::{Frame, Then, id_of},
};

type Way = fn(&Palette<'_>, &mut Rng) -> Case;

const WAYS: &[Way] = &[
    steps, steps, steps, bare, bare, again, cancel, cancel, crowd, crowd, same_id, repeat, close, toggles, between,
    early,
];

/// A case of this strategy.
pub fn make(palette: &Palette<'_>, rng: &mut Rng) -> Option<Case> {
    rng.choice(WAYS).map(|way| way(palette, rng))
}

fn case(frames: Vec<Frame>) -> Case {
    Case::new("ordering", frames)
}

fn request(palette: &Palette<'_>, rng: &mut Rng, place: usize) -> Frame {
    let (method, params) = usual::any(palette.ground, rng);
    Frame::ask(place, method, Some(params))
}

/// Calls of any tools, with time between them or without.
fn steps(palette: &Palette<'_>, rng: &mut Rng) -> Case {
    let many = rng.usize(2..=6);
    case((0..many).map(|place| pausing(request(palette, rng, place), rng)).collect())
}

fn pausing(frame: Frame, rng: &mut Rng) -> Frame {
    let then = *rng.choice(&[Then::Settle, Then::Settle, Then::Go, Then::Flush]).unwrap_or(&Then::Go);
    frame.then(then)
}

/// The handshake, with something wrong about it now and then.
fn initialize(palette: &Palette<'_>, rng: &mut Rng, place: usize) -> Frame {
    let version =
        pick(rng, &["2025-11-25", "2024-11-05", "2025-03-26", "1999-01-01", "2099-01-01", "", "latest", "2026-07-28"]);
    let client = json!({ "name": "a", "version": "1" });
    let mut params = json!({ "protocolVersion": version, "capabilities": palette.ground.client, "clientInfo": client });
    match rng.u32(..5) {
        0 => return Frame::ask(place, "initialize", None),
        1 => params[pick(rng, &["protocolVersion", "capabilities", "clientInfo"])] = retype::any(rng),
        2 => params["clientInfo"]["name"] = json!(hostile::text(rng)),
        _ => {}
    }
    Frame::ask(place, "initialize", Some(params))
}

/// Something said to a process that has not been greeted.
fn bare(palette: &Palette<'_>, rng: &mut Rng) -> Case {
    let mut frames = match rng.u32(..7) {
        0 => vec![Frame::tell("notifications/initialized", None)],
        1 => vec![free(Frame::raw(format!("{}\n", hostile::text(rng).replace('\n', " ")).into_bytes()))],
        2 => vec![initialize(palette, rng, 0), initialize(palette, rng, 1)],
        3 => vec![initialize(palette, rng, 0).then(Then::Settle), initialize(palette, rng, 1)],
        4 => vec![Frame::tell("notifications/cancelled", Some(json!({ "requestId": 1 })))],
        5 => vec![initialize(palette, rng, 0)],
        _ => vec![request(palette, rng, 0)],
    };
    if rng.bool() {
        frames.push(request(palette, rng, frames.len()));
    }
    case(frames).on(Stage::Bare)
}

/// The handshake once more, or its end.
fn again(palette: &Palette<'_>, rng: &mut Rng) -> Case {
    let first = if rng.bool() { initialize(palette, rng, 0) } else { Frame::tell("notifications/initialized", None) };
    case(vec![pausing(first, rng), request(palette, rng, 1)]).on(Stage::Fresh)
}

/// A request before the end of the handshake.
fn early(palette: &Palette<'_>, rng: &mut Rng) -> Case {
    let frames = vec![
        initialize(palette, rng, 0).then(if rng.bool() { Then::Settle } else { Then::Go }),
        request(palette, rng, 1),
        Frame::tell("notifications/initialized", None),
        request(palette, rng, 3),
    ];
    case(frames).on(Stage::Bare)
}

/// The end of something that is unknown, finished or running.
fn cancel(palette: &Palette<'_>, rng: &mut Rng) -> Case {
    let first = request(palette, rng, 0);
    let about = if rng.bool() {
        id_of(0)
    } else {
        rng.choice([json!("none"), json!(0), json!(-7), json!(null)]).unwrap_or_default()
    };
    let told = Frame::tell("notifications/cancelled", Some(json!({ "requestId": about, "reason": "changed my mind" })));
    let frames = match rng.u32(..4) {
        0 => vec![first.then(Then::Settle), told],
        1 => vec![told, free(first)],
        2 => vec![free(first), told.clone(), told],
        _ => vec![free(first), told],
    };
    let last = frames.len();
    case(frames.into_iter().chain([request(palette, rng, last)]).collect())
}

/// Fifty at once: the same, or any.
fn crowd(palette: &Palette<'_>, rng: &mut Rng) -> Case {
    let (method, params) = usual::any(palette.ground, rng);
    let is_mixed = rng.bool();
    let one =
        |place| if is_mixed { request(palette, rng, place) } else { Frame::ask(place, method, Some(params.clone())) };
    case((0..50).map(one).collect())
}

/// Two requests with one id: nobody can say which answer is owed.
fn same_id(palette: &Palette<'_>, rng: &mut Rng) -> Case {
    let mut one = |id: &Value| {
        let (method, params) = usual::any(palette.ground, rng);
        free(Frame::say(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })))
    };
    let frames = vec![one(&json!("same")), one(&json!("same"))];
    case(frames.into_iter().chain([request(palette, rng, 2)]).collect())
}

/// The same, very often.
fn repeat(palette: &Palette<'_>, rng: &mut Rng) -> Case {
    let (method, params) = usual::any(palette.ground, rng);
    let many = if seldom(rng, 4) { 200 } else { rng.usize(5..40) };
    case((0..many).map(|place| Frame::ask(place, method, Some(params.clone()))).collect())
}

/// The input ends while requests are running.
fn close(palette: &Palette<'_>, rng: &mut Rng) -> Case {
    let many = rng.usize(1..6);
    let mut frames: Vec<Frame> = (0..many).map(|place| free(request(palette, rng, place))).collect();
    if let Some(last) = frames.last_mut() {
        last.then = Then::Close;
    }
    case(frames).on(Stage::Fresh)
}

/// Subscriptions on and off.
fn toggles(palette: &Palette<'_>, rng: &mut Rng) -> Case {
    let uri = usual::listed(palette.ground, rng).unwrap_or_else(|| "test://none".to_owned());
    let params = palette.ground.params(json!({ "uri": uri }));
    let many = rng.usize(2..10);
    let methods = ["resources/subscribe", "resources/unsubscribe"];
    let one = |place| pausing(Frame::ask(place, pick(rng, &methods), Some(params.clone())), rng);
    case((0..many).map(one).collect())
}

/// A list, a call, a list; or a level between calls.
fn between(palette: &Palette<'_>, rng: &mut Rng) -> Case {
    let (call, arguments) = usual::call(palette.ground, rng).unwrap_or_else(|| usual::sentinel(palette.ground));
    let (list, params) = usual::list(palette.ground, rng);
    let level = palette.ground.params(json!({ "level": pick(rng, &["debug", "emergency", "info"]) }));
    let requests = if rng.bool() {
        [(list, params.clone()), (call, arguments), (list, params)]
    } else {
        [(call, arguments.clone()), ("logging/setLevel", level), (call, arguments)]
    };
    let all = requests.into_iter().enumerate();
    case(all.map(|(place, (method, params))| pausing(Frame::ask(place, method, Some(params)), rng)).collect())
}
