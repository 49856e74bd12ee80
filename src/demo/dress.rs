//! Takes from a description what a revision does not know yet, or no more.

use serde_json::{Value, json};

use crate::model::Revision;

/// Names the HTTP header that repeats an argument of a tool.
const HEADER: &str = "x-mcp-header";

/// What is described. The same member can have another age elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A tool.
    Tool,
    /// A resource, a link to one, or a template.
    Resource,
    /// A prompt or an argument of one.
    Prompt,
    /// The server itself.
    Implementation,
}

/// The description as the revision knows it.
pub fn dress(kind: Kind, description: &Value, revision: Revision) -> Value {
    let mut dressed = description.clone();
    if let Some(members) = dressed.as_object_mut() {
        members.retain(|member, _| knows(kind, member, revision));
        if let Some(schema) = members.get_mut("inputSchema").filter(|_| revision < Revision::V2026_07_28) {
            without_headers(schema);
        }
        if let Some(annotations) = members.get_mut("annotations") {
            annotate(annotations, revision);
        }
        if let Some(Value::Array(arguments)) = members.get_mut("arguments") {
            for argument in arguments {
                *argument = dress(Kind::Prompt, argument, revision);
            }
        }
    }
    dressed
}

fn without_headers(schema: &mut Value) {
    let arguments = schema.get_mut("properties").and_then(Value::as_object_mut);
    for argument in arguments.into_iter().flat_map(|arguments| arguments.values_mut()) {
        argument.as_object_mut().map(|argument| argument.remove(HEADER));
    }
}

fn knows(kind: Kind, member: &str, revision: Revision) -> bool {
    match (kind, member) {
        (Kind::Tool, "annotations") => revision >= Revision::V2025_03_26,
        (_, "title" | "outputSchema" | "_meta") => revision >= Revision::V2025_06_18,
        (_, "icons" | "websiteUrl") | (Kind::Implementation, "description") => revision >= Revision::V2025_11_25,
        (Kind::Tool, "execution") => revision == Revision::V2025_11_25,
        _ => true,
    }
}

/// Whether the revision knows content of this type.
pub fn knows_content(block: &Value, revision: Revision) -> bool {
    match block.get("type").and_then(Value::as_str) {
        Some("audio") => revision >= Revision::V2025_03_26,
        Some("resource_link") => revision >= Revision::V2025_06_18,
        _ => true,
    }
}

/// A block of content as the revision knows it.
pub fn content(block: &Value, revision: Revision) -> Value {
    let mut block = match block.get("type").and_then(Value::as_str) {
        Some("resource_link") => dress(Kind::Resource, block, revision),
        _ => block.clone(),
    };
    if let Some(annotations) = block.get_mut("annotations") {
        annotate(annotations, revision);
    }
    block
}

fn annotate(annotations: &mut Value, revision: Revision) {
    if let Some(members) = annotations.as_object_mut()
        && revision < Revision::V2025_06_18
    {
        members.remove("lastModified");
    }
}

/// What the server says of itself.
pub fn implementation(revision: Revision) -> Value {
    let all = json!({
        "name": "mcp-litmus-demo",
        "title": "Reference server of mcp-litmus",
        "version": env!("CARGO_PKG_VERSION"),
        "description": "Correct in every revision, wrong on demand",
        "websiteUrl": "https://example.com/mcp-litmus",
        "icons": [{ "src": ICON, "mimeType": "image/png", "sizes": ["1x1"] }],
    });
    dress(Kind::Implementation, &all, revision)
}

/// The short form of the same, for every result of the modern kind.
pub fn signature() -> Value {
    json!({ "name": "mcp-litmus-demo", "version": env!("CARGO_PKG_VERSION") })
}

/// A picture of one pixel.
pub const PIXEL: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
/// The same as an address.
pub const ICON: &str = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_revision_gets_what_it_knows() {
        let tool = json!({ "name": "x", "title": "X", "annotations": {}, "execution": {}, "icons": [] });
        for (revision, members) in [
            (Revision::V2024_11_05, vec!["name"]),
            (Revision::V2025_03_26, vec!["name", "annotations"]),
            (Revision::V2025_06_18, vec!["name", "title", "annotations"]),
            (Revision::V2025_11_25, vec!["name", "title", "annotations", "execution", "icons"]),
            (Revision::V2026_07_28, vec!["name", "title", "annotations", "icons"]),
        ] {
            let dressed = dress(Kind::Tool, &tool, revision);
            let names: Vec<_> = dressed.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(names, members, "{revision}");
        }
    }
    #[test]
    fn only_the_newest_revision_repeats_arguments_in_headers() {
        let tool = json!({ "inputSchema": { "properties": { "a": { HEADER: "A" } } } });
        assert_eq!(dress(Kind::Tool, &tool, Revision::V2026_07_28), tool);
        let older = dress(Kind::Tool, &tool, Revision::V2025_11_25);
        assert_eq!(older["inputSchema"]["properties"]["a"], json!({}));
    }
}
