//! Patterns as JavaScript reads them, written so that Rust reads the same.

/// A pattern for Rust. Looking ahead and behind is left out: what that asks for, the validator tells.
pub(super) fn translated(pattern: &str) -> String {
    let chars: Vec<char> = pattern.chars().collect();
    let mut out = String::with_capacity(pattern.len() + 8);
    let (mut at, mut in_class) = (0, false);
    while let Some(c) = chars.get(at).copied() {
        let rest = chars.get(at..).unwrap_or_default();
        if let (false, Some(length)) = (in_class, look_around(rest)) {
            at += length;
            continue;
        }
        match (c, rest.get(1).copied()) {
            ('\\', Some('p' | 'P' | 'u' | 'k')) if rest.get(2) == Some(&'{') => {
                let length = rest.iter().position(|c| *c == '}').map_or(rest.len(), |end| end + 1);
                out.extend(rest.iter().take(length));
                at += length;
                continue;
            }
            ('\\', Some(escaped)) => {
                out.push_str(&escape(escaped, in_class));
                at += 1;
            }
            ('[', _) if in_class => out.push_str("\\["),
            ('[', following) => {
                in_class = true;
                out.push('[');
                // Empty classes are read in another way.
                if following == Some('^') && rest.get(2) == Some(&']') {
                    out.push_str("^\\x{10FFFF}");
                    at += 1;
                }
            }
            (']', _) if in_class => {
                in_class = false;
                out.push(']');
            }
            ('&' | '~', _) if in_class => out.extend(['\\', c]),
            ('-', Some('-')) if in_class => out.push_str("\\-"),
            ('{', _) if !in_class && !is_count(rest) => out.push_str("\\{"),
            ('}', _) if !in_class && !closes_count(&out) => out.push_str("\\}"),
            (c, _) => out.push(c),
        }
        at += 1;
    }
    out
}

fn escape(escaped: char, in_class: bool) -> String {
    let class = |inner: &str| if in_class { inner.to_owned() } else { format!("[{inner}]") };
    match escaped {
        'd' => class("0-9"),
        'w' => class("A-Za-z0-9_"),
        'D' => "[^0-9]".to_owned(),
        'W' => "[^A-Za-z0-9_]".to_owned(),
        '/' | '<' | '>' | '\'' | '"' | '%' | ',' | ':' | ';' | '=' | '@' | '!' | '`' | ' ' => escaped.to_string(),
        // Whatever is left is spelled alike in both.
        other => format!("\\{other}"),
    }
}

/// The length of a group that looks around, with what it holds.
fn look_around(rest: &[char]) -> Option<usize> {
    let opens = [&['(', '?', '='][..], &['(', '?', '!'], &['(', '?', '<', '='], &['(', '?', '<', '!']];
    if !opens.iter().any(|open| rest.starts_with(open)) {
        return None;
    }
    let (mut depth, mut at, mut in_class) = (0_usize, 0, false);
    while let Some(c) = rest.get(at) {
        match c {
            '\\' => at += 1,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => depth += 1,
            ')' if !in_class => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

fn is_count(rest: &[char]) -> bool {
    let inner: Option<&[char]> = rest.iter().position(|c| *c == '}').and_then(|end| rest.get(1..end));
    inner.is_some_and(|inner| {
        inner.first().is_some_and(char::is_ascii_digit) && inner.iter().all(|c| c.is_ascii_digit() || *c == ',')
    })
}

/// Whether a brace that comes now ends a count that has begun.
fn closes_count(out: &str) -> bool {
    let digits = out.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',');
    digits.len() < out.len() && digits.ends_with('{')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_written_otherwise() {
        for (pattern, wanted) in [
            ("^[a-z]+$", "^[a-z]+$"),
            ("\\d{2,}", "[0-9]{2,}"),
            ("[\\w-]", "[A-Za-z0-9_-]"),
            ("[[a&&b]", "[\\[a\\&\\&b]"),
            ("\\/a{b}", "/a\\{b\\}"),
            ("^(?=.*[)a])(?!b(c)).{8}$", "^.{8}$"),
            ("(?<!a)b", "b"),
            ("(?<name>a)", "(?<name>a)"),
            ("\\p{L}{2}", "\\p{L}{2}"),
        ] {
            assert_eq!(translated(pattern), wanted, "{pattern}");
            assert!(regex::Regex::new(wanted).is_ok(), "{wanted}");
        }
    }

    #[test]
    fn what_is_broken_makes_no_panic() {
        for pattern in ["(?=", "(?=[", "\\", "[", "{", "}", "a{1,", "[^]", "[^"] {
            let _ = regex::Regex::new(&translated(pattern));
        }
    }
}
