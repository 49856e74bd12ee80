//! The parts of a text that is an address: what a suite needs to build a well-known place from it.

/// The part of this name: `origin` is scheme, host and port, `path` the path without a slash at its end.
pub(super) fn part<'a>(address: &'a str, name: &str) -> Option<&'a str> {
    let (scheme, rest) = address.split_once("://")?;
    if !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return None;
    }
    let authority = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let end = address.len() - rest.len() + authority;
    let (origin, rest) = address.split_at_checked(end)?;
    match name {
        "origin" => Some(origin),
        "path" => Some(rest.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/')),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_an_origin_and_a_path() {
        for (address, origin, path) in [
            ("https://a.example", "https://a.example", ""),
            ("HTTP://a.example:80/", "HTTP://a.example:80", ""),
            ("http://[::1]:90/b/c/?d#e", "http://[::1]:90", "/b/c"),
            ("http://é.example?/", "http://é.example", ""),
        ] {
            assert_eq!((part(address, "origin"), part(address, "path")), (Some(origin), Some(path)), "{address}");
        }
    }

    #[test]
    fn what_is_no_address_has_no_parts() {
        for text in ["", "a.example", "ftp://a.example", "https:/a", "urn:a"] {
            assert_eq!(part(text, "origin"), None, "{text}");
        }
        assert_eq!(part("https://a.example", "host"), None);
    }
}
