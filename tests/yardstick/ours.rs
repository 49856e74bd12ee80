//! Our side of the comparison: the only file here that knows how our validators are asked.

use mcp_litmus::{
    model::{Revision, Severity},
    schema::{Edition, Subject, Validators},
};
use serde_json::{Value, json};

use crate::official::Complaint;

/// What our validators say.
pub struct Ours {
    revision: Revision,
}

impl Ours {
    /// Our validators for a revision.
    pub fn new(revision: Revision) -> Self {
        Self { revision }
    }

    /// What is wrong with a value of one of our types, as far as it decides; `None` when there is no such type.
    pub fn complaints(&self, name: &str, value: &Value) -> Option<Vec<Complaint>> {
        let problems = Validators::of(self.revision).problems(&self.subject(name)?, value)?;
        let failing = problems.into_iter().filter(|problem| problem.severity == Severity::Fail);
        let complaint = |problem: mcp_litmus::schema::Problem| {
            let text = problem.to_string();
            Complaint { pointer: problem.pointer, rule: problem.rule, text }
        };
        Some(failing.map(complaint).collect())
    }

    /// The JSON Schema of one of our types.
    pub fn document(&self, name: &str) -> Option<Value> {
        let mut document = Edition::of(self.revision).document(&self.subject(name)?)?;
        if document.get("$defs").is_none() {
            document["$defs"] = json!({});
        }
        Some(document)
    }

    /// What we call a message: a call of a method, its result, or a type.
    fn subject(&self, name: &str) -> Option<Subject> {
        let result = name.strip_suffix("Response").and_then(|name| name.strip_suffix("Result"));
        Some(match (name, result) {
            ("JSONRPCErrorResponse", _) => Subject::Error,
            ("JSONRPCResultResponse" | "EmptyResultResponse", _) => Subject::AnyResult,
            (_, Some(asked)) => {
                let request = format!("{asked}Request");
                let method = Edition::of(self.revision).methods().find(|method| method.message == request)?;
                Subject::Result(method.name.to_owned())
            }
            (name, None) => Subject::Type(name.to_owned()),
        })
    }
}
