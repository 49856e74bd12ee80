//! What is wrong with a schema.

use serde_json::Value;

use crate::{
    model::Severity,
    schema::{pointer::escaped, words::cut},
};

/// One thing that is wrong with a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The place in the schema, as a JSON pointer; empty for its root.
    pub pointer: String,
    /// How much the sentence behind it weighs.
    pub severity: Severity,
    /// What should be there, to be read after "expected ".
    pub expected: String,
    /// What is there.
    pub got: String,
}

/// How much of a value is shown.
const SHOWN: usize = 60;

/// A value on one line, cut when it is long.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Array(items) if items.len() > 4 => format!("a list of {} items", items.len()),
        Value::Object(members) if members.is_empty() => "{}".into(),
        Value::Object(members) => {
            let names: Vec<&str> = members.keys().take(4).map(String::as_str).collect();
            cut(&format!("an object with {}", names.join(", ")), SHOWN)
        }
        Value::Array(items) => cut(&format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(",")), SHOWN),
        Value::String(text) => format!("{:?}", cut(text, SHOWN)),
        value => value.to_string(),
    }
}

/// One step down from a value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'a> {
    Member(&'a str),
    Item(usize),
}

/// The steps as a JSON pointer.
pub(super) fn pointer(steps: &[Step]) -> String {
    steps.iter().fold(String::new(), |text, step| match step {
        Step::Member(name) => text + "/" + &escaped(name),
        Step::Item(index) => format!("{text}/{index}"),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_shown_is_short() {
        let long = "x".repeat(1000);
        for value in [json!(long), json!([[long], long]), json!({ "a": long }), json!(vec![long; 9])] {
            assert!(shown(&value).chars().count() < 100, "{}", shown(&value));
        }
        assert_eq!(shown(&json!(["a", null, 1])), "[\"a\",null,1]");
    }

    #[test]
    fn pointers_are_escaped() {
        assert_eq!(pointer(&[Step::Member("a/b~c"), Step::Item(3)]), "/a~1b~0c/3");
    }
}
