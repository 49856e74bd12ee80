//! Conditionals of a JSON Schema as branches: a value is made for one of the cases, and then meets what the case asks.

use serde_json::{Map, Value, json};

use crate::parts::{Parts, members, take};

/// Not a keyword of JSON Schema: members that a value does not have.
pub const ABSENT: &str = "x-absent";

/// Take out the first conditional, and those beside it that ask about the same member: what holds in each case.
///
/// Conditionals without an `else` ask for one value of a tag each, and one of them holds.
pub fn take_cases(parts: &mut Parts) -> Option<(String, Vec<Parts>)> {
    let (place, first) = parts.iter().find_map(|(place, schema)| Some((place.clone(), schema.get("if")?.clone())))?;
    let mut cases = Vec::new();
    while let Some(at) =
        parts.iter().position(|(_, schema)| schema.get("if").is_some_and(|other| asks_alike(&first, other)))
    {
        let mut part = vec![parts.remove(at)];
        let mut keyword = |name: &str| take(&mut part, name, |_, schema| members(schema));
        let (condition, then, otherwise) = (keyword("if"), keyword("then"), keyword("else"));
        let holds = condition.iter().cloned().chain(then).map(|schema| (place.clone(), schema));
        cases.push(holds.collect());
        if let Some(otherwise) = otherwise {
            let without = absent(condition.as_ref());
            cases.push(vec![(place.clone(), otherwise), (place.clone(), without)]);
        }
        // What stands beside the conditional holds in every case.
        parts.extend(part);
    }
    Some((place, cases))
}

fn asks_alike(one: &Value, other: &Value) -> bool {
    let asked = |condition: &Value| -> Vec<String> { members(&condition["properties"]).keys().cloned().collect() };
    one == other || (!asked(one).is_empty() && asked(one) == asked(other))
}

/// What follows when a condition does not hold, as far as it only asks whether members are there.
fn absent(condition: Option<&Map<String, Value>>) -> Map<String, Value> {
    let asks_more = condition.is_some_and(|condition| condition.contains_key("properties"));
    match condition.and_then(|condition| condition.get("required")) {
        Some(required) if !asks_more => members(&json!({ ABSENT: required })),
        _ => Map::new(),
    }
}
