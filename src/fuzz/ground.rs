//! What is known of the server before it is fuzzed: what it offers, and what of that may be used.

use serde_json::{Map, Value, json};

use crate::{
    instances::Maker,
    model::{Era, Revision},
};

/// A tool that may be called.
#[derive(Clone)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// Its whole definition.
    pub definition: Value,
    /// The arguments that the author of the server has given, or the smallest that are valid.
    pub arguments: Option<Value>,
    /// Makes arguments; `None` when its schema is none.
    pub maker: Option<Maker>,
}

/// What is known of the server.
#[derive(Clone)]
pub struct Ground {
    /// The revision that is spoken.
    pub revision: Revision,
    /// Over HTTP there is nothing to frame.
    pub over_http: bool,
    /// What the server declares.
    pub capabilities: Value,
    /// The client capabilities that we declare.
    pub client: Value,
    /// The tools that may be called.
    pub tools: Vec<Tool>,
    /// The tools that may not, by name.
    pub forbidden: Vec<String>,
    /// The prompts that it lists, as it defines them.
    pub prompts: Vec<Value>,
    /// The resources that it lists.
    pub resources: Vec<Value>,
    /// The templates of resources that it lists.
    pub templates: Vec<Value>,
}

impl Ground {
    /// Parameters with what a request of this revision needs beside them.
    pub fn params(&self, params: Value) -> Value {
        let Value::Object(mut members) = params else { return params };
        if self.revision.era() == Era::Modern {
            let meta = members.entry("_meta").or_insert_with(|| json!({}));
            if let Value::Object(meta) = meta {
                for (key, value) in self.metadata() {
                    meta.entry(key).or_insert(value);
                }
            }
        }
        Value::Object(members)
    }

    /// What every request of a modern revision says of its client.
    pub fn metadata(&self) -> Map<String, Value> {
        let client = json!({ "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") });
        let pairs = [
            ("protocolVersion", json!(self.revision)),
            ("clientInfo", client),
            ("clientCapabilities", self.client.clone()),
        ];
        pairs.into_iter().map(|(key, value)| (format!("io.modelcontextprotocol/{key}"), value)).collect()
    }

    /// A request that every server answers at once.
    pub fn sentinel(&self) -> (&'static str, Option<Value>) {
        match self.revision.era() {
            Era::Legacy => ("ping", None),
            Era::Modern => ("server/discover", Some(self.params(json!({})))),
        }
    }

    /// Whether a call of this tool is allowed.
    pub fn may_call(&self, name: &str) -> bool {
        !self.forbidden.iter().any(|forbidden| forbidden == name)
    }
}
