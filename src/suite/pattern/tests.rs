//! Short ways to write a pattern in a test, and what holds for every pattern.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::Pattern;
use crate::suite::{Scope, tree::Fault, yaml};

fn decode(text: &str) -> Result<Pattern, Fault> {
    let tree = yaml::read(text, yaml::Origin { line: 1, indent: 0 })?;
    Pattern::decode(tree.root())
}

pub(super) fn pattern(text: &str) -> Pattern {
    decode(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}"))
}

pub(super) fn fault(text: &str) -> String {
    decode(text).expect_err(text).message
}

pub(super) fn fits(text: &str, subject: &Value) -> bool {
    pattern(text).fit(subject, &Scope::new()).is_ok()
}

pub(super) fn mismatch(text: &str, subject: &Value) -> (String, String, String) {
    let mismatch = pattern(text).fit(subject, &Scope::new()).expect_err(text);
    (mismatch.place, mismatch.expected, mismatch.got)
}

/// JSON without braces in its texts, so that nothing looks like a variable.
fn any_json() -> impl Strategy<Value = Value> {
    let number = any::<f64>().prop_filter_map("finite", |float| serde_json::Number::from_f64(float).map(Value::from));
    let text = "[^{}\u{feff}]{0,12}";
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        number,
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, move |inner| {
        let members = prop::collection::vec((text, inner.clone()), 0..6);
        prop_oneof![
            prop::collection::vec(inner, 0..6).prop_map(Value::from),
            members.prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

proptest! {
    #[test]
    fn what_equals_itself_fits_itself(value in any_json()) {
        let text = json!({ "$eq": value }).to_string();
        let wanted = pattern(&text);
        prop_assert_eq!(wanted.fit(&value, &Scope::new()), Ok(()));
        prop_assert!(wanted.fit(&json!([value]), &Scope::new()).is_err());
    }

    #[test]
    fn no_pattern_and_no_subject_makes_a_panic(shape in any_json(), subject in any_json()) {
        if let Ok(pattern) = decode(&shape.to_string()) {
            let _ = pattern.describe();
            if let Err(mismatch) = pattern.fit(&subject, &Scope::new()) {
                prop_assert!(mismatch.got.chars().count() < 300 && mismatch.expected.chars().count() < 300);
            }
        }
    }
}
