//! Makes values from a plan: valid ones, small ones, and all of them together reach every point of the plan.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use crate::{
    plan::{Extras, Member, Node, Object, Plan, Point},
    values,
};

/// Below this depth only what is required is made. The last branch of an any-of is the one that does not nest.
const DEPTH: usize = 12;

/// What was reached less often than this is preferred.
const RARE: u32 = 16;

/// A maker of values, the same ones for the same seed.
pub struct Generator<'a> {
    plan: &'a Plan,
    /// The source of every choice.
    pub rng: Rng,
    /// How often each point was reached.
    pub reached: Vec<u32>,
}

impl<'a> Generator<'a> {
    /// A maker that has made nothing yet.
    pub fn new(plan: &'a Plan, seed: u64) -> Self {
        Self { plan, rng: Rng::with_seed(seed), reached: vec![0; plan.points.len()] }
    }

    /// A value of a definition.
    pub fn value(&mut self, definition: &str) -> Value {
        self.definition(self.plan.numbers[definition], 0)
    }

    fn definition(&mut self, number: usize, depth: usize) -> Value {
        let definition = &self.plan.definitions[number];
        self.reached[definition.point] += 1;
        self.node(&definition.node, depth)
    }

    fn node(&mut self, node: &Node, depth: usize) -> Value {
        match node {
            Node::Any | Node::Nothing => values::anything(&mut self.rng, 3_usize.saturating_sub(depth / 3)),
            Node::Listed(listed) => {
                let (point, value) = &listed[self.choice(listed)];
                self.reached[*point] += 1;
                value.clone()
            }
            Node::Branches(branches) => {
                let number = if depth > DEPTH { branches.len() - 1 } else { self.choice(branches) };
                let (point, node) = &branches[number];
                self.reached[*point] += 1;
                self.node(node, depth)
            }
            Node::Kinds(kinds) => {
                let node = &kinds[self.rng.usize(..kinds.len())];
                self.node(node, depth)
            }
            Node::Definition(number) => self.definition(*number, depth),
            Node::Null => Value::Null,
            Node::Boolean => json!(self.rng.bool()),
            Node::Number { whole, least, most } => values::number(&mut self.rng, *whole, *least, *most),
            Node::Text(flavour) => Value::String(values::text(&mut self.rng, *flavour)),
            Node::Array { item, least, most } => {
                let count = self.count(depth).clamp(*least, *most);
                (0..count).map(|_| self.node(item, depth + 1)).collect()
            }
            Node::Object(object) => self.object(object, depth),
            Node::Names => values::names(&mut self.rng),
            Node::Subschema => values::subschema(&mut self.rng, 2),
        }
    }

    /// Any of several ways, or the one that was taken the least.
    fn choice<T>(&mut self, ways: &[(Point, T)]) -> usize {
        if self.rng.bool() {
            return self.rng.usize(..ways.len());
        }
        let least = ways.iter().enumerate().min_by_key(|(_, (point, _))| self.reached[*point]);
        least.map_or(0, |(number, _)| number)
    }

    fn object(&mut self, object: &Object, depth: usize) -> Value {
        for point in &object.passes {
            self.reached[*point] += 1;
        }
        let mut made = Map::new();
        for member in &object.members {
            if member.required || self.wants(member, depth) {
                self.member(member, &mut made, depth);
            }
        }
        self.extras(object, &mut made, depth);
        Value::Object(made)
    }

    fn member(&mut self, member: &Member, made: &mut Map<String, Value>, depth: usize) {
        if let Some(point) = member.point {
            self.reached[point] += 1;
        }
        made.insert(member.name.clone(), self.node(&member.node, depth + 1));
    }

    fn extras(&mut self, object: &Object, made: &mut Map<String, Value>, depth: usize) {
        match &object.extras {
            Extras::None => {}
            Extras::Strays if self.rng.usize(..16) > 0 => {}
            Extras::Strays => {
                let name = values::stray(&mut self.rng);
                made.insert(name, values::anything(&mut self.rng, 1));
            }
            Extras::Map(node) => {
                for _ in 0..self.count(depth) {
                    made.insert(values::word(&mut self.rng), self.node(node, depth + 1));
                }
            }
            Extras::Extensions(node) => {
                for _ in 0..self.count(depth) {
                    made.insert(values::extension(&mut self.rng), self.node(node, depth + 1));
                }
            }
            Extras::Meta => {
                for _ in 0..self.count(depth + 2) {
                    made.insert(values::meta_key(&mut self.rng), values::anything(&mut self.rng, 1));
                }
            }
            Extras::Keywords => values::keywords(&mut self.rng, made),
        }
    }

    /// Whether a member that may be absent is there: often one that hardly ever was.
    fn wants(&mut self, member: &Member, depth: usize) -> bool {
        let is_rare = member.point.is_some_and(|point| self.reached[point] < RARE);
        depth < DEPTH && self.rng.usize(..10) < if is_rare { 8 } else { 5_usize.saturating_sub(depth / 2) }
    }

    fn count(&mut self, depth: usize) -> usize {
        let most = if depth < DEPTH { 3_usize.saturating_sub(depth / 4) } else { 0 };
        self.rng.usize(..=most)
    }
}
