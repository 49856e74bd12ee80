//! Icons: where they come from, and their sizes.

use std::borrow::Cow;

use super::{
    byte,
    format::{Objection, brief},
    mime, uri,
};
use crate::model::Severity;

/// The source of an icon is an address by http or https, or a `data:` URI with an image in base64 (`basic/index#icons`).
/// Another scheme, or none, fails. http warns: the same page has clients insist on https or data. Faults inside of an
/// address or of the data warn.
pub(super) fn check_src(text: &str) -> Option<Objection> {
    let Some(scheme) = uri::scheme(text) else {
        return Some(Objection::fail("no scheme"));
    };
    let is = |name: &str| scheme.eq_ignore_ascii_case(name);
    if is("data") {
        return data_fault(&text["data:".len()..]).map(Objection::warn);
    }
    if !(is("https") || is("http")) {
        return Some(Objection::fail(format!("the scheme {}", brief(scheme))));
    }
    let host = uri::authority(text, scheme.len() + 1).is_none_or(|part| part.is_empty());
    let no_host = host.then(|| Objection::warn("no host"));
    let plain = is("http").then(|| Objection::warn("http, where clients insist on https or data"));
    no_host.or_else(|| uri::check(text)).or(plain)
}

fn data_fault(rest: &str) -> Option<String> {
    let Some((head, data)) = rest.split_once(',') else {
        return Some("no comma before the data".into());
    };
    let marker = head.len().checked_sub(";base64".len()).and_then(|at| head.split_at_checked(at));
    let Some((kind, _)) = marker.filter(|(_, marker)| marker.eq_ignore_ascii_case(";base64")) else {
        return Some("data that is not marked as base64".into());
    };
    let is_image = kind.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("image/"));
    if !is_image || mime::check(kind).is_some() {
        return Some("data that is not marked as an image".into());
    }
    if data.is_empty() {
        return Some("an image without data".into());
    }
    byte::check(&unescaped(data)).map(|objection| format!("in the data, {}", objection.why))
}

/// The data as it is before escaping: `+`, `/` and `=` may be escaped in a URI.
fn unescaped(data: &str) -> Cow<'_, str> {
    if !data.contains('%') {
        return Cow::Borrowed(data);
    }
    let mut text = String::with_capacity(data.len());
    let mut parts = data.split('%');
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let code = part.get(..2).filter(|_| uri::is_escape(part.as_bytes()));
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                text.push(char::from(byte));
                text.push_str(&part[2..]);
            }
            None => text.extend(["%", part]),
        }
    }
    Cow::Owned(text)
}

/// Sizes should read as width, x and height, or as `any` (`schema#icon`): all faults warn.
pub(super) fn check_size(text: &str) -> Option<Objection> {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_size = text.split_once('x').is_some_and(|(width, height)| is_number(width) && is_number(height));
    let why = "neither width and height with an x between them, nor any";
    (text != "any" && !is_size).then(|| Objection { severity: Severity::Warn, why: why.into() })
}

#[cfg(test)]
mod tests {
    use super::{super::format::tests::judge, *};

    #[test]
    fn sources() {
        judge(
            check_src,
            &[
                "https://example.com/icon.png",
                "HTTPS://example.com",
                "data:image/png;base64,iVBORw0KGgo=",
                "DATA:image/svg+xml;charset=utf-8;BASE64,PHN2Zy8+",
                "data:image/png;base64,iVBORw0KGgo%3D",
            ],
            &[
                "http://example.com/icon.png",
                "https:///icon.png",
                "https:icon.png",
                "https://example.com/my icon.png",
                "data:image/png,abc",
                "data:;base64,iVBORw0KGgo=",
                "data:text/plain;base64,iVBORw0KGgo=",
                "data:image/;base64,iVBORw0KGgo=",
                "data:image/png;base64,",
                "data:image/png;base64,?",
                "data:image/png;base64,%zz",
                "data:image/png;base64",
                "data:",
            ],
            &["", "icon.png", "/icon.png", "//example.com/i.png", "javascript:alert(1)", "file:///i.png", "ftp://h/i"],
        );
    }

    #[test]
    fn sizes() {
        judge(
            check_size,
            &["48x48", "1x1000", "any"],
            &["", "48", "48X48", "48x", "x48", "48 x 48", "48x48x48", "Any", "-1x1", "48.5x48", "٤x٤"],
            &[],
        );
    }
}
