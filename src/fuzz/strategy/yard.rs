//! A ground with something of everything, for tests.

use serde_json::json;

use crate::{
    fuzz::ground::{Ground, Tool},
    instances::Maker,
    model::Revision,
};

/// The ground; `wipe` and `Send Mail` are forbidden.
pub fn ground() -> Ground {
    let schema = json!({ "type": "object", "properties": {
        "text": { "type": "string" }, "count": { "type": "integer" }, "tags": { "type": "array", "items": { "type": "string" } }
    }, "required": ["text"] });
    let tool = |name: &str| Tool {
        name: name.to_owned(),
        definition: json!({ "name": name, "inputSchema": schema }),
        arguments: Some(json!({ "text": "hello", "count": 3, "tags": ["a"] })),
        maker: Maker::new(&schema),
    };
    Ground {
        revision: Revision::V2025_11_25,
        over_http: false,
        capabilities: json!({ "tools": {}, "prompts": {}, "resources": { "subscribe": true }, "logging": {} }),
        client: json!({}),
        tools: vec![tool("echo"), tool("find")],
        forbidden: vec!["wipe".to_owned(), "Send Mail".to_owned()],
        prompts: vec![json!({ "name": "greet", "arguments": [{ "name": "who" }] })],
        resources: vec![json!({ "uri": "demo://readme", "name": "readme" })],
        templates: vec![json!({ "uriTemplate": "demo://{kind}/{id}", "name": "thing" })],
    }
}
