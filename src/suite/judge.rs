//! `yaml check` and `yaml watch` blocks to how they judge.

use serde_json::Value;

use super::{
    Body, Pattern, SessionKind, Step, Watch, WatchOn,
    arms::arms,
    block::{Facts, ScriptKeys, WatchKeys},
    decode::{Ref, decode_both},
    names::Names,
    section::{Block, Kind},
    seen,
    steps::Steps,
    suggest,
    tree::{Data, Fault, Node, Tree},
    yaml,
};
use crate::schema;

/// The tree of a block.
pub(super) fn tree(block: &Block<'_>, faults: &mut Vec<Fault>) -> Option<Tree> {
    yaml::read(&block.fence.text, block.fence.origin()).map_err(|fault| faults.push(fault)).ok()
}

/// What a block says of its session and of how it judges.
pub(super) type Judge = (SessionKind, Option<Value>, Body);

/// Reads a block. The facts and the rest are read apart, so that both tell their faults.
pub(super) fn judge(kind: Kind, node: Node<'_>, faults: &mut Vec<Fault>) -> (Option<Facts>, Option<Judge>) {
    if kind == Kind::Watch { watch(node, faults) } else { script(node, faults) }
}

fn script(node: Node<'_>, faults: &mut Vec<Fault>) -> (Option<Facts>, Option<Judge>) {
    let (facts, keys) = decode_both::<Facts, ScriptKeys>(node, "`yaml check`", faults);
    let judge = keys.and_then(|keys| {
        let client = keys.client.map(|client| client.of(node).to_value());
        let body = match (&keys.steps, keys.code) {
            (Some(steps), None) => Body::Script(steps_of(steps, keys.session, node, faults)),
            (None, Some(code)) => Body::Code(code),
            _ => {
                faults.push(node.fault("a check has `steps`, or the `code` that judges: one of the two"));
                return None;
            }
        };
        Some((keys.session, client, body))
    });
    (facts, judge)
}

fn steps_of(list: &[Ref], session: SessionKind, node: Node<'_>, faults: &mut Vec<Fault>) -> Vec<Step> {
    let mut steps = Steps { names: Names::new(session), faults: Vec::new(), expects: false };
    let read = steps.all(list, node);
    if !steps.expects && steps.faults.is_empty() {
        steps.faults.push(node.fault("nothing is expected: add an `expect` or an `alive` to the steps"));
    }
    faults.append(&mut steps.faults);
    read
}

fn watch(node: Node<'_>, faults: &mut Vec<Fault>) -> (Option<Facts>, Option<Judge>) {
    let (facts, keys) = decode_both::<Facts, WatchKeys>(node, "`yaml watch`", faults);
    let judge = keys.and_then(|keys| {
        let names = Names::new(SessionKind::Shared);
        let texts = node.entries().filter(|(key, _)| matches!(key.name.as_str(), "where" | "expect"));
        texts.for_each(|(_, value)| names.check_variables(value, faults));
        if let (WatchOn::Http, Some(only)) = (keys.on, keys.only) {
            seen::check_answer(only.of(node), faults);
        }
        let only = keys.only.map(|only| Pattern::decode(only.of(node)).map_err(|fault| faults.push(fault)).ok());
        if keys.expect.is_none() && keys.shapes.is_none() {
            faults.push(node.fault("a watch has `expect`, `shapes`, or both"));
            return None;
        }
        let shapes = keys.shapes.map(|shapes| shapes_of(shapes.of(node), faults)).unwrap_or_default();
        let expect = node.get("expect").unwrap_or(node);
        let arms = keys.expect.map(|list| arms(&list, expect, true, faults)).unwrap_or_default();
        Some((SessionKind::Shared, None, Body::Watch(Watch { on: keys.on, only: only.flatten(), shapes, arms })))
    });
    (facts, judge)
}

/// Names of the description of messages. One that no revision knows is a mistake of the suite.
fn shapes_of(node: Node<'_>, faults: &mut Vec<Fault>) -> Vec<String> {
    if node.text() == Some("all") {
        return schema::rules().iter().map(|rule| (*rule).to_owned()).collect();
    }
    if !matches!(node.data(), Data::List(items) if !items.is_empty()) {
        faults.push(node.fault("`shapes` is a list of types and formats of messages, `[Tool, uri]`, or `all`"));
    }
    let known = schema::rules();
    let mut shapes = Vec::new();
    for item in node.items() {
        let name = item.text().unwrap_or_default();
        if known.contains(&name) {
            shapes.push(name.to_owned());
        } else {
            let near = suggest::nearest(name, known).map(|near| format!("; did you mean `{near}`?"));
            let near = near.unwrap_or_else(|| "; `mcp-litmus schema message` shows them".to_owned());
            faults.push(item.fault(format!("messages have no type or format `{name}`{near}")));
        }
    }
    shapes
}
