//! Texts: by pattern, by format, or words.

use super::{builder::Builder, facts::Facts, format};

/// A schema that wants longer texts gets none.
const MOST: usize = 65_536;
/// So many texts are tried.
const TRIES: usize = 24;
/// What any server should be able to read, and what a person tells from real data.
const WORD: &str = "litmus";
/// What words by lot are made of.
const LETTERS: [char; 40] = [
    'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'k', 'l', 'm', 'n', 'o', 'p', 'r', 's', 't', 'u', 'A', 'L', 'Z', '0',
    '1', '7', '9', ' ', ' ', '-', '_', '.', ',', '/', '\'', '"', 'é', 'ß', '中', '😀', '\n',
];

impl<'s> Builder<'_, 's> {
    /// A text that meets the facts.
    pub(super) fn string(&mut self, facts: &Facts<'s>) -> Option<String> {
        self.text(facts)
    }

    /// A text that meets the facts, as a value or as a name.
    pub(super) fn text(&mut self, facts: &Facts<'s>) -> Option<String> {
        let (least, most) = facts.lengths("minLength", "maxLength", MOST)?;
        if let Some(name) = facts.all("enum").find_map(|list| self.dice.pick(list.as_array()?)) {
            return name.as_str().map(str::to_owned);
        }
        let patterns: Vec<&str> = facts.texts("pattern").collect();
        let format = facts.texts("format").find(|name| format::is_known(name));
        for attempt in 0..TRIES {
            let wanted = self.dice.length(least, most);
            let text = match (format, patterns.get(attempt % patterns.len().max(1))) {
                (Some(format), None) => format::sample(format, attempt, &mut self.dice),
                (Some(format), _) if attempt < 4 => format::sample(format, attempt, &mut self.dice),
                (_, Some(pattern)) => {
                    let mut lively = self.dice.lively(attempt);
                    let dice = if attempt > 6 { &mut lively } else { &mut self.dice };
                    dice.size += attempt;
                    let Some(text) = self.patterns.sample(pattern, wanted.max(least) + attempt / 2, dice) else {
                        continue;
                    };
                    text
                }
                _ => self.words(wanted, least, most),
            };
            self.spend(text.len() / 8)?;
            let text = if format.is_some() || !patterns.is_empty() { stretched(text, least, format) } else { text };
            let length = text.chars().count();
            let fits = length >= least && most.is_none_or(|most| length <= most);
            if fits && patterns.iter().all(|pattern| self.patterns.fits(pattern, &text)) {
                return Some(text);
            }
        }
        None
    }

    /// Plain words of a length.
    fn words(&mut self, wanted: usize, least: usize, most: Option<usize>) -> String {
        if self.dice.is_calm() {
            let padding = "x".repeat(least.saturating_sub(WORD.len()));
            return format!("{WORD}{padding}").chars().take(most.unwrap_or(usize::MAX)).collect();
        }
        (0..wanted).map(|_| LETTERS[self.dice.below(LETTERS.len())]).collect()
    }
}

/// A text of a form, made long enough where that keeps the form.
fn stretched(mut text: String, least: usize, format: Option<&str>) -> String {
    let missing = least.saturating_sub(text.chars().count());
    if missing == 0 {
        return text;
    }
    let padding = "x".repeat(missing);
    if format == Some("email") {
        return padding + &text;
    }
    text.push_str(&padding);
    text
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::instances::{
        dice::{Dice, Taste},
        pattern::Patterns,
        reference::References,
    };

    fn built(schema: &Value, taste: Taste, seed: u64) -> Option<String> {
        let dice = Dice::new(taste, seed, 12);
        let value = Builder::new(&References::of(schema), &mut Patterns::default(), dice, (50_000, 8)).root()?;
        value.as_str().map(str::to_owned)
    }

    #[test]
    fn lengths_are_kept() {
        let text = |bounds: Value| {
            let mut schema = json!({ "type": "string" });
            schema.as_object_mut()?.extend(bounds.as_object()?.clone());
            built(&schema, Taste::Smallest, 0)
        };
        assert_eq!(text(json!({})).unwrap(), "litmus");
        assert_eq!(text(json!({ "maxLength": 3 })).unwrap(), "lit");
        assert_eq!(text(json!({ "minLength": 9 })).unwrap(), "litmusxxx");
        assert_eq!(text(json!({ "minLength": 1_000_000_000 })), None);
        assert_eq!(text(json!({ "format": "email", "minLength": 30 })).unwrap().len(), 30);
    }

    #[test]
    fn several_patterns_are_met_at_once() {
        let schema =
            json!({ "type": "string", "pattern": "^[a-z0-9]+$", "allOf": [{ "pattern": "[0-9]$" }], "minLength": 4 });
        let text = built(&schema, Taste::Any, 1).unwrap();
        assert!(text.len() >= 4 && text.ends_with(|c: char| c.is_ascii_digit()), "{text}");
    }

    #[test]
    fn a_border_is_hit() {
        let schema = json!({ "type": "string", "minLength": 3, "maxLength": 31, "pattern": "^[ab]*$" });
        let lengths: Vec<usize> =
            (0..30).filter_map(|seed| built(&schema, Taste::Border, seed)).map(|text| text.len()).collect();
        assert!(lengths.contains(&3) && lengths.contains(&31), "{lengths:?}");
    }
}
