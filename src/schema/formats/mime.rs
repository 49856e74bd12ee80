//! MIME types: `type/subtype; parameter=value`.

use super::format::Objection;
use crate::model::Severity;

/// What is wrong with a MIME type. A text that is not made of a type and a subtype is none at all; names that RFC 6838
/// does not allow and faulty parameters (RFC 2045) are read by most.
fn fault(text: &str) -> Option<Objection> {
    let (essence, parameters) = match text.find(';') {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let Some((kind, subtype)) = essence.trim_end_matches(OPTIONAL_BLANK).split_once('/') else {
        return Some(Objection::fail("no slash between a type and a subtype"));
    };
    if kind.is_empty() || subtype.is_empty() {
        return Some(Objection::fail("a slash without a type before and a subtype after it"));
    }
    if !(is_name(kind) && is_name(subtype)) {
        return Some(Objection::warn("a character that a MIME type may not have"));
    }
    parameters.and_then(parameter_fault).map(Objection::warn)
}

/// The MIME types of resources, of their templates and of icons are a help if they are known (`schema#resource`,
/// `schema#icon`): no sentence binds them, and all faults warn.
pub(super) fn check(text: &str) -> Option<Objection> {
    fault(text).map(|objection| objection.at_most(Severity::Warn))
}

/// An image is of a type image/something (`schema#imagecontent`); no sentence says so, and a fault warns. That it has a
/// type at all is binding in prompts only, whose chapter says so.
pub(super) fn check_image(text: &str) -> Option<Objection> {
    of_kind(text, "image/", "no type of an image")
}

/// A sound is of a type audio/something (`schema#audiocontent`).
pub(super) fn check_audio(text: &str) -> Option<Objection> {
    of_kind(text, "audio/", "no type of a sound")
}

fn of_kind(text: &str, prefix: &str, why: &str) -> Option<Objection> {
    let is_of_kind = text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    check(text).or_else(|| (!is_of_kind).then(|| Objection::warn(why)))
}

const OPTIONAL_BLANK: [char; 2] = [' ', '\t'];

/// The names that can be registered: a letter or a digit, then up to 126 of those and a few signs.
fn is_name(text: &str) -> bool {
    let may_follow = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte);
    text.len() <= 127 && text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.bytes().all(may_follow)
}

/// What is wrong behind the first semicolon.
fn parameter_fault(mut rest: &str) -> Option<&'static str> {
    loop {
        let name_end = token(rest.trim_start_matches(OPTIONAL_BLANK));
        let (name, value) = rest.trim_start_matches(OPTIONAL_BLANK).split_at(name_end);
        let Some(value) = value.strip_prefix('=').filter(|_| !name.is_empty()) else {
            return Some("a parameter that is not name=value");
        };
        let end = if value.starts_with('"') { quoted(value) } else { token(value) };
        if end == 0 {
            return Some("a parameter without a value, or whose quotes are not closed");
        }
        rest = value[end..].trim_start_matches(OPTIONAL_BLANK);
        if rest.is_empty() {
            return None;
        }
        rest = match rest.strip_prefix(';') {
            Some(rest) => rest,
            None => return Some("a value with a character that belongs in quotes"),
        };
    }
}

/// The length of the token at the beginning.
fn token(text: &str) -> usize {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    text.bytes().position(|byte| !is_part(byte)).unwrap_or(text.len())
}

/// The length of the quoted text at the beginning; 0 when it has no end.
fn quoted(text: &str) -> usize {
    let mut bytes = text.bytes().enumerate().skip(1);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => return at + 1,
            b'\\' => {
                bytes.next();
            }
            _ => {}
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::{super::format::tests::judge, *};

    const GOOD: &[&str] = &[
        "text/plain",
        "image/svg+xml",
        "application/vnd.api+json",
        "application/x-www-form-urlencoded",
        "text/plain; charset=utf-8",
        "text/plain;charset=\"utf-8\" ; q=1",
        "text/html;profile=mcp-app",
        "multipart/mixed; boundary=\"a;b\\\"c\"",
        "audio/mpeg ",
        "3gpp/x",
    ];
    const WARN: &[&str] = &[
        "text /plain",
        "text/pl ain",
        "text/plain/x",
        "*/*",
        "image/*",
        " image/png",
        "text/plain;",
        "text/plain; charset",
        "text/plain; =x",
        "text/plain; a=",
        "text/plain; a=\"b",
        "text/plain; a=\"b\"c",
        "text/plain; a=b c",
        "text/ä",
    ];
    const FAIL: &[&str] = &["", "png", "text", "/", "image/", "/png", "; a/b", "text;charset=a/b"];

    #[test]
    fn mime_types() {
        judge(fault, GOOD, WARN, FAIL);
        judge(check, GOOD, &[WARN, FAIL].concat(), &[]);
    }

    #[test]
    fn a_name_has_an_end() {
        let name = "a".repeat(127);
        judge(fault, &[&format!("{name}/{name}")], &[&format!("a/{name}a")], &[]);
    }
}
