//! Rewrites near-JSON so that a strict parser takes it. One pass, no recursion; it mends only what it can name.

use super::defect::{Defect, note};

/// How many arrays and objects may lie in each other; the parser refuses one more.
const DEEPEST: usize = 127;

/// The text with its defects mended, and their names. Without a name the text is unchanged.
pub(super) fn salvage(text: &str) -> (String, Vec<Defect>) {
    let mut salvage =
        Salvage { rest: text.as_bytes(), out: Vec::with_capacity(text.len()), depth: 0, defects: Vec::new() };
    while let Some(&byte) = salvage.rest.first() {
        salvage.token(byte);
    }
    (String::from_utf8_lossy(&salvage.out).into_owned(), salvage.defects)
}

struct Salvage<'a> {
    rest: &'a [u8],
    out: Vec<u8>,
    depth: usize,
    defects: Vec<Defect>,
}

impl<'a> Salvage<'a> {
    fn token(&mut self, byte: u8) {
        match byte {
            b'"' => self.string(),
            b'{' | b'[' => self.open(),
            b'}' | b']' => self.close(),
            b'-' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => self.word(),
            _ => self.copy(1),
        }
    }

    /// Take so many bytes off the input.
    fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(count.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    /// What lies too deep is not written.
    fn write(&mut self, bytes: &[u8]) {
        if self.depth <= DEEPEST {
            self.out.extend_from_slice(bytes);
        }
    }

    fn copy(&mut self, count: usize) {
        let taken = self.take(count);
        self.write(taken);
    }

    fn replace(&mut self, count: usize, by: &[u8], defect: Defect) {
        self.take(count);
        self.write(by);
        if self.depth <= DEEPEST {
            note(&mut self.defects, defect);
        }
    }

    fn open(&mut self) {
        if self.depth == DEEPEST {
            self.replace(0, b"null", Defect::NestingTooDeep);
        }
        self.depth += 1;
        self.copy(1);
    }

    fn close(&mut self) {
        self.copy(1);
        self.depth = self.depth.saturating_sub(1);
    }

    /// A number, a literal, or what some languages print for numbers that JSON does not have.
    fn word(&mut self) {
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
        let length = self.rest.iter().take_while(|byte| is_part(byte)).count();
        let word = self.rest.get(..length).and_then(|word| std::str::from_utf8(word).ok()).unwrap_or_default();
        if matches!(word, "NaN" | "-NaN" | "Infinity" | "-Infinity") {
            self.replace(length, b"null", Defect::NotFinite);
        } else if word.contains(|c: char| c.is_ascii_digit()) && word.parse::<f64>().is_ok_and(f64::is_infinite) {
            self.replace(length, b"null", Defect::ImpreciseNumber);
        } else {
            self.copy(length);
        }
    }

    fn string(&mut self) {
        self.copy(1);
        while let Some(&byte) = self.rest.first() {
            match byte {
                b'"' => return self.copy(1),
                b'\\' => self.escape(),
                0..=0x1f => {
                    self.replace(1, format!("\\u{byte:04x}").as_bytes(), Defect::ControlCharacter);
                }
                _ => {
                    let plain = |byte: &u8| !matches!(byte, b'"' | b'\\' | 0..=0x1f);
                    self.copy(self.rest.iter().take_while(|byte| plain(byte)).count());
                }
            }
        }
    }

    fn escape(&mut self) {
        match (code_unit(self.rest), code_unit(self.rest.get(6..).unwrap_or_default())) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => self.copy(12),
            (Some(0xd800..=0xdfff), _) => self.replace(6, b"\\ufffd", Defect::LoneSurrogate),
            (Some(_), _) => self.copy(6),
            (None, _) => self.copy(2),
        }
    }
}

/// The number in an escape `\uXXXX`.
fn code_unit(bytes: &[u8]) -> Option<u16> {
    let digits = bytes.strip_prefix(b"\\u")?.get(..4)?;
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mends_what_it_can_name() {
        for (text, mended, defect) in [
            (r#"["\ud800"]"#, r#"["\ufffd"]"#, Defect::LoneSurrogate),
            (r#"["\udc00\ud800\u0041"]"#, r#"["\ufffd\ufffd\u0041"]"#, Defect::LoneSurrogate),
            ("[\"a\tb\"]", r#"["a\u0009b"]"#, Defect::ControlCharacter),
            ("[NaN,-Infinity]", "[null,null]", Defect::NotFinite),
            ("[-1e999]", "[null]", Defect::ImpreciseNumber),
        ] {
            assert_eq!(salvage(text), (mended.to_owned(), vec![defect]), "{text}");
        }
    }

    #[test]
    fn leaves_the_rest_alone() {
        for text in [
            r#"{"a":"\ud83d\ude00\\ud800","b":"[NaN"}"#,
            "[1e3,-0.5,true]",
            "Infinite [",
            r#"["\u12"#,
            r#"["\"#,
            "\"\\é",
            "]]]{",
        ] {
            assert_eq!(salvage(text), (text.to_owned(), vec![]), "{text}");
        }
    }

    #[test]
    fn cuts_exactly_what_is_too_deep() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(salvage(&nested(DEEPEST)).1, []);
        let cut = format!("{}null{}", "[".repeat(DEEPEST), "]".repeat(DEEPEST));
        assert_eq!(salvage(&nested(DEEPEST + 9)), (cut.clone(), vec![Defect::NestingTooDeep]));
        assert!(serde_json::from_str::<serde_json::Value>(&cut).is_ok());
        assert!(serde_json::from_str::<serde_json::Value>(&nested(DEEPEST + 1)).is_err());
    }
}
