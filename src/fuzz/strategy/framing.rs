//! **Framing.** A message ends at a newline, and nowhere else. Breaks what servers take for granted about it: that lines come
//! whole and one at a time, that they end at all, and that there is nothing on them but JSON in UTF-8.

use fastrand::Rng;
use serde_json::json;

use super::{
    Palette, dirt,
    pick::{bare_line, filled, free, here, pick, seldom},
    usual,
};
use crate::fuzz::{
    case::{Case, Stage},
    frame::{Frame, Then, id_of},
};

type Way = fn(&Palette<'_>, &mut Rng) -> Case;

/// The ways to break it; those that stand here twice are tried twice as often.
const WAYS: &[Way] =
    &[ends, blanks, two_on_a_line, split_write, split_lines, joined, unended, long, dirty, dirty, dirty, flood];

/// A case of this strategy.
pub fn make(palette: &Palette<'_>, rng: &mut Rng) -> Option<Case> {
    rng.choice(WAYS).map(|way| way(palette, rng))
}

/// A request at a place.
pub fn request(palette: &Palette<'_>, rng: &mut Rng, place: usize) -> Frame {
    let (method, params) = if rng.bool() { usual::sentinel(palette.ground) } else { usual::any(palette.ground, rng) };
    Frame::ask(place, method, Some(params))
}

fn case(frames: Vec<Frame>) -> Case {
    Case::new("framing", frames)
}

/// Something else than a newline, or more of it.
fn ends(palette: &Palette<'_>, rng: &mut Rng) -> Case {
    let end =
        pick(rng, &["\r\n", "\r\n\r\n", "\r", " \n", "\t\n", "\n\r", "\r\r\n", "\0\n", "\n\0", "\u{b}\n", "\u{c}\n"]);
    let first = request(palette, rng, 0);
    let bytes = [bare_line(&first), end.as_bytes()].concat();
    case(vec![Frame::raw(bytes), request(palette, rng, 1)])
}

/// Lines with nothing on them, or with blanks around what is on them.
fn blanks(palette: &Palette<'_>, rng: &mut Rng) -> Case {
    let blank =
        pick(rng, &["\n", "\r\n", " \n", "\t\n", "   ", "\t", " \t ", "\u{b}", "\u{c}", "\u{a0}", "\r", "\n\n\n"]);
    let first = request(palette, rng, 1);
    let behind = if rng.bool() { pick(rng, &["", " ", "   ", "\t"]) } else { "" };
    let bytes = [blank.as_bytes(), bare_line(&first), behind.as_bytes(), b"\n"].concat();
    if blank.ends_with('\n') {
        return case(vec![Frame::raw(blank.into()), first, request(palette, rng, 2)]);
    }
    case(vec![Frame::raw(bytes)])
}

fn two_on_a_line(palette: &Palette<'_>, rng: &mut Rng) -> Case {
    let (first, second) = (request(palette, rng, 0), request(palette, rng, 1));
    let between = pick(rng, &["", " ", "\r", ",", "\u{2028}", "\t", "\0"]);
    let bytes = [bare_line(&first), between.as_bytes(), &second.bytes].concat();
    case(vec![Frame::raw(bytes), request(palette, rng, 1)])
}

/// A message that comes in pieces, with time between them.
fn split_write(palette: &Palette<'_>, rng: &mut Rng) -> Case {
    let pieces = rng.usize(2..6);
    // An id that is written later could be cut in two.
    let whole = named(&request(palette, rng, pieces - 1), rng);
    let size = whole.bytes.len().div_ceil(pieces).max(1);
    let mut frames: Vec<Frame> =
        whole.bytes.chunks(size).map(|piece| free(Frame::raw(piece.to_vec())).then(Then::Flush)).collect();
    if frames.len() == pieces
        && let Some(last) = frames.last_mut()
    {
        *last = Frame { asks: whole.asks, ..last.clone() }.then(Then::Go);
    }
    case(frames)
}

/// A message on several lines: pretty, or cut anywhere.
/// The same request with an id of its own.
fn named(frame: &Frame, rng: &mut Rng) -> Frame {
    let Some(mut message) = frame.message() else { return frame.clone() };
    message["id"] = serde_json::json!(format!("split-{}", rng.u32(..)));
    Frame::say(&message)
}

fn split_lines(palette: &Palette<'_>, rng: &mut Rng) -> Case {
    let first = request(palette, rng, 0);
    let bytes = if let Some(message) = first.message().filter(|_| rng.bool()) {
        format!("{message:#}\n").into_bytes()
    } else {
        let (before, behind) = first.bytes.split_at(rng.usize(..first.bytes.len().max(1)));
        [before, b"\n", behind].concat()
    };
    case(vec![free(Frame::raw(bytes)), request(palette, rng, 1)])
}

/// Many messages in one write.
fn joined(palette: &Palette<'_>, rng: &mut Rng) -> Case {
    let many = *rng.choice(&[2, 3, 10, 30, 60]).unwrap_or(&2);
    case((0..many).map(|place| request(palette, rng, place)).collect())
}

/// The input ends where no message does.
fn unended(palette: &Palette<'_>, rng: &mut Rng) -> Case {
    let first = request(palette, rng, 0);
    let mut bytes = bare_line(&first).to_vec();
    if rng.bool() {
        bytes.truncate(rng.usize(..bytes.len().max(1)));
    }
    case(vec![free(Frame::raw(bytes)).then(Then::Close)]).on(Stage::Fresh)
}

/// A line about as long as a buffer.
fn long(palette: &Palette<'_>, rng: &mut Rng) -> Case {
    let length = match rng.u32(..400) {
        0 => 8 << 20,
        1..=10 => 1 << 20,
        _ => *rng.choice(&[4096, 8192, 16_384, 65_536, 65_536, 131_072]).unwrap_or(&65_536),
    };
    let length = length + rng.usize(..24) - 12;
    let padding = pick(rng, &["x", "x", "é", "\\n", "\u{1f600}"]);
    let (method, _) = palette.ground.sentinel();
    let params = palette.ground.params(json!({ "_meta": { "padding": here() } }));
    let message = json!({ "jsonrpc": "2.0", "id": id_of(0), "method": method, "params": params });
    let around = message.to_string().len();
    let text = padding.repeat(length.saturating_sub(around) / padding.len());
    let mut bytes = filled(&message, format!("\"{text}\"").as_bytes());
    bytes.push(b'\n');
    let frame = Frame { bytes, ..Frame::say(&message) };
    let frames = if seldom(rng, 4) { halves(&frame) } else { vec![frame] };
    case(frames)
}

/// A frame in two writes. The id stays that of the first.
fn halves(whole: &Frame) -> Vec<Frame> {
    let (before, behind) = whole.bytes.split_at(whole.bytes.len() / 2);
    vec![free(Frame::raw(before.to_vec())).then(Then::Flush), free(Frame::raw(behind.to_vec()))]
}

/// Bytes that are no part of any message, before, behind or inside of one.
fn dirty(palette: &Palette<'_>, rng: &mut Rng) -> Case {
    let first = request(palette, rng, 0);
    let bytes = dirt::soil(bare_line(&first), rng);
    case(vec![Frame::raw(bytes), request(palette, rng, 1)])
}

/// A thousand lines of nothing.
fn flood(palette: &Palette<'_>, rng: &mut Rng) -> Case {
    let line = pick(rng, &["\n", "\r\n", " \n", "{\n", "}\n", "x\n", "[]\n", "null\n", "\0\n"]);
    let bytes = line.repeat(*rng.choice(&[10, 100, 1000]).unwrap_or(&10)).into_bytes();
    case(vec![free(Frame::raw(bytes)), request(palette, rng, 1)])
}
