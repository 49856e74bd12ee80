//! Another kind of value, and a value that is not listed.

use serde_json::{Value, json};

use crate::instances::{facts::Facts, kinds::Kinds};

pub(super) fn ruin(facts: &Facts<'_>, value: &Value, add: &mut impl FnMut(&'static str, Value)) {
    if facts.all("type").next().is_some() {
        let others = [json!(null), json!("litmus"), json!(1.5), json!(7), json!(true), json!([]), json!({})];
        let named = facts.all("type").map(Kinds::named).fold(Kinds::ALL, Kinds::and);
        for other in others.into_iter().filter(|other| !named.holds(Kinds::of(other))) {
            add("type", other);
        }
    }
    for keyword in ["enum", "const"] {
        if facts.all(keyword).next().is_some() {
            for other in unlisted(value) {
                add(keyword, other);
            }
        }
    }
}

/// Values like this one that nobody has listed.
fn unlisted(value: &Value) -> Vec<Value> {
    match value {
        Value::String(text) => vec![json!(format!("{text}-litmus")), json!(""), json!(text.to_uppercase())],
        Value::Number(number) => {
            let near = number.as_i64().map(|number| json!(number.wrapping_add(7_919)));
            near.into_iter().chain([json!(-7_919)]).collect()
        }
        Value::Bool(is) => vec![json!(!is)],
        Value::Null => vec![json!("litmus")],
        Value::Array(items) => vec![json!([items, "litmus"])],
        Value::Object(_) => vec![json!({ "litmus": 7_919 })],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ruined(schema: &Value, value: &Value) -> Vec<(&'static str, Value)> {
        let mut facts = Facts::new();
        facts.parts.extend(schema.as_object());
        let mut all = Vec::new();
        ruin(&facts, value, &mut |keyword, value| all.push((keyword, value)));
        all
    }

    #[test]
    fn every_other_kind_is_wrong() {
        let kinds = ruined(&json!({ "type": ["number", "null"] }), &json!(1));
        assert_eq!(
            kinds.iter().map(|(_, value)| value.clone()).collect::<Vec<_>>(),
            [json!("litmus"), json!(true), json!([]), json!({})]
        );
    }

    #[test]
    fn what_is_not_listed_is_like_what_is() {
        assert!(ruined(&json!({ "enum": ["a"] }), &json!("a")).contains(&("enum", json!("a-litmus"))));
        assert_eq!(ruined(&json!({ "const": true }), &json!(true)), [("const", json!(false))]);
        assert_eq!(ruined(&json!({}), &json!(true)), []);
    }
}
