//! Lines with bytes on them that belong to no message.

use fastrand::Rng;

use super::pick::seldom;

/// What stands before a message.
const BEFORE: &[&[u8]] = &[
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xff",
    b"\0",
    b"\0\0\0\0",
    b"\x0b",
    b"\x1e",
    b"//x\n",
    b"/* x */",
    b"# x\n",
    b",",
    b";",
    b"log: ",
    b"data: ",
    b")]}',\n",
    b"\xe2\x80\xa8",
    b"\xc2\x85",
    b"\xe2\x80\xa9",
    b"\r",
    b"null",
    b"1 ",
    b"\"x\" ",
    b"{",
    b"[",
    b"}",
    b"\x1b[0m",
    b"Content-Length: 40\r\n\r\n",
    b"Content-Length: 99999\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"POST / HTTP/1.1\r\n",
    b"event: message\ndata: ",
    b"\x16\x03\x01",
];
/// What stands behind it.
const BEHIND: &[&[u8]] = &[
    b",",
    b";",
    b"}",
    b"]",
    b"\0",
    b"x",
    b" //x",
    b" /* x */",
    b"\xe2\x80\xa8",
    b"\xe2\x80\xa9",
    b"\xc2\x85",
    b"\xef\xbb\xbf",
    b"\x0b",
    b"\x0c",
    b"\xff",
    b"\"",
    b"{}",
    b"null",
    b"\x04",
    b"\x1a",
    b"\r\r",
    b"\\",
    b"\\n",
];
/// What stands inside of one of its texts, or of its names.
const INSIDE: &[&[u8]] = &[
    b"\xff",
    b"\xc3",
    b"\xc0\xaf",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\xe2\x82",
    b"\0",
    b"\\u0000",
    b"\\ud83d",
    b"\\ude00",
    b"\t",
    b"\r",
    b"\x0b",
    b"\x1b",
    b"\x7f",
    b"\xe2\x80\xa8",
    b"\xe2\x80\xa9",
    b"\xc2\x85",
    b"\xef\xbb\xbf",
    b"\\x",
    b"\\u12",
    b"\\",
    b"\xf0\x9f\x98\x80",
];

/// A line with dirt on it, newline included.
pub fn soil(line: &[u8], rng: &mut Rng) -> Vec<u8> {
    let one = |rng: &mut Rng, all: &[&'static [u8]]| rng.choice(all).copied().unwrap_or_default();
    match rng.u32(..6) {
        0 => [one(rng, BEFORE), line, b"\n"].concat(),
        1 => [line, one(rng, BEHIND), b"\n"].concat(),
        2 => trailing_comma(line, rng),
        3 => unterminated(line, rng),
        _ => {
            let dirt = one(rng, INSIDE);
            inside(line, dirt, rng)
        }
    }
}

/// Behind some quote: in a text, in a name, or between them.
fn inside(line: &[u8], dirt: &[u8], rng: &mut Rng) -> Vec<u8> {
    let quotes: Vec<usize> = (0..line.len()).filter(|at| line.get(*at) == Some(&b'"')).collect();
    let at = rng.choice(quotes).map_or(0, |at| at + 1);
    let (before, behind) = line.split_at_checked(at).unwrap_or((line, b""));
    [before, dirt, behind, b"\n"].concat()
}

fn trailing_comma(line: &[u8], rng: &mut Rng) -> Vec<u8> {
    let closes: Vec<usize> = (0..line.len()).filter(|at| line.get(*at) == Some(&b'}')).collect();
    let at = rng.choice(closes).unwrap_or(0);
    let (before, behind) = line.split_at_checked(at).unwrap_or((line, b""));
    [before, b",", behind, b"\n"].concat()
}

fn unterminated(line: &[u8], rng: &mut Rng) -> Vec<u8> {
    let at = if seldom(rng, 3) { line.len().saturating_sub(1) } else { rng.usize(..line.len().max(1)) };
    [line.get(..at).unwrap_or(line), b"\n"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_soiled_line_still_ends() {
        let mut rng = Rng::with_seed(1);
        for _ in 0..1000 {
            assert!(soil(b"{\"a\":\"b\"}", &mut rng).ends_with(b"\n"));
            assert!(soil(b"", &mut rng).ends_with(b"\n"));
        }
    }
}
