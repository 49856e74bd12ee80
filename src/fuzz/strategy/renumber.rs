//! Ids after frames have moved: each request has that of its new place again.

use crate::fuzz::frame::{Asks, Frame, OPEN};

/// How the own id of a message begins.
const OWN: &[u8] = b"\"id\":";

/// Give each frame the id of its place.
pub fn renumber(frames: &mut [Frame]) {
    for (place, frame) in frames.iter_mut().enumerate() {
        if let Some((start, end)) = own(&frame.bytes) {
            drop(frame.bytes.splice(start..end, place.to_string().into_bytes()));
            if let Asks::Answer { id: None, place: owed, .. } = &mut frame.asks {
                *owed = place as u64;
            }
        }
    }
}

/// Where the digits of the own id are.
fn own(bytes: &[u8]) -> Option<(usize, usize)> {
    let mark = [OWN, OPEN].concat();
    let start = bytes.windows(mark.len()).take(4096).position(|window| window == mark)? + mark.len();
    let digits = bytes.get(start..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (digits > 0).then_some((start, start + digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_that_moved_has_the_id_of_its_place() {
        let mut frames = vec![Frame::tell("n", None), Frame::ask(0, "m", None), Frame::ask(0, "m", None)];
        renumber(&mut frames);
        assert_eq!(frames.get(1), Some(&Frame::ask(1, "m", None)));
        assert_eq!(frames.get(2), Some(&Frame::ask(2, "m", None)));
    }
}
