//! Texts that a pattern fits, made from its parts.

use std::collections::HashMap;

use regex::{Regex, RegexBuilder};
use regex_syntax::{
    ParserBuilder,
    hir::{Class, Hir, HirKind, Repetition},
};

use super::{dice::Dice, ecma::translated};

/// What needs more memory to be matched is not matched here.
const SIZE: usize = 1 << 20;
/// A text that would be longer is not made.
const LONGEST: usize = 20_000;

/// The patterns of a schema, as far as they were needed.
#[derive(Default)]
pub(super) struct Patterns<'s> {
    known: HashMap<&'s str, Pattern>,
}

struct Pattern {
    regex: Option<Regex>,
    parts: Option<Hir>,
}

impl<'s> Patterns<'s> {
    /// Whether a pattern fits a text; one that cannot be read here may do so.
    pub(super) fn fits(&mut self, pattern: &'s str, text: &str) -> bool {
        self.get(pattern).regex.as_ref().is_none_or(|regex| regex.is_match(text))
    }

    /// Whether a pattern is known to fit a name.
    pub(super) fn finds(&mut self, pattern: &'s str, name: &str) -> bool {
        self.get(pattern).regex.as_ref().is_some_and(|regex| regex.is_match(name))
    }

    /// A text that a pattern is likely to fit, of about so many characters.
    pub(super) fn sample(&mut self, pattern: &'s str, length: usize, dice: &mut Dice) -> Option<String> {
        let parts = self.get(pattern).parts.as_ref()?;
        let least = parts.properties().minimum_len()?;
        if least > LONGEST {
            return None;
        }
        let mut writer = Writer { dice, spare: length.saturating_sub(least).min(LONGEST), out: String::new() };
        writer.write(parts)?;
        Some(writer.out)
    }

    fn get(&mut self, pattern: &'s str) -> &Pattern {
        self.known.entry(pattern).or_insert_with(|| Pattern::read(pattern))
    }
}

impl Pattern {
    fn read(pattern: &str) -> Self {
        let pattern = translated(pattern);
        let regex = RegexBuilder::new(&pattern).size_limit(SIZE).build().ok();
        let parts = ParserBuilder::new().nest_limit(100).build().parse(&pattern).ok();
        Self { regex, parts }
    }
}

struct Writer<'d> {
    dice: &'d mut Dice,
    /// How many characters may be written beyond the least.
    spare: usize,
    out: String,
}

impl Writer<'_> {
    fn write(&mut self, part: &Hir) -> Option<()> {
        if self.out.len() > LONGEST {
            return None;
        }
        match part.kind() {
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Literal(literal) => self.out.push_str(std::str::from_utf8(&literal.0).ok()?),
            HirKind::Class(class) => self.out.push(letter(class, self.dice)?),
            HirKind::Repetition(repetition) => self.repeat(repetition)?,
            HirKind::Capture(capture) => self.write(&capture.sub)?,
            HirKind::Concat(parts) => parts.iter().try_for_each(|part| self.write(part))?,
            HirKind::Alternation(parts) => {
                let start = self.dice.below(parts.len());
                let mut order = parts.iter().cycle().skip(start).take(parts.len());
                let mark = self.out.len();
                order.find_map(|part| {
                    self.out.truncate(mark);
                    self.write(part)
                })?;
            }
        }
        Some(())
    }

    fn repeat(&mut self, repetition: &Repetition) -> Option<()> {
        let least = repetition.min as usize;
        let each = repetition.sub.properties().minimum_len().unwrap_or(1).max(1);
        let room = self.spare / each;
        let more = repetition.max.map_or(room, |most| room.min((most as usize).saturating_sub(least)));
        // By lot some of it is left to those that come later.
        let more = if self.dice.one_in(3) { self.dice.below(more + 1) } else { more };
        self.spare -= more * each;
        (0..least.saturating_add(more)).try_for_each(|_| self.write(&repetition.sub))
    }
}

