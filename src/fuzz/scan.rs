//! A quick look at a line: which id it carries, and where. What it cannot tell, the full reading tells.

use std::{
    hash::{DefaultHasher, Hasher},
    ops::Range,
};

/// The id of a line that is one JSON object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Id {
    /// The number.
    pub number: u64,
    /// Where its digits stand.
    pub span: Range<usize>,
}

/// The number that is the `id` of an object; `None` when it has none, or when this is no object.
pub fn id(line: &[u8]) -> Option<Id> {
    if line.first() != Some(&b'{') {
        return None;
    }
    let (mut at, mut depth, mut found) = (0, 0_usize, None);
    while let Some(byte) = line.get(at) {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.checked_sub(1)?,
            b'"' => {
                let end = end_of_string(line, at + 1)?;
                let is_name = depth == 1 && line.get(at..=end) == Some(b"\"id\"");
                let number = if is_name { number(line, end + 1) } else { None };
                if number.is_some() {
                    // A member that comes twice is for the full reading.
                    if found.is_some() {
                        return None;
                    }
                    found = number;
                }
                at = end;
            }
            _ => {}
        }
        at += 1;
    }
    found.filter(|_| depth == 0)
}

/// The place of the quote that ends a string.
fn end_of_string(line: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match line.get(at)? {
            b'"' => return Some(at),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// A number behind a colon.
fn number(line: &[u8], at: usize) -> Option<Id> {
    let rest = line.get(at..)?.strip_prefix(b":")?;
    let blanks = rest.iter().take_while(|byte| **byte == b' ').count();
    let digits = rest.get(blanks..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let start = at + 1 + blanks;
    let span = start..start + digits;
    let is_whole = matches!(line.get(span.end), Some(b',' | b'}' | b' '));
    let number = std::str::from_utf8(line.get(span.clone())?).ok()?.parse().ok()?;
    is_whole.then_some(Id { number, span })
}

/// A fingerprint of a line without its id: what was judged once need not be judged again.
pub fn fingerprint(line: &[u8], id: Option<&Id>, context: u64) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write_u64(context);
    match id {
        Some(Id { span, .. }) => {
            hasher.write(line.get(..span.start).unwrap_or_default());
            hasher.write(line.get(span.end..).unwrap_or_default());
        }
        None => hasher.write(line),
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Option<u64> {
        id(text.as_bytes()).map(|id| id.number)
    }

    #[test]
    fn the_id_of_the_outermost_object() {
        assert_eq!(number(r#"{"jsonrpc":"2.0","id":17,"result":{"id":3}}"#), Some(17));
        assert_eq!(number(r#"{"result":{"id":3,"a":"\"id\":9"},"id": 4 }"#), Some(4));
        for other in [
            r#"{"result":{"id":3}}"#,
            r#"{"id":"17"}"#,
            r#"{"id":1,"id":2}"#,
            r#"{"id":1.5}"#,
            r#"{"id":-1}"#,
            r#"{"id":1"#,
            r#"[{"id":1}]"#,
            "",
        ] {
            assert_eq!(number(other), None, "{other}");
        }
    }

    #[test]
    fn lines_that_differ_in_their_id_are_the_same() {
        let print = |text: &str, context| fingerprint(text.as_bytes(), id(text.as_bytes()).as_ref(), context);
        assert_eq!(print(r#"{"id":1,"result":{}}"#, 0), print(r#"{"id":22,"result":{}}"#, 0));
        assert_ne!(print(r#"{"id":1,"result":{}}"#, 0), print(r#"{"id":1,"result":{}}"#, 1));
        assert_ne!(print(r#"{"id":1,"result":{}}"#, 0), print(r#"{"id":1,"result":[]}"#, 0));
    }
}
