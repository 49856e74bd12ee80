//! Whether a validator would be done with a value before long: schemas whose branches multiply are left alone.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::reference::References;

/// A validator may look at so many schemas for one value.
const MOST: u64 = 200_000;
/// References and branches are followed this far.
const DEEPEST: usize = 300;

/// Keywords with a schema for the value itself, alone or in a list or by name.
const SAME: [&str; 12] = [
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "dependentSchemas",
    "dependencies",
    "propertyNames",
    "contains",
    "unevaluatedItems",
];

/// What is known of the effort that a schema takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effort {
    /// Every value is judged soon.
    Small,
    /// It depends on the value.
    Open,
}

impl Effort {
    /// Weighs a whole schema.
    pub(super) fn of(references: &References<'_>) -> Self {
        let weight = Weigher { references, known: HashMap::new() }.weigh(references.root(), 0);
        if weight.is_some_and(|weight| weight <= MOST / 100) { Self::Small } else { Self::Open }
    }

    /// Whether a value is judged soon.
    pub(super) fn allows(self, references: &References<'_>, value: &Value) -> bool {
        self == Self::Small || visit(references, references.root(), value, 0, &mut MOST.clone()).is_some()
    }
}

struct Weigher<'a, 's> {
    references: &'a References<'s>,
    /// `None` as long as it is being weighed: who meets it then is in a circle.
    known: HashMap<*const Value, Option<u64>>,
}

impl<'s> Weigher<'_, 's> {
    fn weigh(&mut self, schema: &'s Value, depth: usize) -> Option<u64> {
        let Value::Object(members) = schema else {
            return Some(1);
        };
        if depth > DEEPEST {
            return None;
        }
        let key = std::ptr::from_ref(schema);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        self.known.insert(key, None);
        let mut weight = 1_u64;
        for target in self.references.targets(members).collect::<Vec<_>>() {
            weight = weight.saturating_add(target.map_or(Some(0), |target| self.weigh(target, depth + 1))?);
        }
        for (keyword, value) in members {
            let named =
                matches!(keyword.as_str(), "properties" | "patternProperties" | "dependentSchemas" | "dependencies");
            let nested = SAME.contains(&keyword.as_str())
                || matches!(
                    keyword.as_str(),
                    "items" | "prefixItems" | "additionalItems" | "additionalProperties" | "unevaluatedProperties"
                );
            for schema in schemas(value, named).filter(|_| named || nested) {
                weight = weight.saturating_add(self.weigh(schema, depth + 1)?);
            }
        }
        self.known.insert(key, Some(weight));
        Some(weight)
    }
}

fn schemas(value: &Value, named: bool) -> Box<dyn Iterator<Item = &Value> + '_> {
    match value {
        Value::Array(list) => Box::new(list.iter()),
        Value::Object(members) if named => Box::new(members.values()),
        value => Box::new(std::iter::once(value)),
    }
}

/// Goes wherever a validator could go. `None` when that is too far.
fn visit<'s>(
    references: &References<'s>,
    schema: &'s Value,
    value: &Value,
    depth: usize,
    fuel: &mut u64,
) -> Option<()> {
    *fuel = fuel.checked_sub(1)?;
    let Value::Object(members) = schema else {
        return Some(());
    };
    if depth > DEEPEST {
        return None;
    }
    for target in references.targets(members).flatten() {
        visit(references, target, value, depth + 1, fuel)?;
    }
    for (keyword, inner) in members.iter().filter(|(keyword, _)| SAME.contains(&keyword.as_str())) {
        let named = matches!(keyword.as_str(), "dependentSchemas" | "dependencies");
        for schema in schemas(inner, named).filter(|schema| schema.is_object()) {
            visit(references, schema, value, depth + 1, fuel)?;
        }
    }
    match value {
        Value::Object(object) => {
            object.iter().try_for_each(|(name, value)| inside(references, members, name, value, depth, fuel))
        }
        Value::Array(list) => {
            let keywords = ["items", "prefixItems", "additionalItems", "contains", "unevaluatedItems"];
            let found: Vec<&Value> =
                keywords.iter().filter_map(|key| members.get(*key)).flat_map(|inner| schemas(inner, false)).collect();
            let mut pairs = list.iter().flat_map(|item| found.iter().map(move |schema| (*schema, item)));
            pairs.try_for_each(|(schema, item)| visit(references, schema, item, depth + 1, fuel))
        }
        _ => Some(()),
    }
}

fn inside<'s>(
    references: &References<'s>,
    members: &'s Map<String, Value>,
    name: &str,
    value: &Value,
    depth: usize,
    fuel: &mut u64,
) -> Option<()> {
    let own = members.get("properties").and_then(|properties| properties.get(name));
    let by_pattern =
        members.get("patternProperties").and_then(Value::as_object).into_iter().flatten().map(|(_, found)| found);
    let rest = ["additionalProperties", "unevaluatedProperties"].into_iter().filter_map(|key| members.get(key));
    for schema in own.into_iter().chain(by_pattern).chain(rest) {
        visit(references, schema, value, depth + 1, fuel)?;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A schema whose branches double at each step.
    fn doubling(steps: usize, inside: bool) -> Value {
        let mut all = Map::new();
        for step in 0..steps {
            let next = json!({ "$ref": format!("#/$defs/a{}", step + 1) });
            let twice = json!({ "anyOf": [next, next] });
            all.insert(format!("a{step}"), if inside { json!({ "properties": { "x": twice } }) } else { twice });
        }
        all.insert(format!("a{steps}"), json!({ "type": "string" }));
        json!({ "$ref": "#/$defs/a0", "$defs": all })
    }

    fn allows(schema: &Value, value: &Value) -> bool {
        let references = References::of(schema);
        Effort::of(&references).allows(&references, value)
    }

    #[test]
    fn what_multiplies_is_left_alone() {
        assert!(allows(&doubling(8, false), &json!(1)) && !allows(&doubling(60, false), &json!(1)));
        let nested = |depth: usize| (0..depth).fold(json!(1), |inner, _| json!({ "x": inner }));
        assert!(allows(&doubling(60, true), &nested(5)) && !allows(&doubling(60, true), &nested(40)));
    }

    #[test]
    fn circles_are_seen_and_recursion_is_none() {
        let circle = json!({ "$ref": "#/$defs/a", "$defs": { "a": { "$ref": "#/$defs/a" } } });
        assert!(!allows(&circle, &json!(1)));
        let tree = json!({ "properties": { "left": { "$ref": "#" }, "right": { "$ref": "#" } } });
        assert_eq!(Effort::of(&References::of(&tree)), Effort::Open);
        assert!(allows(&tree, &json!({ "left": { "right": {} } })));
    }

    #[test]
    fn an_ordinary_schema_is_small() {
        let schema = json!({ "properties": { "a": { "anyOf": [{ "type": "string" }, { "type": "null" }] } } });
        assert_eq!(Effort::of(&References::of(&schema)), Effort::Small);
    }
}
