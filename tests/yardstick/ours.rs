//! Our side of the comparison: the only file here that knows how our validators are asked.

use mcp_litmus::model::Revision;
use serde_json::Value;

use crate::official::{self, Complaint, Official};

/// What our validators say.
pub struct Ours {
    document: Value,
    stand_in: Official,
}

impl Ours {
    /// Our validators for a revision.
    pub fn new(revision: Revision) -> Self {
        let folder = official::folder().expect("the official schemas are at hand");
        let mut document = official::document(&folder, revision);
        crate::wire::complete(&mut document, revision);
        Self { stand_in: Official::new(document.clone()), document }
    }

    /// What is wrong with a value of one of our types, as far as it decides; `None` when there is no such type.
    pub fn complaints(&self, name: &str, value: &Value) -> Option<Vec<Complaint>> {
        let name = match name {
            "ResourceTemplateReference" if !self.has(name) => "ResourceReference",
            "JSONRPCErrorResponse" if !self.has(name) => "JSONRPCError",
            "JSONRPCResultResponse" if !self.has(name) => "JSONRPCResponse",
            name => name,
        };
        self.has(name).then(|| self.stand_in.complaints(name, value))
    }

    /// The JSON Schema of one of our types.
    pub fn document(&self, name: &str) -> Option<Value> {
        let place = official::place(&self.document);
        let mut document = self.document.clone();
        document["$ref"] = format!("#/{place}/{name}").into();
        self.has(name).then_some(document)
    }

    fn has(&self, name: &str) -> bool {
        crate::subjects::why_without(name).is_none() && self.stand_in.definitions().contains_key(name)
    }
}
