//! `yaml server` blocks to example servers.

use super::{
    Alternative, ExampleServer, Pattern, Say,
    answers::answers,
    block::SayKeys,
    decode::decode,
    example::UNPARSABLE,
    scope, suggest,
    tree::{Data, Fault, Node},
};

/// What an alternative can say, in the order of the documentation.
const SAYINGS: [&str; 6] = ["result", "error", "silence", "merge", "lines", "exit"];

/// Reads a block.
pub(super) fn server(node: Node<'_>, faults: &mut Vec<Fault>) -> ExampleServer {
    let mut server = ExampleServer::default();
    if !matches!(node.data(), Data::Map(_) | Data::Null) {
        faults.push(node.fault(format!("a server is a map of methods, not {}", node.words())));
    }
    for (key, value) in node.entries() {
        match key.name.as_str() {
            "faults" => server.faults = fault_names(value, faults),
            "http" => server.http = answers(value, faults),
            "token" => server.token = token(value, faults),
            method => server.rules.push((method.to_owned(), alternatives(method, value, faults))),
        }
    }
    server
}

fn token(node: Node<'_>, faults: &mut Vec<Fault>) -> Option<String> {
    let token = node.text().filter(|text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic()));
    if token.is_none() {
        faults.push(node.fault("`token` is a text that a header can hold"));
    }
    token.map(str::to_owned)
}

fn fault_names(node: Node<'_>, faults: &mut Vec<Fault>) -> Vec<String> {
    let names: Vec<String> = node.items().filter_map(|item| item.text().map(str::to_owned)).collect();
    if names.is_empty() || names.len() != node.items().count() {
        faults.push(node.fault("`faults` is a list of names: `mcp-litmus demo --list-faults` prints them"));
    }
    names
}

/// The alternatives of a list, or the only one.
pub(super) fn each<'t>(node: Node<'t>, faults: &mut Vec<Fault>) -> Vec<Node<'t>> {
    let nodes: Vec<Node<'_>> = if let Data::List(_) = node.data() { node.items().collect() } else { vec![node] };
    if nodes.is_empty() {
        faults.push(node.fault("there is no alternative here"));
    }
    nodes
}

fn alternatives(method: &str, node: Node<'_>, faults: &mut Vec<Fault>) -> Vec<Alternative> {
    each(node, faults).into_iter().filter_map(|node| alternative(method, node, faults)).collect()
}

fn alternative(method: &str, node: Node<'_>, faults: &mut Vec<Fault>) -> Option<Alternative> {
    let before = faults.len();
    let keys: SayKeys = decode(node, "an answer", faults)?;
    if faults.len() > before {
        return None;
    }
    let when = match keys.when.map(|when| when.of(node)) {
        None => None,
        Some(when) if method == UNPARSABLE => {
            faults.push(when.fault("a line that is no JSON cannot fit a pattern: leave `when` out"));
            None
        }
        Some(when) => {
            refuse_variables(when, faults);
            Some(Pattern::decode(when).map_err(|fault| faults.push(fault)).ok()?)
        }
    };
    if keys.exact.is_some() && keys.result.is_none() {
        faults.push(node.fault("`exact` stands beside `result`"));
    }
    let say = say(&keys, node).map_err(|fault| faults.push(fault)).ok()?;
    Some(Alternative { when, say })
}

fn say(keys: &SayKeys, node: Node<'_>) -> Result<Say, Fault> {
    let value = |given: Option<super::decode::Ref>| given.map(|given| given.of(node).to_value());
    let result = value(keys.result).map(|value| Say::Result { value, exact: keys.exact.unwrap_or(false) });
    let silence = keys.silence.map(|_| Say::Silence);
    let lines = keys.lines.clone().map(Say::Lines);
    let all = [
        result,
        value(keys.error).map(Say::Error),
        silence,
        value(keys.merge).map(Say::Merge),
        lines,
        keys.exit.map(Say::Exit),
    ];
    let mut given = all.into_iter().flatten();
    match (given.next(), given.next()) {
        (Some(say), None) if keys.silence != Some(false) => Ok(say),
        _ => Err(node.fault(format!("an answer has one of {}", suggest::either(&SAYINGS)))),
    }
}

/// Refuses variables where nothing would put them in.
pub(super) fn refuse_variables(node: Node<'_>, faults: &mut Vec<Fault>) {
    let text = node.to_value().to_string();
    if let Some(path) = scope::paths(&text).next() {
        faults.push(node.fault(format!("`{{{{{path}}}}}` cannot stand here: an example server has no variables")));
    }
}
