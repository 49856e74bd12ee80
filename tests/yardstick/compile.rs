//! Reads a JSON Schema document into a plan.
//!
//! Where several schemas hold at once (an all-of, a conditional, a base with branches) they are merged here, so that
//! a value that fits all of them can be made at one go.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::{
    conditions, flavour,
    parts::{Parts, array, bounds, is_silent, kinds, last, members, place, take, target, texts, whole},
    plan::{Definition, Extras, Member, Node, Object, Place, Plan, Point},
};

/// Keywords that are heeded; any other is refused, lest a schema means more than what is made from it.
const UNDERSTOOD: [&str; 15] = [
    "type",
    "const",
    "enum",
    "format",
    "minimum",
    "maximum",
    "multipleOf",
    "items",
    "minItems",
    "maxItems",
    "properties",
    "required",
    "additionalProperties",
    "propertyNames",
    conditions::ABSENT,
];

/// Read the definitions of a document.
pub fn compile(document: &Value) -> Plan {
    let definitions = document[place(document)].as_object().expect("a document has definitions");
    let mut reader = Reader { definitions, plan: Plan::default(), known: HashMap::new() };
    for (number, name) in definitions.keys().enumerate() {
        reader.plan.numbers.insert(name.clone(), number);
    }
    for (name, schema) in definitions {
        let point = reader.point(Place::Definition(name.clone()));
        let node = reader.node(vec![(name.clone(), members(schema))]);
        reader.plan.definitions.push(Definition { point, node });
    }
    // A document that describes something itself is one more definition, without a name.
    if !definitions.is_empty() && !members(document).keys().all(|keyword| is_silent(keyword)) {
        let point = reader.point(Place::Definition(String::new()));
        let node = reader.node(vec![(title(document), members(document))]);
        reader.plan.numbers.insert(String::new(), reader.plan.definitions.len());
        reader.plan.definitions.push(Definition { point, node });
    }
    reader.plan
}

fn title(document: &Value) -> String {
    let title = document["title"].as_str().unwrap_or_default();
    title.split(',').next().unwrap_or_default().to_owned()
}

struct Reader<'a> {
    definitions: &'a Map<String, Value>,
    plan: Plan,
    known: HashMap<Place, Point>,
}

