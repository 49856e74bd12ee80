//! What a text has to look like to be base64 or a URI.

use crate::schema::formats::format;

/// Whether it is base64 in the standard alphabet, padded.
pub(super) fn is_base64(text: &str) -> bool {
    format("byte").is_some_and(|byte| (byte.check)(text).is_none())
}

/// Whether it has a scheme, and only characters that a URI may have.
pub(super) fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_scheme && rest.chars().all(may_stand_in_uri) && escapes_are_whole(rest)
}

fn may_stand_in_uri(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c)
}

fn escapes_are_whole(text: &str) -> bool {
    let mut parts = text.split('%');
    parts.next();
    parts.all(|part| part.len() >= 2 && part.bytes().take(2).all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uris() {
        for uri in ["file:///a", "demo://x?y=%20#z", "urn:isbn:1", "a+b:", "http://[::1]/"] {
            assert!(is_uri(uri), "{uri}");
        }
        for text in ["", "a", "/a/b", "1a:b", "http://a b", "x:%2", "x:%zz", "x:ä", "x:{y}", ":x"] {
            assert!(!is_uri(text), "{text}");
        }
    }

    #[test]
    fn base64() {
        assert!(is_base64("") && is_base64("aGk=") && is_base64("+/+/"));
        assert!(!is_base64("aGk") && !is_base64("-_-_") && !is_base64("a b="));
    }
}
