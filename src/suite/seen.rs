//! The names in patterns of what was seen over HTTP. One that is never there would make an arm that never fits.

use super::{
    suggest,
    tree::{Data, Fault, Node},
};

/// What there is of an exchange.
const HTTP: [&str; 14] = [
    "status",
    "reason",
    "version",
    "type",
    "headers",
    "text",
    "json",
    "events",
    "messages",
    "defects",
    "challenges",
    "ended",
    "why",
    "millis",
];
/// What there is of the request that a watch looks at.
const SENT: [&str; 8] = ["method", "path", "headers", "rpc", "kind", "id", "probe", "malformed"];
/// What there is of the request that an example server answers.
const ASKED: [&str; 4] = ["method", "path", "headers", "rpc"];

/// Checks the pattern of an answer, or of what a watch looks at.
pub(super) fn check_answer(node: Node<'_>, faults: &mut Vec<Fault>) {
    for pattern in alternatives(node) {
        for (member, owner, names) in [("http", "an answer over HTTP", &HTTP[..]), ("sent", "a request", &SENT)] {
            if let Some(found) = pattern.get(member) {
                check_members(found, owner, names, faults);
            }
        }
    }
}

/// Checks the pattern of a request that an example server answers.
pub(super) fn check_asked(node: Node<'_>, faults: &mut Vec<Fault>) {
    check_members(node, "a request", &ASKED, faults);
}

fn check_members(node: Node<'_>, owner: &str, names: &[&str], faults: &mut Vec<Fault>) {
    for pattern in alternatives(node) {
        for (key, value) in pattern.entries().filter(|(key, _)| !key.name.starts_with('$')) {
            if !names.contains(&key.name.as_str()) {
                let hint = suggest::hint(&key.name, names.iter().copied());
                faults.push(key.place.fault(format!("{owner} has no `{}`{hint}", key.name)));
            } else if key.name == "headers" {
                faults.extend(alternatives(value).into_iter().flat_map(misspelt));
            }
        }
    }
}

fn misspelt(node: Node<'_>) -> impl Iterator<Item = Fault> {
    let names = node.entries().map(|(key, _)| key).filter(|key| !key.name.starts_with('$'));
    names.filter(|key| key.name.contains(|c: char| c.is_ascii_uppercase())).map(|key| {
        let small = key.name.to_ascii_lowercase();
        key.place.fault(format!("names of headers are small in patterns: `{small}`"))
    })
}

/// The pattern, or what its operators are made of.
fn alternatives(node: Node<'_>) -> Vec<Node<'_>> {
    let mut found = vec![node];
    for (key, value) in node.entries() {
        match (key.name.as_str(), value.data()) {
            ("$any" | "$all", Data::List(_)) => found.extend(value.items().flat_map(alternatives)),
            ("$not", _) => found.extend(alternatives(value)),
            _ => {}
        }
    }
    found
}
