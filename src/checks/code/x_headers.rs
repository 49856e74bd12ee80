//! `x-mcp-header`: which argument of a tool travels as an HTTP header, and under which name.
//!
//! Judges the published schemas alone. What is data (`const`, `enum`, `default`, `examples`) is not looked into.

use std::collections::HashSet;

use serde_json::Value;

use crate::{
    checks::{Judgement, brief},
    model::{Finding, Severity},
    session::{List, Session},
};

const KEYWORD: &str = "x-mcp-header";

pub(super) async fn judge(session: &mut Session) -> Judgement {
    let mut judgement = Judgement::default();
    for (index, tool) in session.list(List::Tools).await.iter().enumerate() {
        let mut walk = Walk { names: HashSet::new(), judgement: &mut judgement };
        judgement_of(&mut walk, tool.get("inputSchema"), &format!("tools[{index}].inputSchema"));
    }
    judgement
}

fn judgement_of(walk: &mut Walk<'_>, schema: Option<&Value>, place: &str) {
    walk.judgement.judged += 1;
    if let Some(schema) = schema {
        walk.schema(schema, place, Reach::Root);
    }
}

/// How a schema was come to.
#[derive(Clone, Copy, PartialEq)]
enum Reach {
    Root,
    /// Through `properties` alone: an argument that has a value of its own.
    Argument,
    /// Through anything else.
    Elsewhere,
}

struct Walk<'a> {
    names: HashSet<String>,
    judgement: &'a mut Judgement,
}

impl Walk<'_> {
    fn schema(&mut self, schema: &Value, place: &str, reach: Reach) {
        let Some(members) = schema.as_object() else { return };
        if let Some(name) = members.get(KEYWORD) {
            self.header(name, members.get("type"), place, reach);
        }
        for (key, value) in members {
            let place = format!("{place}.{key}");
            match (key.as_str(), value) {
                ("const" | "enum" | "default" | "examples" | KEYWORD, _) => {}
                ("properties", Value::Object(properties)) => {
                    let next = if reach == Reach::Elsewhere { reach } else { Reach::Argument };
                    properties.iter().for_each(|(name, member)| {
                        self.schema(member, &format!("{place}.{name}"), next);
                    });
                }
                ("$defs" | "definitions" | "patternProperties" | "dependentSchemas", Value::Object(named)) => {
                    named.iter().for_each(|(name, member)| {
                        self.schema(member, &format!("{place}.{name}"), Reach::Elsewhere);
                    });
                }
                (_, Value::Array(branches)) => branches.iter().enumerate().for_each(|(index, branch)| {
                    self.schema(branch, &format!("{place}[{index}]"), Reach::Elsewhere);
                }),
                (_, nested) => self.schema(nested, &place, Reach::Elsewhere),
            }
        }
    }

    fn header(&mut self, name: &Value, kind: Option<&Value>, place: &str, reach: Reach) {
        let text = name.as_str().unwrap_or_default();
        if text.is_empty() || !text.bytes().all(is_token_byte) {
            self.find(place, "the name of an HTTP header", name, "no client can send such a header");
        } else if !self.names.insert(text.to_ascii_lowercase()) {
            self.find(place, "a name that no other argument of the tool has", name, "header names ignore case");
        }
        if reach != Reach::Argument {
            let expected = "an argument that is reached through `properties` alone";
            self.find(place, expected, name, "elsewhere it is not clear which value the header takes");
        }
        if let Some(kind) = kind.filter(|kind| matches!(kind.as_str(), Some("number" | "object" | "array" | "null"))) {
            self.find(place, "an argument of type string, integer or boolean", kind, "no other type has one spelling");
        }
    }

    fn find(&mut self, place: &str, expected: &str, got: &Value, because: &str) {
        self.judgement.find(Finding {
            severity: Severity::Fail,
            expected: expected.to_owned(),
            got: brief(got),
            because: because.to_owned(),
            place: format!("{place}.{KEYWORD}"),
            count: 1,
            transcript: Vec::new(),
        });
    }
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn places(schema: &Value) -> Vec<String> {
        let mut judgement = Judgement::default();
        let mut walk = Walk { names: HashSet::new(), judgement: &mut judgement };
        judgement_of(&mut walk, Some(schema), "s");
        judgement.findings.into_iter().map(|finding| finding.place).collect()
    }

    #[test]
    fn a_named_argument_is_fine_wherever_properties_lead() {
        let header = json!({ "type": "string", "x-mcp-header": "Region" });
        let nested = json!({ "type": "object", "properties": { "b": { "type": "integer", "x-mcp-header": "B" } } });
        let schema = json!({ "type": "object", "properties": { "a": header, "n": nested,
            "x-mcp-header": { "type": "string" } }, "default": { "x-mcp-header": 5 } });
        assert_eq!(places(&schema), Vec::<String>::new());
    }

    #[test]
    fn each_rule_can_be_broken() {
        let with = |members: Value| json!({ "properties": { "a": members } });
        for broken in [
            with(json!({ "x-mcp-header": "" })),
            with(json!({ "x-mcp-header": "a b" })),
            with(json!({ "x-mcp-header": 5 })),
            with(json!({ "x-mcp-header": "A", "type": "number" })),
            json!({ "x-mcp-header": "A" }),
            with(json!({ "items": { "x-mcp-header": "A" } })),
            json!({ "$defs": { "d": { "x-mcp-header": "A" } } }),
            json!({ "allOf": [{ "properties": { "a": { "x-mcp-header": "A" } } }] }),
            json!({ "properties": { "a": { "x-mcp-header": "A" }, "b": { "x-mcp-header": "a" } } }),
        ] {
            assert_eq!(places(&broken).len(), 1, "{broken}");
        }
    }
}
