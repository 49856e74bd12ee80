//! Reads a JSON Schema document into a plan. It knows the keywords that the documents use, and refuses any other.
//!
//! Where several schemas hold at once (an all-of, a conditional, a base with branches) they are merged here, so that
//! a value that fits all of them can be made at one go.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::{
    flavour,
    plan::{Definition, Extras, Member, Node, Object, Place, Plan, Point},
};

/// Schemas that hold at the same time, each with the name of its place.
type Parts = Vec<(String, Map<String, Value>)>;

/// Keywords that say nothing about values.
const SILENT: [&str; 9] =
    ["description", "title", "default", "$schema", "$id", "$comment", "$defs", "definitions", "examples"];
const UNDERSTOOD: [&str; 20] = [
    "$ref",
    "allOf",
    "anyOf",
    "oneOf",
    "if",
    "then",
    "else",
    "not",
    "type",
    "const",
    "enum",
    "format",
    "minimum",
    "maximum",
    "items",
    "minItems",
    "maxItems",
    "properties",
    "required",
    "additionalProperties",
];

/// Read the definitions of a document.
pub fn compile(document: &Value) -> Plan {
    let definitions = document[crate::official::place(document)].as_object().expect("a document has definitions");
    let mut reader = Reader { definitions, plan: Plan::default(), known: HashMap::new() };
    for (number, name) in definitions.keys().enumerate() {
        reader.plan.numbers.insert(name.clone(), number);
    }
    for (name, schema) in definitions {
        let point = reader.point(Place::Definition(name.clone()));
        let node = reader.node(vec![(name.clone(), members(schema))]);
        reader.plan.definitions.push(Definition { point, node });
    }
    reader.plan
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
    fn node(&mut self, mut parts: Parts) -> Node {
        let mut passes = Vec::new();
        loop {
            parts.retain(|(_, schema)| schema.keys().any(|keyword| !SILENT.contains(&keyword.as_str())));
            if let [(_, schema)] = parts.as_slice()
                && passes.is_empty()
                && let Some(name) = target(schema)
                && schema.keys().all(|keyword| keyword == "$ref" || SILENT.contains(&keyword.as_str()))
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
                return self.branches(&place, &parts, branches);
            }
        }
        match take_cases(&mut parts) {
            Some((place, cases)) => self.branches(&place, &parts, cases),
            None => self.plain(&parts, passes),
        }
    }

    /// The parts together with one of several others.
    fn branches(&mut self, place: &str, parts: &Parts, branches: Vec<Parts>) -> Node {
        let mut nodes = Vec::new();
        for (number, branch) in branches.into_iter().enumerate() {
            let point = self.point(Place::Branch(format!("{place}|{number}")));
            let node = self.node(parts.iter().cloned().chain(branch).collect());
            if !matches!(node, Node::Nothing) {
                nodes.push((point, node));
            }
        }
        if nodes.is_empty() { Node::Nothing } else { Node::Branches(nodes) }
    }

    /// Parts without any composition left in them.
    fn plain(&mut self, parts: &Parts, passes: Vec<Point>) -> Node {
        for (place, schema) in parts {
            for keyword in schema.keys().filter(|keyword| !SILENT.contains(&keyword.as_str())) {
                assert!(UNDERSTOOD.contains(&keyword.as_str()), "`{keyword}` at {place} is not understood");
            }
        }
        if let Some(listed) = self.listed(parts) {
            return if listed.is_empty() { Node::Nothing } else { Node::Listed(listed) };
        }
        let Some(kinds) = kinds(parts) else {
            return Node::Any;
        };
        let mut nodes: Vec<Node> = kinds.iter().map(|kind| self.kind(kind, parts, &passes)).collect();
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
                whole: kind == "integer",
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
        for (name, parts) in named {
            let required = required.contains(&name.as_str());
            let point = parts.first().map(|(place, _)| self.point(Place::Member(place.clone())));
            let node = if flavour::is_subschemas(&parts) { flavour::subschemas(&parts) } else { self.node(parts) };
            match node {
                Node::Nothing if required => return Node::Nothing,
                Node::Nothing => {}
                node => object.members.push(Member { name, required, point, node }),
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
            node => Extras::Map(node),
        }
    }
}

/// Take a keyword out of the first part that has it.
fn take<T>(parts: &mut Parts, keyword: &str, read: impl Fn(&str, &Value) -> T) -> Option<T> {
    let (place, schema) = parts.iter_mut().find(|(_, schema)| schema.contains_key(keyword))?;
    let value = schema.shift_remove(keyword)?;
    Some(read(place, &value))
}

/// Take out the conditionals that ask for the same member as the first one: what holds in each case. A value is in
/// one of the cases, since they ask for different values of the member; the last resort is the first one's `else`.
fn take_cases(parts: &mut Parts) -> Option<(String, Vec<Parts>)> {
    let asked = |schema: &Map<String, Value>| schema.get("if").map(|condition| condition["required"].clone());
    let (place, subject) = parts.iter().find_map(|(place, schema)| Some((place.clone(), asked(schema)?)))?;
    let mut cases = Vec::new();
    for (place, schema) in parts.iter_mut().filter(|(_, schema)| asked(schema).as_ref() == Some(&subject)) {
        let mut case = |keyword: &str| schema.shift_remove(keyword);
        let (condition, then, otherwise) = (case("if"), case("then"), case("else"));
        let holds = condition.into_iter().chain(then).map(|part| (place.clone(), members(&part)));
        cases.push(holds.collect());
        if let Some(otherwise) = otherwise {
            cases.push(vec![(place.clone(), members(&otherwise))]);
        }
    }
    Some((place, cases))
}

/// The types that all parts allow; `None` when no part names any.
fn kinds(parts: &Parts) -> Option<Vec<String>> {
    let named = parts.iter().filter_map(|(_, schema)| match schema.get("type") {
        Some(Value::String(kind)) => Some(vec![kind.clone()]),
        Some(kinds) => Some(texts(Some(kinds)).map(str::to_owned).collect()),
        None if schema.contains_key("properties") => Some(vec!["object".to_owned()]),
        None => None,
    });
    named.reduce(|some, others| {
        let shared =
            |kind: &String| others.contains(kind) || (kind == "integer" && others.iter().any(|k| k == "number"));
        let narrower = others.iter().filter(|kind| *kind == "integer" && some.iter().any(|kind| kind == "number"));
        some.iter().filter(|kind| shared(kind)).chain(narrower).cloned().collect()
    })
}

fn bounds(parts: &Parts, keyword: &str) -> impl Iterator<Item = f64> {
    parts.iter().filter_map(move |(_, schema)| schema.get(keyword)?.as_f64())
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts in a schema are small")]
fn whole(bound: f64) -> usize {
    bound as usize
}

/// The keywords of a schema; `true` has none.
fn members(schema: &Value) -> Map<String, Value> {
    schema.as_object().cloned().unwrap_or_default()
}

fn array(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

fn texts(value: Option<&Value>) -> impl Iterator<Item = &str> {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

fn target(schema: &Map<String, Value>) -> Option<&str> {
    schema.get("$ref")?.as_str()?.rsplit('/').next()
}

fn last(reference: &Value) -> String {
    reference.as_str().and_then(|reference| reference.rsplit('/').next()).unwrap_or_default().to_owned()
}
