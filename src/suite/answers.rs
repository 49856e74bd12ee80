//! `http` of a `yaml server` block to answers.

use super::{
    Content, HeaderValue, HttpAnswer, Pattern, Payload,
    block::HttpAnswerKeys,
    decode::decode,
    headers::{has, headers},
    payload::coded,
    scope, seen,
    server::{each, refuse_variables},
    suggest,
    tree::{Data, Fault, Node},
};

/// What an answer can say.
const SAYINGS: [&str; 4] = ["status", "headers", "body", "events"];

/// Reads the answers.
pub(super) fn answers(node: Node<'_>, faults: &mut Vec<Fault>) -> Vec<HttpAnswer> {
    each(node, faults).into_iter().filter_map(|node| answer(node, faults)).collect()
}

fn answer(node: Node<'_>, faults: &mut Vec<Fault>) -> Option<HttpAnswer> {
    let before = faults.len();
    let keys: HttpAnswerKeys = decode(node, "an answer over HTTP", faults)?;
    if faults.len() > before {
        return None;
    }
    if !SAYINGS.iter().any(|key| node.get(key).is_some()) {
        faults.push(node.fault(format!("an answer over HTTP says something: {}", suggest::either(&SAYINGS))));
    }
    if keys.status.is_some_and(|status| !(100..=999).contains(&status)) {
        faults.push(node.get("status").unwrap_or(node).fault("a status has three digits"));
    }
    if let (Some(_), Some(events)) = (keys.body, keys.events.as_ref()) {
        faults.push(events.of(node).fault("`events` cannot stand beside `body`: they are one"));
    }
    let when = keys.when.and_then(|when| {
        let when = when.of(node);
        refuse_variables(when, faults);
        seen::check_asked(when, faults);
        Pattern::decode(when).map_err(|fault| faults.push(fault)).ok()
    });
    let mut headers = keys.headers.map(|map| read_headers(map.of(node), faults)).unwrap_or_default();
    let body = match (keys.body, keys.events) {
        (Some(body), _) => content(body.of(node), faults),
        (None, Some(list)) => Some(events(list.of(node), faults)),
        (None, None) => None,
    };
    let kind = body.as_ref().and_then(|body| media_type(body, keys.events.is_some()));
    if let Some(kind) = kind.filter(|_| !has(&headers, "content-type")) {
        headers.push(("Content-Type".to_owned(), HeaderValue::Values(vec![kind.to_owned()])));
    }
    Some(HttpAnswer { when, status: keys.status, headers, body })
}

fn read_headers(node: Node<'_>, faults: &mut Vec<Fault>) -> Vec<(String, HeaderValue)> {
    refuse_variables(node, faults);
    headers(node, faults)
}

fn media_type(body: &Content, is_stream: bool) -> Option<&'static str> {
    match body {
        Content::Bytes(_) => is_stream.then_some("text/event-stream"),
        Content::Json(_) => Some("application/json"),
    }
}

fn content(node: Node<'_>, faults: &mut Vec<Fault>) -> Option<Content> {
    if let Data::Text(text) = node.data() {
        refuse_all_but_id(node, faults);
        return Some(Content::Bytes(Payload::Text(text.clone())));
    }
    if let Some(coded) = coded(node) {
        return coded.map(Content::Bytes).map_err(|fault| faults.push(fault)).ok();
    }
    refuse_all_but_id(node, faults);
    Some(Content::Json(node.to_value()))
}

/// Events to a stream: each ends with an empty line.
fn events(node: Node<'_>, faults: &mut Vec<Fault>) -> Content {
    let texts: Vec<&str> = node.items().filter_map(Node::text).collect();
    if texts.is_empty() || texts.len() != node.items().count() {
        faults.push(node.fault("`events` is a list of texts, each the lines of one event: `[\"data: {}\"]`"));
    }
    refuse_all_but_id(node, faults);
    let ended = |event: &&str| format!("{}\n\n", event.trim_end_matches('\n'));
    Content::Bytes(Payload::Text(texts.iter().map(ended).collect()))
}

fn refuse_all_but_id(node: Node<'_>, faults: &mut Vec<Fault>) {
    let text = node.to_value().to_string();
    if let Some(path) = scope::paths(&text).find(|path| *path != "id") {
        faults
            .push(node.fault(format!("`{{{{{path}}}}}` cannot stand here: an example server knows `{{{{id}}}}` only")));
    }
}
