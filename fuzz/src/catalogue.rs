//! What is known of the messages of all revisions: for frames, and for the seeds and dictionaries of `examples/fuzz_seeds`.

use serde_json::{Value, json};

/// Every method of every revision, and one that there is not.
pub const METHODS: &[&str] = &[
    "initialize",
    "ping",
    "server/discover",
    "tools/list",
    "tools/call",
    "prompts/list",
    "prompts/get",
    "resources/list",
    "resources/templates/list",
    "resources/read",
    "resources/subscribe",
    "resources/unsubscribe",
    "subscriptions/listen",
    "completion/complete",
    "logging/setLevel",
    "tasks/get",
    "tasks/list",
    "tasks/result",
    "tasks/cancel",
    "notifications/initialized",
    "notifications/cancelled",
    "notifications/progress",
    "notifications/roots/list_changed",
    "no/such/method",
];

/// Names that parameters are looked up by.
pub const MEMBERS: &[&str] = &[
    "jsonrpc",
    "id",
    "method",
    "params",
    "result",
    "error",
    "name",
    "arguments",
    "uri",
    "cursor",
    "level",
    "ref",
    "argument",
    "type",
    "value",
    "requestId",
    "reason",
    "progress",
    "progressToken",
    "protocolVersion",
    "capabilities",
    "clientInfo",
    "version",
    "_meta",
    "io.modelcontextprotocol/protocolVersion",
    "io.modelcontextprotocol/clientInfo",
    "io.modelcontextprotocol/clientCapabilities",
];

/// Words that stand where texts do.
pub const WORDS: &[&str] = &[
    "2.0",
    "2024-11-05",
    "2025-03-26",
    "2025-06-18",
    "2025-11-25",
    "2026-07-28",
    "@id:0@",
    "@id:1@",
    "add",
    "echo",
    "ref/prompt",
    "ref/resource",
    "debug",
    "info",
    "file:///etc/passwd",
    "../../x",
    "",
    "\u{0}",
    "\u{1b}[2J",
    "\u{feff}",
    "\u{202e}",
    "\r\n",
    "__proto__",
];

/// Parameters as a method knows them.
pub fn params(method: &str, word: &str, with: &Value) -> Value {
    match method {
        "initialize" => json!({
            "protocolVersion": word, "capabilities": with, "clientInfo": { "name": "fuzz", "version": "0" },
        }),
        "tools/call" | "prompts/get" => json!({ "name": word, "arguments": with }),
        "completion/complete" => json!({
            "ref": { "type": "ref/prompt", "name": word }, "argument": { "name": "x", "value": with },
        }),
        "notifications/cancelled" => json!({ "requestId": with, "reason": word }),
        "notifications/progress" => json!({ "progressToken": with, "progress": 1 }),
        "logging/setLevel" => json!({ "level": word }),
        "server/discover" => json!({ "_meta": modern(word) }),
        _ if method.ends_with("/list") => json!({ "cursor": word, "_meta": modern("2026-07-28") }),
        _ => json!({ "uri": word, "taskId": word, "_meta": with }),
    }
}

/// What the newest revision wants beside every request.
pub fn modern(revision: &str) -> Value {
    json!({
        "io.modelcontextprotocol/protocolVersion": revision,
        "io.modelcontextprotocol/clientInfo": { "name": "fuzz", "version": "0" },
        "io.modelcontextprotocol/clientCapabilities": {},
    })
}
