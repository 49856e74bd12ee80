//! Relative references to URIs, made absolute as RFC 3986 says (section 5).

use std::borrow::Cow;

use crate::schema::formats::{authority, scheme};

/// A reference without a fragment, as it reads seen from a base. With no base, it stays as it is.
pub(super) fn resolve(base: &str, reference: &str) -> String {
    if base.is_empty() || scheme(reference).is_some() {
        return reference.to_owned();
    }
    let start = scheme(base).map_or(0, |name| name.len() + 1);
    let root = authority(base, start).map_or(start, |part| part.end);
    let query = base.find('?').unwrap_or(base.len());
    if reference.is_empty() {
        base.to_owned()
    } else if reference.starts_with("//") {
        format!("{}{reference}", &base[..start])
    } else if reference.starts_with('?') {
        format!("{}{reference}", &base[..query])
    } else if reference.starts_with('/') {
        format!("{}{}", &base[..root], without_dots(reference))
    } else {
        let folder = base.get(root..query).and_then(|path| path.rfind('/')).map_or(root, |length| root + length + 1);
        let slash = if folder == root && root > start { "/" } else { "" };
        let path = format!("{}{slash}{reference}", base.get(root..folder).unwrap_or_default());
        format!("{}{}", &base[..root], without_dots(&path))
    }
}

/// A path without `.` and `..`.
fn without_dots(path: &str) -> String {
    let (path, query) = path.split_at(path.find('?').unwrap_or(path.len()));
    let mut kept: Vec<&str> = Vec::new();
    let last = path.split('/').next_back();
    for segment in path.split('/') {
        match segment {
            ".." if kept.len() > 1 || kept.first().is_some_and(|first| !first.is_empty()) => {
                kept.pop();
            }
            "." | ".." => {}
            segment => kept.push(segment),
        }
    }
    let folder = if matches!(last, Some("." | "..")) { "/" } else { "" };
    format!("{}{folder}{query}", kept.join("/"))
}

/// A fragment without percent signs; as it is when its escapes make no text.
pub fn unescaped(fragment: &str) -> Cow<'_, str> {
    if !fragment.contains('%') {
        return Cow::Borrowed(fragment);
    }
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let [first, tail @ ..] = rest {
        let digit = |at: usize| tail.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        let code = digit(0).zip(digit(1)).and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
        let escape = code.filter(|_| *first == b'%');
        bytes.push(escape.unwrap_or(*first));
        rest = if escape.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(fragment), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_made_absolute() {
        for (reference, wanted) in [
            ("g:h", "g:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../../../g", "http://a/g"),
            ("./g/.", "http://a/b/c/g/"),
        ] {
            assert_eq!(resolve("http://a/b/c/d;p?q", reference), wanted, "{reference}");
        }
        assert_eq!(resolve("http://a", "g"), "http://a/g");
        assert_eq!(resolve("urn:a:b", "urn:c"), "urn:c");
        assert_eq!(resolve("", "a/b"), "a/b");
        assert_eq!(resolve("a/b?x/y", "c"), "a/c");
    }

    #[test]
    fn escapes_are_undone() {
        for (text, wanted) in [("/a%20b", "/a b"), ("/a%", "/a%"), ("%C3%A4", "ä"), ("%ff", "%ff"), ("/%7e", "/~")] {
            assert_eq!(unescaped(text), wanted);
        }
    }
}
