//! Base64: the texts of images, sounds and blobs, a few bytes or some megabytes.

use super::format::{Objection, stray};

/// Binary data stands in base64 (`server/resources#security-considerations`, `server/prompts#image-content`,
/// `schema#imagecontent`: "byte"). What nobody can decode fails. What many decoders forgive warns: no padding, line
/// breaks, the URL-safe alphabet, bits behind the last byte.
pub(super) fn check(text: &str) -> Option<Objection> {
    let data = text.trim_end_matches('=');
    if is_standard(data.as_bytes()) {
        let last = data.bytes().next_back().unwrap_or(b'A');
        return ending(data.len(), text.len() - data.len(), last);
    }
    lenient(text)
}

/// How much is looked at before a fault may end the search: no branch within, so that it runs as a vector.
const BLOCK: usize = 4096;

fn is_standard(bytes: &[u8]) -> bool {
    bytes.chunks(BLOCK).all(|block| {
        block.iter().fold(true, |all, byte| {
            let fits = byte.is_ascii_alphanumeric() || *byte == b'+' || *byte == b'/';
            all & fits
        })
    })
}

/// Whether this much data, with this padding and this last character, is whole.
fn ending(data: usize, padding: usize, last: u8) -> Option<Objection> {
    let (wanted, spare_bits) = match data % 4 {
        0 => (0, 0),
        1 => return Some(Objection::fail("cut off: a single character is left over")),
        2 => (2, 0b1111),
        _ => (1, 0b11),
    };
    if padding > wanted {
        return Some(Objection::fail("more padding than there is room for"));
    }
    if padding < wanted {
        return Some(Objection::warn("the padding (=) at the end is missing"));
    }
    (value(last) & spare_bits != 0).then(|| Objection::warn("bits are set behind the last byte"))
}

/// What a character stands for; only its last four bits are of interest.
fn value(byte: u8) -> u8 {
    match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        _ => 63,
    }
}

/// A text with other characters in it: tells what can be forgiven from garbage.
fn lenient(text: &str) -> Option<Objection> {
    let (mut data, mut padding, mut last) = (0, 0, b'A');
    let (mut broken, mut standard, mut url_safe) = (None, false, None);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'\r' | b'\n' => broken = broken.or(Some(at)),
            b'=' => padding += 1,
            _ if padding > 0 => return Some(Objection::fail(format!("data after the padding, at byte {at}"))),
            b'-' | b'_' => (data, last, url_safe) = (data + 1, byte, url_safe.or(Some(at))),
            b'+' | b'/' => (data, last, standard) = (data + 1, byte, true),
            _ if byte.is_ascii_alphanumeric() => (data, last) = (data + 1, byte),
            _ => return Some(Objection::fail(stray(text, at))),
        }
    }
    if let (true, Some(at)) = (standard, url_safe) {
        return Some(Objection::fail(format!("two alphabets are mixed, the URL-safe one from byte {at} on")));
    }
    let fault = ending(data, padding, last).filter(|fault| fault.severity == crate::model::Severity::Fail);
    let alphabet = || url_safe.map(|at| Objection::warn(format!("the URL-safe alphabet, at byte {at}")));
    fault.or_else(alphabet).or_else(|| broken.map(|at| Objection::warn(stray(text, at))))
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use proptest::prelude::*;

    use super::{super::format::tests::judge, *};

    #[test]
    fn base64() {
        judge(
            check,
            &["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy", "+/+/"],
            &["Zg", "Zg=", "Zm8", "Zh==", "Zm9=", "-_-_", "Zm9v\nYmFy", "Zm9v\r\n", "Zg==\n", "-_-_Zg", "Zm\n9"],
            &[
                "Z",
                "Zm9vY",
                "=",
                "====",
                "Zg===",
                "Zm9v=",
                "Zg==Zg==",
                "Z m9",
                "data:image/png;base64,Zm9v",
                "ä",
                "+_+_",
            ],
        );
    }

    #[test]
    fn the_fault_is_located_in_a_long_text_too() {
        let long = format!("{}?{}", "A".repeat(10_000), "A".repeat(10_000));
        assert_eq!(check(&long).unwrap().why, "a stray `?` at byte 10000");
        assert_eq!(check(&long.replace('?', "AAAA")), None);
    }

    proptest! {
        #[test]
        fn no_objection_is_what_a_strict_decoder_says(text in "[A-Za-f0-9+/=_\n -]{0,12}", any in ".{0,12}") {
            for text in [text, any] {
                prop_assert_eq!(check(&text).is_none(), STANDARD.decode(&text).is_ok(), "{:?}", text);
            }
        }

        #[test]
        fn what_an_encoder_writes_is_good(bytes: Vec<u8>) {
            prop_assert_eq!(check(&STANDARD.encode(bytes)), None);
        }
    }
}
