//! Lists that are too short, too long, hold an item twice, or not what they have to.

use serde_json::{Value, json};

use crate::instances::{builder::Builder, demand::Demand, facts::Facts};

/// A list is not made longer than this to be too long.
const LONGEST: usize = 2_000;

pub(super) fn ruin<'s>(
    facts: &Facts<'s>,
    items: &[Value],
    builder: &mut Builder<'_, 's>,
    add: &mut impl FnMut(&'static str, Value),
) {
    let bounds = facts.lengths("minItems", "maxItems", LONGEST);
    if let Some((least, _)) = bounds.filter(|(least, _)| *least > 0 && *least <= items.len()) {
        add("minItems", json!(items.get(..least - 1)));
        add("minItems", json!(items.get(items.len() + 1 - least..)));
    }
    if let Some(most) = bounds.and_then(|(_, most)| most).filter(|most| *most < LONGEST) {
        for list in longer(facts, items, most + 1, builder) {
            add("maxItems", list);
        }
    }
    if facts.is_set("uniqueItems") {
        for list in twice(facts, items, builder) {
            add("uniqueItems", list);
        }
    }
    for wanted in facts.all("contains") {
        let mut without: Vec<Value> = Vec::new();
        for position in 0..items.len() {
            let mut goal = facts.item(position);
            goal.push(Demand::Not(wanted));
            without.extend(builder.build(&goal));
        }
        add("contains", json!(without));
        add("contains", json!([]));
        let most = facts.high("maxContains").map_or(LONGEST, crate::instances::facts::count);
        if let Some(item) = items.first().filter(|_| most < LONGEST) {
            add("contains", json!(vec![item; most + 1]));
        }
    }
    let extra = if facts.places() <= items.len() { Some(json!({ "litmus": 1 })) } else { None };
    if let Some(extra) = extra {
        add("items", json!([items, &[extra]].concat()));
    }
}

fn longer<'s>(facts: &Facts<'s>, items: &[Value], length: usize, builder: &mut Builder<'_, 's>) -> Vec<Value> {
    let mut different = items.to_vec();
    let mut tries = 0;
    while different.len() < length && tries < length + 40 {
        tries += 1;
        match builder.build(&facts.item(different.len())).filter(|item| !different.contains(item)) {
            Some(item) => different.push(item),
            None if tries > 60 && different.is_empty() => break,
            None => {}
        }
    }
    let mut repeated = items.to_vec();
    let last = items.last().cloned().unwrap_or(Value::Null);
    repeated.resize(length, last);
    vec![json!(different), json!(repeated)]
}

/// Lists with the first item a second time, in place of the last or behind it.
fn twice<'s>(facts: &Facts<'s>, items: &[Value], builder: &mut Builder<'_, 's>) -> Vec<Value> {
    let Some(first) = items.first().cloned().or_else(|| builder.build(&facts.item(0))) else {
        return Vec::new();
    };
    let start = items.get(..items.len().saturating_sub(1)).unwrap_or_default();
    let inside = [start, std::slice::from_ref(&first)].concat();
    let behind = [items, std::slice::from_ref(&first)].concat();
    vec![json!(inside), json!(behind), json!([first, first])]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instances::{
        dice::{Dice, Taste},
        pattern::Patterns,
        reference::References,
    };

    #[test]
    fn each_rule_of_a_list_is_broken() {
        let schema = json!({
            "minItems": 2, "maxItems": 3, "uniqueItems": true, "contains": { "const": 1 },
            "items": { "type": "integer", "minimum": 0 },
        });
        let mut facts = Facts::new();
        facts.parts.extend(schema.as_object());
        let references = References::of(&schema);
        let mut patterns = Patterns::default();
        let mut builder = Builder::new(&references, &mut patterns, Dice::new(Taste::Full, 1, 3), (5_000, 4));
        let mut all: Vec<(&str, Vec<Value>)> = Vec::new();
        let mut add = |keyword, value: Value| all.push((keyword, value.as_array().cloned().unwrap_or_default()));
        ruin(&facts, &[json!(1), json!(2)], &mut builder, &mut add);
        let has = |keyword: &str, wanted: &dyn Fn(&[Value]) -> bool| {
            assert!(all.iter().any(|(name, list)| *name == keyword && wanted(list)), "{keyword}: {all:?}");
        };
        has("minItems", &|list| list == [json!(1)]);
        has("maxItems", &|list| list.len() == 4 && list[3] != list[2]);
        has("uniqueItems", &|list| list == [json!(1), json!(1)]);
        has("contains", &|list| list.len() == 2 && !list.contains(&json!(1)));
    }
}
