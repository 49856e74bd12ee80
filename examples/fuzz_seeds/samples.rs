//! What there is to begin with: the chapters, the messages in them, the samples of the documentation.

use mcp_litmus::checks::CHAPTERS;
use serde_json::{Value, json};

use super::catalogue::{METHODS, WORDS, modern, params};

/// Longer ones only slow a campaign down.
const LONGEST: usize = 16 * 1024;
const DOCS: [&str; 3] =
    [include_str!("../../docs/config.md"), include_str!("../../docs/suites.md"), include_str!("../../README.md")];
const DOCUMENTS: [&str; 3] = [
    include_str!("../../docs/config.schema.json"),
    include_str!("../../docs/suite.schema.json"),
    include_str!("../../docs/report.schema.json"),
];
const SCHEMAS: [&str; 8] = [
    "{}",
    r#"{"type":"object","properties":{"a":{"type":"number","minimum":3}},"required":["a"]}"#,
    r##"{"$defs":{"n":{"type":"string","minLength":2}},"type":"array","minItems":2,"items":{"$ref":"#/$defs/n"}}"##,
    r#"{"oneOf":[{"const":1},{"enum":["a","b"]}]}"#,
    r#"{"allOf":[{"type":"object","required":["x"]},{"properties":{"x":{"type":"boolean"}}}]}"#,
    r#"{"type":"string","format":"date-time","pattern":"^[0-9]+"}"#,
    r#"{"type":["integer","null"],"exclusiveMinimum":4,"multipleOf":3}"#,
    r#"{"$schema":"http://json-schema.org/draft-07/schema#","type":"array","uniqueItems":true}"#,
];

/// Everything there is.
pub struct Samples {
    messages: Vec<String>,
    sections: Vec<String>,
    configs: Vec<String>,
}

impl Samples {
    /// Look for it.
    pub fn collect() -> Self {
        let configs = DOCS.iter().flat_map(|text| blocks(text, &["toml", "json", "jsonc"])).collect();
        Self {
            messages: messages(),
            sections: CHAPTERS.iter().flat_map(|chapter| sections(chapter.text)).collect(),
            configs,
        }
    }

    /// The seeds of each target, in its own form.
    pub fn by_target(&self) -> Vec<(&'static str, Vec<Vec<u8>>)> {
        let plain = |texts: &[String]| texts.iter().map(|text| text.clone().into_bytes()).collect::<Vec<_>>();
        let conversation = self.messages.join("\n");
        let schemas: Vec<_> = SCHEMAS.iter().chain(&DOCUMENTS).copied().collect();
        let spoken = |prefix: &[u8]| prefix.iter().flat_map(|first| self.led_by(*first)).collect::<Vec<_>>();
        let all = vec![
            ("config", plain(&self.configs)),
            ("demo", self.conversations()),
            ("escape", each(&[0, 1, 2], WORDS)),
            ("http", self.answers()),
            ("json", plain(&self.messages)),
            ("messages", spoken(&[0, 2, 3])),
            ("schema", each(&[0, 1, 2, 3], &schemas)),
            ("server", self.conversations()),
            ("sse", self.messages.iter().map(|text| uncut(event(text))).collect()),
            ("stdio_lines", vec![uncut(conversation.into_bytes())]),
            ("suite", plain(&self.sections)),
        ];
        let short = |seeds: Vec<Vec<u8>>| seeds.into_iter().filter(|seed| seed.len() <= LONGEST).collect();
        all.into_iter().map(|(target, seeds)| (target, short(seeds))).collect()
    }

    fn led_by(&self, first: u8) -> impl Iterator<Item = Vec<u8>> {
        self.messages.iter().map(move |text| [&[first], text.as_bytes()].concat())
    }

    /// Each message alone, and behind a handshake.
    fn conversations(&self) -> Vec<Vec<u8>> {
        let hello = json!({
            "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": params("initialize", "2025-11-25", &json!({})),
        });
        let begun = format!("{hello}\n{}\n", json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }));
        let with = |text: &String| [text.clone().into_bytes(), format!("{begun}{text}").into_bytes()];
        self.messages.iter().flat_map(with).collect()
    }

    fn answers(&self) -> Vec<Vec<u8>> {
        let whole = |text: &String| {
            let length = text.len();
            format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{text}")
        };
        let chunked = |text: &String| {
            let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
            format!("{head}{:x}\r\n{text}\r\n0\r\n\r\n", text.len())
        };
        let some = self.messages.iter().take(20);
        some.flat_map(|text| [whole(text), chunked(text)])
            .map(|answer| uncut([&[0], answer.as_bytes()].concat()))
            .collect()
    }
}

/// Texts behind each of these bytes, which say what is done with them.
fn each(firsts: &[u8], texts: &[&str]) -> Vec<Vec<u8>> {
    let all = firsts.iter().flat_map(|first| texts.iter().map(move |text| [&[*first], text.as_bytes()].concat()));
    all.collect()
}

/// A stream as `arbitrary` reads it behind an empty list of lengths: how long a list is stands at the end.
fn uncut(mut stream: Vec<u8>) -> Vec<u8> {
    stream.extend([0, 0]);
    stream
}

fn event(text: &str) -> Vec<u8> {
    format!("event: message\nid: 1\nretry: 10\ndata: {text}\n\n: ping\n\n").into_bytes()
}

/// Every method with parameters as it knows them, and an answer and an error.
fn messages() -> Vec<String> {
    let mut messages: Vec<Value> = Vec::new();
    for (id, method) in METHODS.iter().enumerate() {
        for (word, with) in [("add", json!({ "a": 1, "b": 2 })), ("2025-11-25", json!(0)), ("echo", json!("x"))] {
            let mut message = json!({ "jsonrpc": "2.0", "method": method, "params": params(method, word, &with) });
            if !method.starts_with("notifications/") {
                message["id"] = json!(id);
            }
            messages.push(message);
        }
    }
    let meta = json!({ "_meta": modern("2026-07-28"), "name": "add", "arguments": { "a": 1, "b": 2 } });
    messages.push(json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": meta }));
    messages.push(json!({ "jsonrpc": "2.0", "id": 1, "result": { "tools": [] } }));
    messages.push(json!({ "jsonrpc": "2.0", "id": "a", "error": { "code": -32601, "message": "no" } }));
    messages.iter().map(Value::to_string).collect()
}

/// A chapter as a head with each of its sections.
fn sections(chapter: &str) -> Vec<String> {
    let mut parts = chapter.split("\n## ");
    let head = parts.next().unwrap_or_default();
    parts.map(|section| format!("{head}\n## {section}\n")).collect()
}

/// The blocks of a Markdown text in these languages.
fn blocks(text: &str, languages: &[&str]) -> Vec<String> {
    let mut parts = text.split("```").skip(1).step_by(2).map(|block| block.split_once('\n').unwrap_or_default());
    let mut found = Vec::new();
    for (_, body) in parts.by_ref().filter(|(language, _)| languages.contains(language)) {
        found.push(body.to_owned());
    }
    found.push(
        r#"{ "mcpServers": { "a": { "command": "npx", "args": ["${A:-b}"], "env": { "K": "${env:K}" } } } }"#
            .to_owned(),
    );
    found.push(
        r#"{ "servers": { "r": { "type": "http", "url": "http://localhost/mcp", "headers": { "K": "V" } } } }"#
            .to_owned(),
    );
    found.push("{ // Zed\n \"context_servers\": { \"z\": { \"command\": { \"path\": \"a\", \"args\": [], \"env\": null }, }, } }".to_owned());
    found.push("A=b\nexport C=\"d\"\n# e\n".to_owned());
    found
}
