//! `http` and `hang-up` steps. Refuses keys that mean nothing together.

use super::{
    Action, Http, HttpBody,
    headers::headers,
    payload::payload,
    steps::Steps,
    suggest,
    tree::{Data, Fault, Node},
    values,
    verb::{HangUpKeys, HttpKeys},
};

/// What a message can hold.
const MEMBERS: [&str; 6] = ["jsonrpc", "id", "method", "params", "result", "error"];

impl Steps {
    pub(super) fn http(&mut self, node: Node<'_>) -> Option<Action> {
        let keys: Option<HttpKeys> = self.keys(node, "`http`");
        self.label(node, node.get("as").and_then(Node::text));
        let keys = keys?;
        let meta = self.keep(values::meta(keys.meta.map(|meta| meta.of(node))))?;
        self.faults.extend(wrong_address(&keys, node));
        self.faults.extend(wrong_company(node));
        let (notification, malformed) = (keys.notification.unwrap_or(false), keys.malformed.unwrap_or(false));
        if let Some(message) = keys.message {
            self.faults.extend(wrong_message(message.of(node), notification, malformed));
        }
        let body = match (keys.message, keys.body) {
            (Some(message), _) => HttpBody::Message(message.of(node).to_value()),
            (None, Some(body)) => HttpBody::Bytes(self.keep(payload(body.of(node), "body"))?),
            (None, None) => HttpBody::Nothing,
        };
        Some(Action::Http(Http {
            method: keys.http,
            path: keys.path,
            headers: keys.headers.map(|map| headers(map.of(node), &mut self.faults)).unwrap_or_default(),
            body,
            notification,
            meta,
            malformed,
            cut: keys.cut,
            until: keys.until,
            label: keys.label,
        }))
    }

    pub(super) fn hang_up(&mut self, node: Node<'_>) -> Option<Action> {
        let keys: HangUpKeys = self.keys(node, "`hang-up`")?;
        let name = node.get("hang-up").unwrap_or(node);
        let known = self.names.label(name, &keys.name, &[]);
        self.keep(known).map(Action::HangUp)
    }
}

fn wrong_address(keys: &HttpKeys, node: Node<'_>) -> Option<Fault> {
    if keys.http.trim().is_empty() {
        return Some(node.fault("`http` takes the method of the request: `GET`, `POST`"));
    }
    let path = keys.path.as_deref()?;
    let begins = ["/", "*", "http://", "https://", "{{"].iter().any(|begin| path.starts_with(begin));
    let place = node.get("path").unwrap_or(node);
    (!begins).then(|| place.fault(format!("a path begins with a slash: `/{path}`")))
}

/// Keys that need another one, or cannot stand beside it.
fn wrong_company(node: Node<'_>) -> Vec<Fault> {
    let (message, body) = (node.get("message"), node.get("body"));
    let mut faults = Vec::new();
    if let (Some(_), Some(body)) = (message, body) {
        faults.push(body.fault("`body` cannot stand beside `message`: a request has one body"));
    }
    if let (None, None, Some(cut)) = (message, body, node.get("cut")) {
        faults.push(cut.fault("`cut` needs a `message` or a `body` of which it sends the beginning"));
    }
    for key in ["notification", "malformed", "meta"].into_iter().filter(|_| message.is_none()) {
        let fault = |value: Node<'_>| value.fault(format!("`{key}` says something about a `message`: there is none"));
        faults.extend(node.get(key).map(fault));
    }
    faults
}

fn wrong_message(node: Node<'_>, notification: bool, malformed: bool) -> Vec<Fault> {
    if !matches!(node.data(), Data::Map(_)) {
        return vec![node.fault(format!("a message is a map, not {}: anything else is a `body`", node.words()))];
    }
    let mut faults = Vec::new();
    if let (true, Some(id)) = (notification, node.get("id")) {
        faults.push(id.fault("a notification has no id: leave out the one, or `notification: true`"));
    }
    for (key, _) in node.entries().filter(|(key, _)| !malformed && !MEMBERS.contains(&key.name.as_str())) {
        let hint = suggest::hint(&key.name, MEMBERS);
        let message = format!("messages have no member `{}`{hint} (`malformed: true` when it is meant so)", key.name);
        faults.push(key.place.fault(message));
    }
    faults
}
