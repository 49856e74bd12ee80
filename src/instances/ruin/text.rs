//! Texts that are too short, too long, or of another form.

use serde_json::{Value, json};

use crate::instances::{builder::Builder, facts::Facts, format};

/// A text is not made longer than this to be too long.
const LONGEST: usize = 20_000;

pub(super) fn ruin(
    facts: &Facts<'_>,
    text: &str,
    builder: &mut Builder<'_, '_>,
    add: &mut impl FnMut(&'static str, Value),
) {
    let bounds = facts.lengths("minLength", "maxLength", LONGEST);
    if let Some((least, _)) = bounds.filter(|(least, _)| *least > 0) {
        add("minLength", json!(text.chars().take(least - 1).collect::<String>()));
        add(
            "minLength",
            json!(text.chars().rev().take(least - 1).collect::<Vec<_>>().iter().rev().collect::<String>()),
        );
    }
    if let Some(most) = bounds.and_then(|(_, most)| most).filter(|most| *most < LONGEST) {
        for text in too_long(facts, text, most + 1, builder) {
            add("maxLength", json!(text));
        }
    }
    if facts.all("pattern").next().is_some() {
        for text in other_form(text, bounds) {
            add("pattern", json!(text));
        }
        // These keep the format.
        for name in facts.texts("format").filter(|name| format::is_known(name)) {
            for attempt in 0..3 {
                add("pattern", json!(format::sample(name, attempt, &mut builder.dice)));
            }
        }
    }
    if facts.all("format").next().is_some() {
        let length = bounds.map_or(1, |(least, _)| least.max(1));
        add("format", json!("^[".chars().cycle().take(length.max(3)).collect::<String>()));
        add("format", json!("%".repeat(length)));
        add("format", json!(format!("{text} litmus\u{1}")));
    }
}

/// Texts of this length that meet the pattern, if there is one.
fn too_long(facts: &Facts<'_>, text: &str, length: usize, builder: &mut Builder<'_, '_>) -> Vec<String> {
    let repeated = |text: &str| -> String { text.chars().cycle().take(length).collect() };
    let last: String = text.chars().last().unwrap_or('x').to_string();
    let missing = length.saturating_sub(text.chars().count());
    let (first, rest) = text.split_at(text.chars().next().map_or(0, char::len_utf8));
    let mut all = vec![
        format!("{text}{}", last.repeat(missing)),
        format!("{}{rest}", if first.is_empty() { "x" } else { first }.repeat(missing + 1)),
        repeated(if text.is_empty() { "x" } else { text }),
    ];
    let pattern = facts.texts("pattern").next().map(str::to_owned);
    if let Some(pattern) = pattern {
        let mut own = crate::instances::pattern::Patterns::default();
        all.extend((0..3).filter_map(|more| own.sample(&pattern, length + more, &mut builder.dice)));
    }
    all
}

/// Texts of the same length in other characters, which few patterns fit.
fn other_form(text: &str, bounds: Option<(usize, Option<usize>)>) -> Vec<String> {
    let (least, most) = bounds.unwrap_or((0, None));
    let length = text.chars().count().max(least).max(1).min(most.unwrap_or(usize::MAX));
    let of = |c: char| c.to_string().repeat(length);
    let mut last_changed: String = text.chars().take(length.saturating_sub(1)).collect();
    last_changed.push('\u{a0}');
    let mut all = vec![of('!'), of('\n'), of('Ж'), of(' '), of('a'), of('0'), last_changed];
    if least == 0 {
        all.push(String::new());
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instances::{
        dice::{Dice, Taste},
        pattern::Patterns,
        reference::References,
    };

    fn ruined(schema: &Value, text: &str) -> Vec<(&'static str, String)> {
        let mut facts = Facts::new();
        facts.parts.extend(schema.as_object());
        let references = References::of(schema);
        let mut patterns = Patterns::default();
        let mut builder = Builder::new(&references, &mut patterns, Dice::new(Taste::Full, 0, 3), (1_000, 4));
        let mut all = Vec::new();
        let mut add = |keyword, value: Value| all.push((keyword, value.as_str().unwrap_or_default().to_owned()));
        ruin(&facts, text, &mut builder, &mut add);
        all
    }

    #[test]
    fn one_character_too_few_or_too_many() {
        let all = ruined(&json!({ "minLength": 2, "maxLength": 4 }), "abc");
        assert!(
            all.contains(&("minLength", "a".to_owned())) && all.contains(&("maxLength", "abccc".to_owned())),
            "{all:?}"
        );
    }

    #[test]
    fn a_text_that_is_too_long_keeps_its_pattern() {
        let all = ruined(&json!({ "maxLength": 4, "pattern": "^a[bc]+d$" }), "abcd");
        assert!(all.iter().any(|(_, text)| text.len() == 5 && text.starts_with('a') && text.ends_with('d')), "{all:?}");
        assert!(all.iter().any(|(keyword, text)| *keyword == "pattern" && text.len() == 4));
    }
}
