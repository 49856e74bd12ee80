//! Crashes of a tool: values that its author did not think of.

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use serde_json::Value;

use super::{
    Bug,
    act::Act,
    arrival::{Arrival, any, any_text},
    tools,
};
use crate::demo::level::Level;

/// From here on, doubles leave whole numbers out.
const SAFE: f64 = 9_007_199_254_740_992.0;
const STRINGS: [(&str, &str); 3] = [("echo", "text"), ("fail", "message"), ("sample", "prompt")];
const COUNTS: [(&str, &str); 2] = [("progress", "steps"), ("slow", "ms")];
const TWINS: [(&str, &str); 4] = [("e\u{301}", "é"), ("a\u{308}", "ä"), ("n\u{303}", "ñ"), ("A\u{30A}", "Å")];

/// A line arrives.
pub fn hear(bug: Bug, arrival: &Arrival) -> Act {
    let arguments = arrival.param("arguments");
    let given = |(tool, name): &(&str, &str)| arrival.argument(tool, name);
    match bug {
        Bug::HugeInteger => Act::panics_if(any(arguments, &|_, value| is_beyond(value))),
        Bug::BooleanForString => Act::dies_if(STRINGS.iter().filter_map(given).any(Value::is_boolean)),
        Bug::ExtraArgument => {
            let echo = arrival.call_of("echo").and_then(Value::as_object);
            Act::dies_if(echo.is_some_and(|echo| echo.keys().any(|name| name != "text")))
        }
        Bug::NegativeNumber => {
            Act::panics_if(COUNTS.iter().filter_map(given).any(|count| count.as_f64().is_some_and(|count| count < 0.0)))
        }
        Bug::CombiningMark => {
            Act::panics_if(any_text(arguments, &|text| text.contains(|c| ('\u{300}'..='\u{36F}').contains(&c))))
        }
        Bug::NormalisedTwins => Act::panics_if(any(arguments, &|_, value| has_twins(value))),
        Bug::UnknownLevel => Act::panics_if(is_unknown_level(arrival)),
        Bug::Base64Cursor => Act::panics_if(arrival.param("cursor").as_str().is_some_and(is_foreign_base64)),
        Bug::EmptyEnum | Bug::LongArray | Bug::ImpossibleDate => tools::values(bug, arrival),
        _ => Act::Go,
    }
}

fn is_beyond(value: &Value) -> bool {
    value.as_f64().is_some_and(|number| number.abs() >= SAFE && number.fract() == 0.0)
}

fn has_twins(value: &Value) -> bool {
    let Some(members) = value.as_object() else { return false };
    let composed = |key: &str| TWINS.iter().fold(key.to_owned(), |key, (apart, one)| key.replace(apart, one));
    members.keys().any(|key| composed(key) != *key && members.contains_key(&composed(key)))
}

fn is_unknown_level(arrival: &Arrival) -> bool {
    arrival.method() == "logging/setLevel"
        && arrival.param("level").is_string()
        && Level::read(Some(arrival.param("level"))).is_err()
}

/// Whether a cursor can be read, but names no place in a list.
fn is_foreign_base64(cursor: &str) -> bool {
    let bytes = STANDARD_NO_PAD.decode(cursor.trim_end_matches('='));
    bytes.is_ok_and(|bytes| !bytes.is_empty() && !bytes.contains(&b':'))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn twins_are_two_spellings_of_one_key() {
        assert!(has_twins(&json!({ "caf\u{e9}": 1, "cafe\u{301}": 2 })));
        assert!(!has_twins(&json!({ "caf\u{e9}": 1, "cafe": 2 })));
    }

    #[test]
    fn cursors_are_foreign_when_they_can_be_read_and_name_no_place() {
        assert!(is_foreign_base64("AAAA") && is_foreign_base64("Zm9v") && is_foreign_base64("Zg=="));
        assert!(!is_foreign_base64("") && !is_foreign_base64("dG9vbHM6NQ") && !is_foreign_base64("no such cursor!"));
    }
}
