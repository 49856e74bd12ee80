//! Text in columns of a terminal: how wide it is, where to cut it, where to wrap it.
//!
//! An estimate by ranges, which is enough to keep lines calm; it is not a table of Unicode.

use std::borrow::Cow;

/// How many columns a character takes.
fn columns(c: char) -> usize {
    match c {
        '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}

/// How many columns a text takes.
pub fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// How many bytes of `text` fit into `room` columns.
fn fitting(text: &str, room: usize) -> usize {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += columns(c);
        if used > room {
            return at;
        }
    }
    text.len()
}

/// `text` in at most `room` columns; an ellipsis says that something is missing.
pub fn cut(text: &str, room: usize) -> Cow<'_, str> {
    if fitting(text, room) == text.len() {
        return Cow::Borrowed(text);
    }
    let (kept, _) = text.split_at(fitting(text, room.saturating_sub(1)));
    Cow::Owned(format!("{}…", kept.trim_end()))
}

/// `text` with blanks behind it, so that the next column lines up.
pub fn pad(text: &str, room: usize) -> String {
    format!("{text}{}", " ".repeat(room.saturating_sub(width(text))))
}

/// `text` in lines of at most `room` columns, broken between words where that is possible, and no more than `most` of them.
pub fn wrap(text: &str, room: usize, most: usize) -> Vec<Cow<'_, str>> {
    let mut lines = Vec::new();
    let mut rest = text;
    while lines.len() + 1 < most && fitting(rest, room) < rest.len() {
        let (line, next) = rest.split_at(break_before(rest, room));
        lines.push(Cow::Borrowed(line.trim_end()));
        rest = next.trim_start();
    }
    lines.push(cut(rest, room));
    lines
}

/// Where a line that is too long ends: behind the last word that fits, or in the middle of a word that never would.
fn break_before(text: &str, room: usize) -> usize {
    let limit = fitting(text, room);
    let one = text.chars().next().map_or(0, char::len_utf8);
    let (head, tail) = text.split_at(limit);
    if tail.starts_with(' ') {
        return limit.max(one);
    }
    // A break that leaves most of the line empty reads worse than a broken word.
    match head.rfind(' ') {
        Some(blank) if width(head.split_at(blank).0) * 2 >= room => blank + 1,
        _ => limit.max(one),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_cut_says_so() {
        assert_eq!(cut("abcdef", 6), "abcdef");
        assert_eq!(cut("abcdefg", 6), "abcde…");
        assert_eq!(cut("漢字漢字", 5), "漢字…");
    }

    #[test]
    fn lines_break_between_words_and_stop() {
        assert_eq!(wrap("one two three", 8, 9), ["one two", "three"]);
        assert_eq!(wrap("aaaaaaaaaaaa", 5, 9), ["aaaaa", "aaaaa", "aa"]);
        assert_eq!(wrap("one two three four", 8, 2), ["one two", "three f…"]);
        assert_eq!(wrap("", 8, 2), [""]);
    }

    proptest! {
        #[test]
        fn lines_fit_and_lose_only_blanks(text in "[a-c 漢]{0,60}", room in 2_usize..20) {
            let lines = wrap(&text, room, usize::MAX);
            prop_assert!(lines.iter().all(|line| width(line) <= room));
            prop_assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        }
    }
}
