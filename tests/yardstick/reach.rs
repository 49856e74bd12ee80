//! Which points of a plan a value of a definition can reach at all.

use std::collections::BTreeSet;

use crate::plan::{Extras, Node, Plan, Point};

/// The points that values of these definitions can reach.
pub fn reachable<'a>(plan: &Plan, definitions: impl IntoIterator<Item = &'a str>) -> BTreeSet<Point> {
    let mut walk = Walk { plan, points: BTreeSet::new() };
    for name in definitions {
        walk.definition(plan.numbers[name]);
    }
    walk.points
}

struct Walk<'a> {
    plan: &'a Plan,
    points: BTreeSet<Point>,
}

impl Walk<'_> {
    fn definition(&mut self, number: usize) {
        let definition = &self.plan.definitions[number];
        if self.points.insert(definition.point) {
            self.node(&definition.node);
        }
    }

    fn node(&mut self, node: &Node) {
        match node {
            Node::Definition(number) => self.definition(*number),
            Node::Listed(listed) => self.points.extend(listed.iter().map(|(point, _)| *point)),
            Node::Branches(branches) => {
                for (point, node) in branches {
                    self.points.insert(*point);
                    self.node(node);
                }
            }
            Node::Kinds(kinds) => kinds.iter().for_each(|node| self.node(node)),
            Node::Array { item, .. } => self.node(item),
            Node::Object(object) => {
                self.points.extend(&object.passes);
                for member in &object.members {
                    self.points.extend(member.point);
                    self.node(&member.node);
                }
                if let Extras::Map(node) | Extras::Extensions(node) = &object.extras {
                    self.node(node);
                }
            }
            _ => {}
        }
    }
}
