//! Regular expressions of ECMA-262, read without being compiled: one pass, whatever the pattern.
//!
//! What either of the two grammars of that standard takes (with Unicode, or with the extensions for the web) is good;
//! the flavours of Perl and Python are not: `(?i)`, `(?P<name>..)`, `a++`.

use std::{iter::Peekable, str::Chars};

/// What makes it no regular expression.
pub(super) fn fault(pattern: &str) -> Option<&'static str> {
    Reader { chars: pattern.chars().peekable(), groups: Vec::new(), repeatable: false }.read().err()
}

struct Reader<'a> {
    chars: Peekable<Chars<'a>>,
    /// The open groups: whether each may be repeated once it is closed.
    groups: Vec<bool>,
    /// Whether a quantifier may follow.
    repeatable: bool,
}

impl Reader<'_> {
    fn read(mut self) -> Result<(), &'static str> {
        while let Some(c) = self.chars.next() {
            match c {
                '(' => self.group()?,
                ')' => self.repeatable = self.groups.pop().ok_or("a closing parenthesis that closes nothing")?,
                '|' | '^' | '$' => self.repeatable = false,
                '*' | '+' | '?' => self.repeat()?,
                '{' => self.braces()?,
                '[' => self.class()?,
                '\\' => self.repeatable = !matches!(self.escape()?, Escape::Edge),
                _ => self.repeatable = true,
            }
        }
        if self.groups.is_empty() { Ok(()) } else { Err("a group that is not closed") }
    }

    fn group(&mut self) -> Result<(), &'static str> {
        const UNKNOWN: &str = "a group of a kind that ECMA-262 does not have";
        self.repeatable = false;
        let mut may_repeat = true;
        if self.chars.next_if_eq(&'?').is_some() {
            match self.chars.next().ok_or(UNKNOWN)? {
                ':' | '=' | '!' => {}
                '<' if self.chars.next_if(|c| matches!(c, '=' | '!')).is_some() => may_repeat = false,
                '<' => self.name()?,
                'i' | 'm' | 's' | '-' => {
                    while self.chars.next_if(|c| matches!(c, 'i' | 'm' | 's' | '-')).is_some() {}
                    self.chars.next_if_eq(&':').ok_or(UNKNOWN)?;
                }
                _ => return Err(UNKNOWN),
            }
        }
        self.groups.push(may_repeat);
        Ok(())
    }

    fn name(&mut self) -> Result<(), &'static str> {
        let is_start = |c: &char| c.is_alphabetic() || matches!(c, '_' | '$');
        let mut whole = self.chars.next_if(is_start).is_some();
        while self.chars.next_if(|c| is_start(c) || c.is_alphanumeric()).is_some() {}
        whole &= self.chars.next_if_eq(&'>').is_some();
        if whole { Ok(()) } else { Err("a group whose name is none") }
    }

    fn repeat(&mut self) -> Result<(), &'static str> {
        if !self.repeatable {
            return Err("a quantifier with nothing to repeat");
        }
        self.repeatable = false;
        self.chars.next_if_eq(&'?');
        Ok(())
    }

    /// A quantifier in braces; anything else in braces stands for itself.
    fn braces(&mut self) -> Result<(), &'static str> {
        let mut ahead = self.chars.clone();
        let least = digits(&mut ahead);
        let most = if ahead.next_if_eq(&',').is_some() { digits(&mut ahead) } else { least };
        let (Some(least), Some('}')) = (least, ahead.next()) else {
            self.repeatable = true;
            return Ok(());
        };
        self.chars = ahead;
        if most.is_some_and(|most| most < least) {
            return Err("a quantifier whose bounds are the wrong way round");
        }
        self.repeat()
    }

    fn class(&mut self) -> Result<(), &'static str> {
        const OPEN: &str = "a class that is not closed";
        self.chars.next_if_eq(&'^');
        // What a range could begin with, and whether its hyphen has been seen.
        let (mut first, mut in_range) = (None, false);
        loop {
            let c = match self.chars.next().ok_or(OPEN)? {
                ']' => break,
                '-' if first.is_some() && !in_range && self.chars.peek() != Some(&']') => {
                    in_range = true;
                    continue;
                }
                '\\' => self.escape()?.code(),
                c => Some(u32::from(c)),
            };
            if let (true, Some(low), Some(high)) = (in_range, first, c)
                && low > high
            {
                return Err("a range whose ends are the wrong way round");
            }
            first = if in_range { None } else { c };
            in_range = false;
        }
        self.repeatable = true;
        Ok(())
    }

    /// What follows a backslash.
    fn escape(&mut self) -> Result<Escape, &'static str> {
        let c = self.chars.next().ok_or("a backslash at the end")?;
        Ok(match c {
            'b' | 'B' => Escape::Edge,
            'd' | 'D' | 'w' | 'W' | 's' | 'S' | 'p' | 'P' | 'k' | 'c' | '0'..='9' => Escape::Set,
            't' => Escape::Char(9),
            'n' => Escape::Char(10),
            'v' => Escape::Char(11),
            'f' => Escape::Char(12),
            'r' => Escape::Char(13),
            'x' => self.code(2).map_or(Escape::Char(u32::from('x')), Escape::Char),
            'u' => self.code_point().or_else(|| self.code(4)).map_or(Escape::Char(u32::from('u')), Escape::Char),
            c => Escape::Char(u32::from(c)),
        })
    }

    /// So many hexadecimal digits.
    fn code(&mut self, length: usize) -> Option<u32> {
        let mut ahead = self.chars.clone();
        let value = (0..length).try_fold(0, |value, _| Some(value * 16 + ahead.next()?.to_digit(16)?))?;
        self.chars = ahead;
        Some(value)
    }

    /// Hexadecimal digits in braces.
    fn code_point(&mut self) -> Option<u32> {
        let mut ahead = self.chars.clone();
        ahead.next_if_eq(&'{')?;
        let mut value = 0_u32;
        while let Some(digit) = ahead.next_if(char::is_ascii_hexdigit) {
            value = value.checked_mul(16)?.checked_add(digit.to_digit(16)?)?;
        }
        ahead.next_if_eq(&'}')?;
        self.chars = ahead;
        Some(value)
    }
}