/// A character of a class: the plainest, or by lot one that is seen often.
fn letter(class: &Class, dice: &mut Dice) -> Option<char> {
    let Class::Unicode(class) = class else {
        let Class::Bytes(class) = class else { return None };
        return class.ranges().first().map(|range| char::from(range.start())).filter(char::is_ascii);
    };
    let ranges = class.ranges();
    let holds = |c: char| ranges.iter().any(|range| range.start() <= c && c <= range.end());
    if dice.is_calm() {
        let plain = ('a'..='z').chain('A'..='Z').chain('0'..='9').find(|c| holds(*c));
        return plain.or(ranges.first().map(regex_syntax::hir::ClassUnicodeRange::start));
    }
    // The visible ones of ASCII first: these are what most patterns are about, and what other keywords allow as well.
    let visible: Vec<char> = (' '..='~').filter(|c| holds(*c)).collect();
    if !visible.is_empty() && !dice.one_in(24) {
        return dice.pick(&visible).copied();
    }
    let range = dice.pick(ranges)?;
    let code = dice.within(i128::from(u32::from(range.start())), i128::from(u32::from(range.end())));
    u32::try_from(code).ok().and_then(char::from_u32).or_else(|| Some(range.start()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::instances::dice::Taste;

    const PATTERNS: &[&str] = &[
        "^[a-z0-9_.-]{1,128}$",
        "^(?:[01]\\d|2[0-3]):[0-5]\\d$",
        "^\\d{4}-\\d{2}$",
        "^(foo|ba[rz])+$",
        "^[^\\s]+@[^\\s]+$",
        "^\\p{L}{3}$",
        "litmus",
        "^$",
        "^#[0-9a-fA-F]{6}$",
        "^(?=.*[0-9]).{4,}$",
        "^\\/api\\/v[1-9]\\/",
    ];

    #[test]
    fn the_smallest_text_of_each_pattern_fits() {
        for pattern in PATTERNS {
            let mut patterns = Patterns::default();
            let text = patterns.sample(pattern, 0, &mut Dice::new(Taste::Smallest, 0, 0)).unwrap();
            assert!(patterns.fits(pattern, &text), "{pattern}: {text:?}");
        }
    }

    #[test]
    fn a_text_is_as_long_as_it_may_be() {
        let mut patterns = Patterns::default();
        let mut dice = Dice::new(Taste::Smallest, 0, 0);
        assert_eq!(patterns.sample("^[ab]{2,9}$", 40, &mut dice).unwrap(), "aaaaaaaaa");
        assert_eq!(patterns.sample("^(ab)*c$", 6, &mut dice).unwrap(), "ababc");
        assert_eq!(patterns.sample("(a{1000}){1000}", 0, &mut dice), None);
        assert_eq!(patterns.sample("[a&&b]{0}[^\\x00-\\x{10FFFF}]", 0, &mut dice), None);
    }

    #[test]
    fn what_cannot_be_read_may_fit() {
        let mut patterns = Patterns::default();
        assert!(patterns.fits("(?<a>b)\\k<a>", "x") && !patterns.finds("(?<a>b)\\k<a>", "x"));
        assert_eq!(patterns.sample("(", 0, &mut Dice::new(Taste::Any, 0, 9)), None);
    }

    proptest! {
        #[test]
        fn texts_by_lot_fit_too(seed: u64, size in 0_usize..40, index in 0..PATTERNS.len()) {
            let mut patterns = Patterns::default();
            let text = patterns.sample(PATTERNS[index], size, &mut Dice::new(Taste::Any, seed, size)).unwrap();
            prop_assert!(patterns.fits(PATTERNS[index], &text), "{}: {text:?}", PATTERNS[index]);
        }

        #[test]
        fn no_pattern_makes_a_panic(pattern: String, near in "[\\[\\](){}?<>:=!*+a-c0-9,^$\\\\|-]{0,20}") {
            for pattern in [&pattern, &near] {
                let _ = Patterns::default().sample(pattern, 9, &mut Dice::new(Taste::Any, 1, 9));
            }
        }
    }
}
