//! Templates of URIs, as RFC 6570 writes them down, all four levels.

use super::{
    format::{Objection, stray},
    uri::is_escape,
};

/// A resource template has a URI template as RFC 6570 defines it (`schema#resourcetemplate`). Braces that do not match
/// fail: nobody can tell the variables. All other faults warn.
pub(super) fn check(text: &str) -> Option<Objection> {
    unbalanced(text).map(Objection::fail).or_else(|| fault(text).map(Objection::warn))
}

fn unbalanced(text: &str) -> Option<String> {
    let (mut depth, mut outermost) = (0_usize, 0);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => {
                outermost = if depth == 0 { at } else { outermost };
                depth += 1;
            }
            b'}' if depth == 0 => return Some(format!("}} at byte {at} closes nothing")),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    (depth > 0).then(|| format!("{{ at byte {outermost} is not closed"))
}

fn fault(text: &str) -> Option<String> {
    let mut at = 0;
    while at < text.len() {
        let end = text[at..].find('{').map_or(text.len(), |length| at + length);
        if let Some(fault) = literal_fault(text, at, end) {
            return Some(fault);
        }
        if end == text.len() {
            return None;
        }
        let close = text[end..].find('}').map(|length| end + length)?;
        if let Some(fault) = expression_fault(&text[end + 1..close]) {
            return Some(format!("{fault} in the expression at byte {end}"));
        }
        at = close + 1;
    }
    None
}

fn literal_fault(text: &str, start: usize, end: usize) -> Option<String> {
    let part = &text[start..end];
    let may_stand = |c: char| !(c.is_control() || matches!(c, ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '|'));
    let bad = part.char_indices().find(|(at, c)| match c {
        '%' => !is_escape(&part.as_bytes()[at + 1..]),
        c => !may_stand(*c),
    })?;
    Some(match bad {
        (at, '%') => format!("% without two hexadecimal digits at byte {}", start + at),
        (at, _) => stray(text, start + at),
    })
}

/// What is wrong between two braces: an operator if there is one, then variables.
fn expression_fault(body: &str) -> Option<String> {
    if let Some(operator) = body.chars().next().filter(|c| "=,!@|".contains(*c)) {
        return Some(format!("the reserved operator `{operator}`"));
    }
    let list = body.strip_prefix(['+', '#', '.', '/', ';', '?', '&']).unwrap_or(body);
    list.split(',').find_map(variable_fault)
}

fn variable_fault(variable: &str) -> Option<String> {
    let (name, length) = match variable.split_once(':') {
        Some((name, length)) => (name, Some(length)),
        None => (variable.strip_suffix('*').unwrap_or(variable), None),
    };
    if name.is_empty() {
        return Some("no name of a variable".into());
    }
    if !is_name(name.as_bytes()) {
        return Some("a character that the name of a variable may not have".into());
    }
    let is_length = |text: &str| {
        matches!(text.len(), 1..=4) && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    length.is_some_and(|text| !is_length(text)).then(|| "a prefix length that is not 1 to 9999".into())
}

/// Letters, digits, `_` and escapes, with single dots between them.
fn is_name(mut rest: &[u8]) -> bool {
    let mut dot_may_follow = false;
    while let [first, tail @ ..] = rest {
        rest = match first {
            b'.' if dot_may_follow && !tail.is_empty() => tail,
            b'%' if is_escape(tail) => &tail[2..],
            b'_' => tail,
            letter if letter.is_ascii_alphanumeric() => tail,
            _ => return false,
        };
        dot_may_follow = *first != b'.';
    }
    true
}

#[cfg(test)]
mod tests {
    use super::{super::format::tests::judge, *};

    #[test]
    fn templates() {
        judge(
            check,
            &[
                "",
                "file:///{path}",
                "{var}",
                "{+path}/here",
                "{#x,hello}",
                "X{.x,y}",
                "{/var:1,list*}",
                "{;x,y,empty}",
                "{?x,y}",
                "{&x}",
                "{keys*}",
                "{var:9999}",
                "{a.b_c%20d}",
                "ünïcode/{x}",
                "it's/{x}",
                "a%20b",
            ],
            &[
                "{}",
                "{?}",
                "{=x}",
                "{|x}",
                "{!x}",
                "{@x}",
                "{,x}",
                "{a,}",
                "{a b}",
                "{a-b}",
                "{ä}",
                "{a..b}",
                "{.}",
                "{a.}",
                "{x:0}",
                "{x:10000}",
                "{x:}",
                "{x:1*}",
                "{x**}",
                "{%2}",
                "{{a}}",
                "a b",
                "a%2",
                "<a>",
                "{a}\n",
            ],
            &["{", "}", "{a", "a}", "{a}}", "{{a}", "}{", "{a}/{b"],
        );
    }

    #[test]
    fn the_fault_is_located() {
        assert_eq!(check("x://{a}/{b").unwrap().why, "{ at byte 8 is not closed");
        assert_eq!(check("x://{!a}").unwrap().why, "the reserved operator `!` in the expression at byte 4");
    }
}