impl Reader<'_> {
    fn point(&mut self, place: Place) -> Point {
        self.plan.point(&mut self.known, place)
    }

    /// What fits all of the parts.
    fn node(&mut self, parts: Parts) -> Node {
        self.merged(parts, Vec::new())
    }

    /// What fits all of the parts, some definitions being merged into them already.
    fn merged(&mut self, mut parts: Parts, mut passes: Vec<Point>) -> Node {
        loop {
            parts.retain(|(_, schema)| !schema.keys().all(|keyword| is_silent(keyword)));
            if let [(_, schema)] = parts.as_slice()
                && passes.is_empty()
                && let Some(name) = target(schema)
                && schema.keys().all(|keyword| keyword == "$ref" || is_silent(keyword))
            {
                return Node::Definition(self.plan.numbers[name]);
            }
            if let Some(name) = take(&mut parts, "$ref", |_, reference| last(reference)) {
                passes.push(self.point(Place::Definition(name.clone())));
                parts.push((name.clone(), members(&self.definitions[&name])));
            } else if let Some((place, all)) = take(&mut parts, "allOf", |place, all| (place.to_owned(), array(all))) {
                parts.extend(all.iter().map(|part| (place.clone(), members(part))));
            } else {
                break;
            }
        }
        for choice in ["anyOf", "oneOf"] {
            if let Some((place, branches)) = take(&mut parts, choice, |place, all| (place.to_owned(), array(all))) {
                let branches = branches.iter().map(|branch| vec![(place.clone(), members(branch))]).collect();
                return self.branches(&place, &parts, branches, &passes);
            }
        }
        match conditions::take_cases(&mut parts) {
            Some((place, cases)) => self.branches(&place, &parts, cases, &passes),
            None => self.plain(&parts, &passes),
        }
    }

    /// The parts together with one of several others.
    fn branches(&mut self, place: &str, parts: &Parts, branches: Vec<Parts>, passes: &[Point]) -> Node {
        let mut nodes = Vec::new();
        for (number, branch) in branches.into_iter().enumerate() {
            let point = self.point(Place::Branch(format!("{place}|{number}")));
            let node = self.merged(parts.iter().cloned().chain(branch).collect(), passes.to_vec());
            if !matches!(node, Node::Nothing) {
                nodes.push((point, node));
            }
        }
        if nodes.is_empty() { Node::Nothing } else { Node::Branches(nodes) }
    }

    /// Parts without any composition left in them.
    fn plain(&mut self, parts: &Parts, passes: &[Point]) -> Node {
        for (place, schema) in parts {
            for keyword in schema.keys().filter(|keyword| !is_silent(keyword)) {
                assert!(UNDERSTOOD.contains(&keyword.as_str()), "`{keyword}` at {place} is not understood");
            }
        }
        if let Some(listed) = self.listed(parts) {
            return if listed.is_empty() { Node::Nothing } else { Node::Listed(listed) };
        }
        let Some(kinds) = kinds(parts) else {
            return Node::Any;
        };
        let mut nodes: Vec<Node> = kinds.iter().map(|kind| self.kind(kind, parts, passes)).collect();
        nodes.retain(|node| !matches!(node, Node::Nothing));
        match nodes.len() {
            0 => Node::Nothing,
            1 => nodes.swap_remove(0),
            _ => Node::Kinds(nodes),
        }
    }

    fn listed(&mut self, parts: &Parts) -> Option<Vec<(Point, Value)>> {
        let mut lists = parts.iter().filter_map(|(place, schema)| {
            let listed = schema.get("const").map(|value| vec![value.clone()]);
            Some((place, listed.or_else(|| schema.get("enum").map(array))?))
        });
        let (place, mut first) = lists.next()?;
        for (_, other) in lists {
            first.retain(|value| other.contains(value));
        }
        let place = place.clone();
        Some(first.into_iter().map(|value| (self.point(Place::Listed(format!("{place}={value}"))), value)).collect())
    }

    fn kind(&mut self, kind: &str, parts: &Parts, passes: &[Point]) -> Node {
        match kind {
            "null" => Node::Null,
            "boolean" => Node::Boolean,
            "number" | "integer" => Node::Number {
                whole: kind == "integer" || bounds(parts, "multipleOf").next().is_some(),
                least: bounds(parts, "minimum").reduce(f64::max),
                most: bounds(parts, "maximum").reduce(f64::min),
            },
            "string" => Node::Text(flavour::of(parts)),
            "array" => {
                let items = parts.iter().filter_map(|(place, schema)| Some((place, schema.get("items")?)));
                let items = items.map(|(place, items)| (format!("{place}[]"), members(items))).collect();
                let item = self.node(items);
                let least = bounds(parts, "minItems").reduce(f64::max).map_or(0, whole);
                let most = bounds(parts, "maxItems").reduce(f64::min).map_or(usize::MAX, whole);
                Node::Array { item: Box::new(item), least, most }
            }
            "object" => self.object(parts, passes),
            other => panic!("the type `{other}` is not understood"),
        }
    }

    fn object(&mut self, parts: &Parts, passes: &[Point]) -> Node {
        let mut named: Vec<(String, Parts)> = Vec::new();
        for (place, schema) in parts {
            for (name, member) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
                let part = (format!("{place}/{name}"), members(member));
                match named.iter_mut().find(|(other, _)| other == name) {
                    Some((_, parts)) => parts.push(part),
                    None => named.push((name.clone(), vec![part])),
                }
            }
        }
        let required: Vec<&str> = parts.iter().flat_map(|(_, schema)| texts(schema.get("required"))).collect();
        for name in &required {
            if !named.iter().any(|(other, _)| other == name) {
                named.push(((*name).to_owned(), Vec::new()));
            }
        }
        let mut object = Object { passes: passes.to_vec(), members: Vec::new(), extras: self.extras(parts) };
        let absent: Vec<&str> = parts.iter().flat_map(|(_, schema)| texts(schema.get(conditions::ABSENT))).collect();
        for (name, mut parts) in named {
            if absent.contains(&name.as_str()) {
                parts.push((String::new(), members(&json!({ "enum": [] }))));
            }
            let required = required.contains(&name.as_str());
            let place = parts.first().map(|(place, _)| place.clone());
            let node = flavour::keyword(&parts).unwrap_or_else(|| self.node(parts));
            if !matches!(node, Node::Nothing) {
                let point = place.map(|place| self.point(Place::Member(place)));
                object.members.push(Member { name, required, point, node });
            } else if required {
                return Node::Nothing;
            }
        }
        Node::Object(Box::new(object))
    }

    fn extras(&mut self, parts: &Parts) -> Extras {
        if flavour::is_meta(parts) {
            return Extras::Meta;
        }
        if flavour::is_schema(parts) {
            return Extras::Keywords;
        }
        let named = parts.iter().any(|(_, schema)| schema.get("properties").is_some_and(|named| *named != json!({})));
        let rules: Vec<_> =
            parts.iter().filter_map(|(p, schema)| Some((p, schema.get("additionalProperties")?))).collect();
        if rules.iter().any(|(_, rule)| **rule == Value::Bool(false)) {
            return Extras::None;
        }
        let rules: Parts = rules.iter().map(|(place, rule)| (format!("{place}/*"), members(rule))).collect();
        match self.node(rules.clone()) {
            Node::Any if named || rules.is_empty() => Extras::Strays,
            node if flavour::is_extensions(parts) => Extras::Extensions(node),
            node => Extras::Map(node),
        }
    }
}
