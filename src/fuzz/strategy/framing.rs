//! **Framing.** A message ends at a newline, and nowhere else. Breaks what servers take for granted about it: that lines come
//! whole and one at a time, that they end at all, and that there is nothing on them but JSON in UTF-8.

use fastrand::Rng;

use super::Palette;
use crate::fuzz::{case::Case, frame::Frame};

/// A case of this strategy.
pub fn make(palette: &Palette<'_>, _rng: &mut Rng) -> Option<Case> {
    let (method, params) = palette.ground.sentinel();
    Some(Case::new("framing", vec![Frame::raw(b"\r\n".to_vec()), Frame::ask(1, method, params)]))
}
