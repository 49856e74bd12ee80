//! What was asked in an exchange: what a watch sees of our side of it.

use serde_json::{Map, Value, json};

use crate::{transport::http::Request, wire::http::Headers};

/// Our side of an exchange.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::session) struct Asked {
    pub(in crate::session) method: String,
    pub(in crate::session) path: String,
    headers: Value,
    /// The method of the message that was posted.
    pub(in crate::session) rpc: Option<String>,
    kind: &'static str,
    /// The id of the request that was posted.
    pub(in crate::session) id: Option<Value>,
    pub(in crate::session) probe: bool,
    pub(in crate::session) malformed: bool,
}

impl Asked {
    /// Ordinary traffic.
    pub(in crate::session) fn of(request: &Request) -> Self {
        let message: Option<Value> = serde_json::from_slice(&request.body).ok();
        let member = |name: &str| message.as_ref().and_then(|message| message.get(name));
        let rpc = member("method").and_then(Value::as_str);
        let kind = match &message {
            _ if request.body.is_empty() => "none",
            Some(Value::Array(_)) => "batch",
            Some(Value::Object(_)) => match (rpc, member("id")) {
                (Some(_), Some(id)) if !id.is_null() => "request",
                (Some(_), None) => "notification",
                (None, _) if member("result").is_some() || member("error").is_some() => "response",
                _ => "raw",
            },
            _ => "raw",
        };
        Self {
            method: request.method.clone(),
            path: request.target.clone(),
            headers: listed(&request.headers),
            rpc: rpc.map(str::to_owned),
            kind,
            id: member("id").filter(|_| kind == "request").cloned(),
            probe: false,
            malformed: false,
        }
    }

    /// Which kind of stream its answer is.
    pub(super) fn stream(&self) -> &'static str {
        match (self.method.as_str(), self.rpc.as_deref()) {
            (_, Some("subscriptions/listen")) => "listen",
            ("GET", _) => "get",
            _ => "post",
        }
    }

    pub(super) const fn kind(&self) -> &'static str {
        self.kind
    }

    /// Whether its answer is known by an id.
    pub(super) const fn is_awaited_by_id(&self) -> bool {
        self.id.is_some()
    }

    pub(super) fn has_header(&self, name: &str) -> bool {
        self.headers.get(name).is_some()
    }

    /// What a watch sees of it.
    pub(super) fn subject(&self) -> Value {
        let Self { method, path, headers, rpc, kind, id, probe, malformed } = self;
        json!({
            "method": method, "path": path, "headers": headers, "rpc": rpc, "kind": kind, "id": id, "probe": probe,
            "malformed": malformed,
        })
    }
}

/// How much of a header is shown.
const LONGEST: usize = 1000;

/// Headers by their names in small letters; those that stand several times are joined.
pub(super) fn listed(headers: &Headers) -> Value {
    let mut listed: Map<String, Value> = Map::new();
    for (name, value) in headers.iter() {
        let value: String = String::from_utf8_lossy(value).trim().chars().take(LONGEST).collect();
        let entry = listed.entry(name.to_ascii_lowercase()).or_insert(Value::Null);
        *entry = match entry {
            Value::String(before) => Value::String(format!("{before}, {value}")),
            _ => Value::String(value),
        };
    }
    Value::Object(listed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(body: &str) -> Asked {
        Asked::of(&Request { method: "POST".into(), body: body.into(), ..Request::default() })
    }

    #[test]
    fn each_kind_of_message() {
        for (body, kind) in [
            ("", "none"),
            (r#"{"id":1,"method":"ping"}"#, "request"),
            (r#"{"method":"ping"}"#, "notification"),
            (r#"{"id":1,"result":{}}"#, "response"),
            (r#"[{"id":1,"method":"ping"}]"#, "batch"),
            (r#"{"id":null,"method":"ping"}"#, "raw"),
            ("{", "raw"),
        ] {
            assert_eq!(asked(body).kind, kind, "{body}");
        }
        assert_eq!(asked(r#"{"id":1,"method":"subscriptions/listen"}"#).stream(), "listen");
    }

    #[test]
    fn headers_are_listed_by_their_small_names() {
        let mut headers = Headers::new();
        headers.push("Vary", "a");
        headers.push("vary", " b");
        assert_eq!(listed(&headers), json!({ "vary": "a, b" }));
    }
}
