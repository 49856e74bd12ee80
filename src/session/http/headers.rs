//! The headers that a message travels with, as its revision demands.

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::Value;

use crate::{
    model::{Era, Revision},
    transport::http::Facts,
    wire::http::Headers,
};

/// What decides the headers besides the message.
pub(super) struct Circumstances<'a> {
    pub(super) facts: &'a Facts,
    pub(super) revision: Revision,
    pub(super) session: Option<&'a str>,
    /// Whether it is the HTTP+SSE of the first revision, which knows none of this.
    pub(super) old: bool,
    /// The tools that are known, with what they want mirrored.
    pub(super) tools: &'a [Value],
}

/// Where a request says which revision it speaks.
const VERSION: &str = "/params/_meta/io.modelcontextprotocol~1protocolVersion";

impl Circumstances<'_> {
    /// The headers of a message that is posted.
    pub(super) fn of_post(&self, message: &Value) -> Headers {
        let mut headers = self.of_all();
        headers.push("Accept", "application/json, text/event-stream");
        headers.push("Content-Type", "application/json");
        let method = message.get("method").and_then(Value::as_str);
        if self.old {
            return headers;
        }
        match self.revision.era() {
            Era::Modern => self.mirror(&mut headers, message),
            Era::Legacy if method == Some("initialize") => {}
            Era::Legacy => self.keep_session(&mut headers),
        }
        headers
    }

    /// The headers of a request without a message.
    pub(super) fn of_other(&self, method: &str) -> Headers {
        let mut headers = self.of_all();
        if method == "GET" {
            headers.push("Accept", "text/event-stream");
        }
        match self.revision.era() {
            _ if self.old => {}
            Era::Modern => headers.push("MCP-Protocol-Version", self.revision.as_str()),
            Era::Legacy => self.keep_session(&mut headers),
        }
        headers
    }

    fn of_all(&self) -> Headers {
        let mut headers = Headers::new();
        headers.push("Host", self.facts.url.authority());
        headers.push("User-Agent", concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")));
        for (name, value) in self.facts.headers.iter() {
            headers.remove(name);
            headers.push(name, value);
        }
        headers
    }

    fn keep_session(&self, headers: &mut Headers) {
        if let Some(session) = self.session {
            headers.push("Mcp-Session-Id", session);
        }
        if self.revision >= Revision::V2025_06_18 {
            headers.push("MCP-Protocol-Version", self.revision.as_str());
        }
    }

    /// What of the body stands in the headers as well.
    fn mirror(&self, headers: &mut Headers, message: &Value) {
        let version = message.pointer(VERSION).and_then(Value::as_str);
        headers.push("MCP-Protocol-Version", version.map_or_else(|| self.revision.as_str().to_owned(), encoded));
        let Some(method) = message.get("method").and_then(Value::as_str) else { return };
        headers.push("Mcp-Method", encoded(method));
        let named = match method {
            "tools/call" | "prompts/get" => "/params/name",
            "resources/read" => "/params/uri",
            _ => return,
        };
        let Some(name) = message.pointer(named).and_then(Value::as_str) else { return };
        headers.push("Mcp-Name", encoded(name));
        if method == "tools/call" {
            let tool = self.tools.iter().find(|tool| tool.get("name").and_then(Value::as_str) == Some(name));
            let schema = tool.and_then(|tool| tool.get("inputSchema"));
            if let (Some(schema), Some(arguments)) = (schema, message.pointer("/params/arguments")) {
                parameters(headers, schema, arguments, 0);
            }
        }
    }
}

/// How deep arguments are looked into.
const DEPTH: usize = 16;

/// The arguments that a tool wants mirrored, each under the name that its schema gives it.
fn parameters(headers: &mut Headers, schema: &Value, arguments: &Value, depth: usize) {
    let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    for (name, property) in properties.filter(|_| depth < DEPTH) {
        let Some(value) = arguments.get(name) else { continue };
        match property.get("x-mcp-header").and_then(Value::as_str) {
            Some(header) if is_token(header) => {
                if let Some(text) = plain(value) {
                    headers.push(format!("Mcp-Param-{header}"), encoded(&text));
                }
            }
            _ => parameters(headers, property, value, depth + 1),
        }
    }
}

/// What a header carries of an argument.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) => Some(value.to_string()),
        Value::Number(number) if number.is_i64() || number.is_u64() => Some(number.to_string()),
        _ => None,
    }
}

fn is_token(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// A text as a header can carry it: what no header can hold is wrapped.
pub(super) fn encoded(text: &str) -> String {
    let is_plain = text.bytes().all(|byte| matches!(byte, 0x20..=0x7e | b'\t')) && text.trim() == text;
    let looks_wrapped = text.starts_with("=?base64?") && text.ends_with("?=");
    if is_plain && !looks_wrapped {
        return text.to_owned();
    }
    format!("=?base64?{}?=", BASE64_STANDARD.encode(text))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn headers(revision: Revision, session: Option<&str>, message: &Value, tools: &[Value]) -> Vec<(String, String)> {
        let facts =
            Facts { url: "http://127.0.0.1:8000/mcp".parse().unwrap(), headers: Headers::new(), listening: None };
        let circumstances = Circumstances { facts: &facts, revision, session, old: false, tools };
        let headers = circumstances.of_post(message);
        let pairs = headers.iter().map(|(name, value)| (name.to_owned(), String::from_utf8_lossy(value).into_owned()));
        pairs.skip(4).collect()
    }

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn an_old_session_names_itself_and_its_version_after_the_handshake() {
        let [begin, ping] = ["initialize", "ping"].map(|method| json!({ "id": 1, "method": method }));
        assert_eq!(headers(Revision::V2025_11_25, None, &begin, &[]), []);
        let both = [pair("Mcp-Session-Id", "s"), pair("MCP-Protocol-Version", "2025-11-25")];
        assert_eq!(headers(Revision::V2025_11_25, Some("s"), &ping, &[]), both);
        assert_eq!(headers(Revision::V2025_03_26, Some("s"), &ping, &[]), both[..1]);
    }

    #[test]
    fn a_modern_message_is_mirrored() {
        let schema = json!({ "properties": {
            "region": { "type": "string", "x-mcp-header": "Region" },
            "deep": { "properties": { "on": { "type": "boolean", "x-mcp-header": "On" } } },
            "bad": { "x-mcp-header": "no token" },
        } });
        let tool = json!({ "name": "t é", "inputSchema": schema });
        let arguments = json!({ "region": "é", "deep": { "on": true }, "bad": 1 });
        let meta = json!({ "io.modelcontextprotocol/protocolVersion": "1900-01-01" });
        let call =
            json!({ "method": "tools/call", "params": { "name": "t é", "arguments": arguments, "_meta": meta } });
        let expected = [
            pair("MCP-Protocol-Version", "1900-01-01"),
            pair("Mcp-Method", "tools/call"),
            pair("Mcp-Name", "=?base64?dCDDqQ==?="),
            pair("Mcp-Param-Region", "=?base64?w6k=?="),
            pair("Mcp-Param-On", "true"),
        ];
        assert_eq!(headers(Revision::V2026_07_28, None, &call, &[tool]), expected);
    }

    #[test]
    fn what_no_header_can_hold_is_wrapped() {
        assert_eq!(encoded("us-west1"), "us-west1");
        assert_eq!(encoded(" padded "), "=?base64?IHBhZGRlZCA=?=");
        assert_eq!(encoded("=?base64?literal?="), "=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?=");
        assert_eq!(encoded("a\nb"), "=?base64?YQpi?=");
    }
}
