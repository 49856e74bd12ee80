//! **Havoc.** Whatever was sent before, with something changed that nobody would think of: bytes, numbers, nodes, whole frames, or
//! one case in the middle of another. Breaks what no other strategy has a name for.

use fastrand::Rng;

use super::{
    Palette, arguments, edit, envelope, numbers, ordering,
    pick::{filled, free, pick, seldom},
    protocol, renumber,
};
use crate::fuzz::{
    case::{Case, Stage},
    frame::{Asks, Frame, Then},
};

/// How many frames, and bytes, a case may grow to.
const FRAMES: usize = 120;
const BYTES: usize = 1 << 18;

/// A case of this strategy.
pub fn make(palette: &Palette<'_>, rng: &mut Rng) -> Option<Case> {
    let mut case = begin(palette, rng)?;
    case.strategy = "havoc";
    for _ in 0..=rng.usize(..3) {
        let at = rng.usize(..case.frames.len().max(1));
        match rng.u32(..10) {
            0..=3 => bytes(case.frames.get_mut(at)?, rng),
            4..=6 => tree(case.frames.get_mut(at)?, rng),
            7 => splice(&mut case, begin(palette, rng)?, rng),
            8 => repeat(&mut case, at, rng),
            _ => reorder(&mut case, at, rng),
        }
    }
    case.frames.truncate(FRAMES);
    renumber::renumber(&mut case.frames);
    (case.size() <= BYTES && !case.frames.is_empty()).then_some(case)
}

/// A case to begin with.
fn begin(palette: &Palette<'_>, rng: &mut Rng) -> Option<Case> {
    let kept =
        if seldom(rng, 4) { None } else { rng.choice(palette.corpus).filter(|case| case.size() <= BYTES).cloned() };
    kept.or_else(|| match rng.u32(..6) {
        0 => envelope::make(palette, rng),
        1 => protocol::make(palette, rng),
        2 => ordering::make(palette, rng),
        _ => Some(arguments::make(palette, rng)),
    })
}

/// Bytes that are others, more, fewer, or elsewhere.
fn bytes(frame: &mut Frame, rng: &mut Rng) {
    let mut bytes = std::mem::take(&mut frame.bytes);
    let end = bytes.len().saturating_sub(1);
    let at = rng.usize(..end.max(1)).min(end);
    let to = (at + rng.usize(1..16)).min(end);
    match rng.u32(..7) {
        0 => bytes.get_mut(at).into_iter().for_each(|byte| *byte ^= 1 << rng.u32(..8)),
        1 => bytes.insert(at, rng.u8(..)),
        2 => drop(bytes.drain(at..to)),
        3 => bytes.extend_from_within(at..to),
        4 => bytes.truncate(at),
        5 => digits(&mut bytes, rng),
        _ => {
            let text =
                pick(rng, &["null", "\"", "{", "}", "[", "]", ",", ":", "\\", "\\u0000", "-", "e9", "\n", "true"]);
            drop(bytes.splice(at..at, text.bytes()));
        }
    }
    if !bytes.ends_with(b"\n") && frame.then != Then::Close {
        bytes.push(b'\n');
    }
    *frame = Frame::raw(bytes).then(frame.then);
    if !frame.bytes.contains(&b'"') {
        frame.asks = Asks::Anything;
    }
}

/// Another number in the place of one. Ids stay.
fn digits(bytes: &mut Vec<u8>, rng: &mut Rng) {
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let starts: Vec<usize> = (1..bytes.len()).filter(|at| is_digit(*at) && !is_digit(at - 1)).collect();
    let Some(start) = rng.choice(starts) else { return };
    let is_id = bytes.get(..start).is_some_and(|before| before.ends_with(b"@id:"));
    if is_id {
        return;
    }
    let end = (start..bytes.len()).find(|at| !is_digit(*at)).unwrap_or(bytes.len());
    drop(bytes.splice(start..end, numbers::number(rng).bytes));
}

/// A node that is another one, somewhere else, or gone.
fn tree(frame: &mut Frame, rng: &mut Rng) {
    let Some(mut message) = frame.message() else { return };
    let raw = if rng.bool() {
        let part = message.get_mut("params");
        part.and_then(|params| edit::change(params, rng))
    } else if seldom(rng, 3) {
        swap(&mut message, rng);
        None
    } else {
        edit::change(&mut message, rng)
    };
    let mut bytes = raw.map_or_else(|| message.to_string().into_bytes(), |raw| filled(&message, &raw.bytes));
    bytes.push(b'\n');
    let is_free = frame.asks == Asks::Anything;
    *frame = Frame::raw(bytes).then(frame.then);
    if is_free {
        *frame = free(frame.clone());
    }
}

/// One node in the place of another.
fn swap(message: &mut serde_json::Value, rng: &mut Rng) {
    let Some(taken) = edit::somewhere(message, rng).cloned() else { return };
    if let Some(node) = edit::somewhere(message, rng) {
        *node = taken;
    }
}

/// One case in the middle of another. What wants a process of its own gets it.
fn splice(case: &mut Case, other: Case, rng: &mut Rng) {
    let at = rng.usize(..=case.frames.len());
    if other.stage != Stage::Shared && case.stage == Stage::Shared {
        case.stage = other.stage;
    }
    case.frames.splice(at..at, other.frames);
}

fn repeat(case: &mut Case, at: usize, rng: &mut Rng) {
    let Some(frame) = case.frames.get(at).filter(|frame| frame.bytes.len() < 4096).cloned() else { return };
    let times = *rng.choice(&[1, 2, 5, 20, 100]).unwrap_or(&1);
    let copies = std::iter::repeat_n(frame, times.min(FRAMES));
    case.frames.splice(at..at, copies);
}

fn reorder(case: &mut Case, at: usize, rng: &mut Rng) {
    if case.frames.len() > 1 && rng.bool() {
        let other = rng.usize(..case.frames.len());
        case.frames.swap(at, other);
    } else if let Some(frame) = case.frames.get_mut(at) {
        frame.then = *rng.choice(&[Then::Go, Then::Flush, Then::Settle]).unwrap_or(&Then::Go);
    }
}