enum Escape {
    /// A place between characters. In a class, `\b` is a character of its own.
    Edge,
    /// More than one character, or which one is not of interest.
    Set,
    Char(u32),
}

impl Escape {
    fn code(&self) -> Option<u32> {
        match self {
            Self::Edge => Some(8),
            Self::Set => None,
            Self::Char(code) => Some(*code),
        }
    }
}

/// A number, as large as it may be.
fn digits(chars: &mut Peekable<Chars>) -> Option<u64> {
    let mut value = None;
    while let Some(digit) = chars.next_if(char::is_ascii_digit).and_then(|c| c.to_digit(10)) {
        value = Some(value.unwrap_or(0_u64).saturating_mul(10).saturating_add(u64::from(digit)));
    }
    value
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::fault;

    #[test]
    fn what_the_standard_takes_is_good() {
        for pattern in [
            "",
            "^[a-z0-9_.-]{1,128}$",
            "^(?:[01]\\d|2[0-3]):[0-5]\\d$",
            "a|b|",
            "(?<year>\\d{4})-\\k<year>",
            "(?<=a)b(?<!c)",
            "(?=a)*",
            "(?i-s:x)+",
            "\\p{L}+\\P{Nd}{2}",
            "\\u{1F600}{2}\\u0041",
            "[\\w-]",
            "[a\\-z]",
            "[-a]",
            "[a-]",
            "[^]]",
            "[]",
            "[\\d-x]",
            "[\\x41-\\x5A]",
            "[😀-😎]",
            "{",
            "}",
            "]",
            "a{,5}",
            "{x}",
            "x{3}?",
            "x{3,}",
            "x??",
            "\\/",
            "\\cA",
            "a{99999999999999999999999}",
        ] {
            assert_eq!(fault(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn what_it_does_not_take_is_not() {
        for pattern in [
            "(",
            ")",
            "a)",
            "(a",
            "[",
            "[a",
            "[a\\]",
            "*",
            "+a",
            "a**",
            "a++",
            "a|*",
            "^*",
            "(?:",
            "(?",
            "(?P<a>b)",
            "(?i)a",
            "(?>a)",
            "(?#a)",
            "(?<>a)",
            "(?<1a>b)",
            "(?<a",
            "(?<=a)*",
            "a{2,1}",
            "{1}",
            "a{1}{2}",
            "[z-a]",
            "[\\x5A-\\x41]",
            "\\",
            "a\\",
            "\\b+",
        ] {
            assert!(fault(pattern).is_some(), "{pattern}");
        }
    }

    proptest! {
        #[test]
        fn what_another_reader_takes_too_is_good(pattern in "([a-c]|\\[[a-c]{1,3}\\]|\\([a|]{1,3}\\)|[a-c][*+?]){0,6}") {
            prop_assert!(regex::Regex::new(&pattern).is_ok());
            prop_assert_eq!(fault(&pattern), None);
        }

        #[test]
        fn no_pattern_makes_a_panic(any: String, near in "[\\[\\](){}?<>:=!*+a-c0-9,^$\\\\|-]{0,20}") {
            let _ = (fault(&any), fault(&near));
        }
    }
}
