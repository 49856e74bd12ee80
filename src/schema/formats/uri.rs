//! URIs, as RFC 3986 writes them down.

use std::{net::Ipv6Addr, ops::Range};

use super::format::{Objection, stray};

/// A resource is addressed by a URI (`schema#resource`: the address of a resource in the format "uri"). Without a
/// scheme it addresses nothing, and that fails. All other faults warn: the schema states the format as an annotation,
/// and hosts hand the text back as they got it. No scheme and no authority is demanded.
pub(super) fn check(text: &str) -> Option<Objection> {
    match scheme(text) {
        None => Some(Objection::fail("no scheme")),
        Some(name) => fault(text, name.len() + 1).map(Objection::warn),
    }
}

/// The scheme of an absolute URI, without the colon.
pub(in crate::schema) fn scheme(text: &str) -> Option<&str> {
    let end = text.bytes().position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')))?;
    let (name, rest) = text.split_at_checked(end)?;
    (rest.starts_with(':') && name.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(name)
}

/// Where the authority of a URI stands: between `//` and the path.
pub(in crate::schema) fn authority(text: &str, start: usize) -> Option<Range<usize>> {
    let rest = text.get(start..)?.strip_prefix("//")?;
    let length = rest.bytes().position(|byte| matches!(byte, b'/' | b'?' | b'#')).unwrap_or(rest.len());
    Some(start + 2..start + 2 + length)
}

/// What is wrong behind the scheme.
fn fault(text: &str, start: usize) -> Option<String> {
    let authority = authority(text, start);
    let path = authority.as_ref().map_or(start, |part| part.end);
    let end = text.len();
    let fragment = text[path..].find('#').map_or(end, |length| path + length);
    let query = text[path..fragment].find('?').map_or(fragment, |length| path + length);
    authority
        .and_then(|part| authority_fault(text, part))
        .or_else(|| wrong(text, path..query, PATH))
        .or_else(|| wrong(text, after(query, fragment)..fragment, QUERY))
        .or_else(|| wrong(text, after(fragment, end)..end, QUERY))
}

/// The byte after a delimiter, if there is one.
fn after(delimiter: usize, end: usize) -> usize {
    (delimiter + 1).min(end)
}

fn authority_fault(text: &str, part: Range<usize>) -> Option<String> {
    let at = text[part.clone()].rfind('@').map(|length| part.start + length);
    let host = at.map_or(part.start, |at| at + 1);
    let user = part.start..at.unwrap_or(part.start);
    if let Some(fault) = wrong(text, user, USER) {
        return Some(fault);
    }
    if let Some(literal) = text[host..part.end].strip_prefix('[') {
        return literal_fault(host, literal);
    }
    let colon = text[host..part.end].rfind(':').map_or(part.end, |length| host + length);
    wrong(text, host..colon, HOST).or_else(|| port_fault(&text[colon..part.end]))
}

/// An address in brackets, with what follows it.
fn literal_fault(host: usize, literal: &str) -> Option<String> {
    let Some((address, port)) = literal.split_once(']') else {
        return Some(format!("the bracket at byte {host} is not closed"));
    };
    let of_the_future = |rest: &str| {
        let (version, address) = rest.split_once('.').unwrap_or_default();
        let is_hex = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hex && !address.is_empty() && address.bytes().all(|byte| has(byte, USER))
    };
    let known = match address.strip_prefix(['v', 'V']) {
        Some(rest) => of_the_future(rest),
        None => address.parse::<Ipv6Addr>().is_ok(),
    };
    if known { port_fault(port) } else { Some(format!("no IP address in the brackets at byte {host}")) }
}

/// What follows the host: nothing, or a colon with digits.
fn port_fault(text: &str) -> Option<String> {
    let digits = text.strip_prefix(':').unwrap_or(text);
    let is_port = text.is_empty() || (text.starts_with(':') && digits.bytes().all(|byte| byte.is_ascii_digit()));
    (!is_port).then(|| "the port is not a number".into())
}

/// The first byte of a part that may not stand in it.
fn wrong(text: &str, part: Range<usize>, class: u8) -> Option<String> {
    let bytes = text.as_bytes();
    let mut at = part.start;
    while at < part.end {
        let byte = *bytes.get(at)?;
        if byte == b'%' {
            if !is_escape(bytes.get(at + 1..part.end).unwrap_or_default()) {
                return Some(format!("% without two hexadecimal digits at byte {at}"));
            }
            at += 2;
        } else if !has(byte, class) {
            return Some(stray(text, at));
        }
        at += 1;
    }
    None
}

/// Whether two hexadecimal digits come first: what follows a `%`.
pub(super) fn is_escape(bytes: &[u8]) -> bool {
    matches!(bytes, [high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
}

const HOST: u8 = 1;
const USER: u8 = 2;
const PATH: u8 = 4;
const QUERY: u8 = 8;

/// For each byte, the parts in which it may stand as it is.
const CLASSES: [u8; 256] = classes();

fn has(byte: u8, class: u8) -> bool {
    CLASSES[usize::from(byte)] & class != 0
}

const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 128u8 {
        table[byte as usize] = match byte {
            b'-' | b'.' | b'_' | b'~' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' => {
                HOST | USER | PATH | QUERY
            }
            b':' => USER | PATH | QUERY,
            b'@' | b'/' => PATH | QUERY,
            b'?' => QUERY,
            _ if byte.is_ascii_alphanumeric() => HOST | USER | PATH | QUERY,
            _ => 0,
        };
        byte += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::{super::format::tests::judge, *};

    #[test]
    fn uris() {
        judge(
            check,
            &[
                "ftp://ftp.example.org/rfc/1808.txt",
                "ldap://[2001:db8::7]/c=GB?objectClass?one",
                "mailto:a.b@example.com",
                "news:comp.lang.rust",
                "tel:+1-816-555-1212",
                "telnet://192.0.2.16:80/",
                "urn:oasis:names:specification:docbook:dtd:xml:4.1.2",
                "file:///a/b%20c",
                "http://user:word@host:/p;x=1?q=/?#f/?",
                "http://[v1f.a:b]:8080",
                "http://[::ffff:192.0.2.1]",
                "x:",
                "a+b-c.d:",
                "memo://",
                "x:/",
                "note:?#",
            ],
            &[
                "file:///a b",
                "file:///ä",
                "x:%2",
                "x:%",
                "x:%zz",
                "x:{y}",
                "x:a#b#c",
                "http://a:port/",
                "http://a:1:2/",
                "http://[::1/",
                "http://[::1]x/",
                "http://[:::]/",
                "http://[v.a]/",
                "http://[v1.]/",
                "http://a@b@c/",
                "http://a[b]/",
                "x:a\\b",
                "x:a[0]",
                "x:\n",
            ],
            &["", "a", "/a/b", "1a:b", ":x", "a b:c", "ä:b", "//host/path", "C", "a/b:c", "#x"],
        );
    }

    #[test]
    fn the_fault_is_located() {
        assert_eq!(check("file:///a b").unwrap().why, "a blank at byte 9");
        assert_eq!(check("http://h/%4").unwrap().why, "% without two hexadecimal digits at byte 9");
    }
}
