//! Why a request fails, and the error that each revision has for it.

use serde_json::{Value, json};

use crate::model::Revision;

/// A result, or why there is none.
pub type Answer = Result<Value, Failure>;

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The line is no JSON.
    Parse,
    /// The JSON is no message, or comes at the wrong time.
    Request,
    /// There is no such method.
    Method,
    /// The params have the wrong form.
    Params,
    /// What a request says of its sender is missing or has the wrong form.
    Meta,
    /// There is no such tool.
    Tool,
    /// There is no such prompt, or an argument of it is missing.
    Prompt,
    /// This cursor was never given.
    Cursor,
    /// There is no such resource.
    Resource,
    /// The server does not speak this version.
    Version,
    /// The client did not declare what the request needs.
    Capability,
    /// The server is at its limits.
    Busy,
    /// HTTP headers that contradict the message.
    Header,
}

/// A request that failed.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// What went wrong.
    pub cause: Cause,
    message: String,
    data: Option<Value>,
}

impl Failure {
    /// A failure without data.
    pub fn new(cause: Cause, message: impl Into<String>) -> Self {
        Self { cause, message: message.into(), data: None }
    }

    /// The same, with data for programs.
    pub fn with(mut self, data: Value) -> Self {
        self.data = Some(data);
        self
    }

    /// The error object of this revision.
    pub fn to_error(&self, revision: Revision) -> Value {
        let mut error = json!({ "code": self.code(revision), "message": self.message });
        if let Some(data) = &self.data {
            error["data"] = data.clone();
        }
        error
    }

    fn code(&self, revision: Revision) -> i64 {
        match self.cause {
            Cause::Parse => -32700,
            Cause::Request => -32600,
            Cause::Method => -32601,
            Cause::Resource if revision < Revision::V2026_07_28 => -32002,
            Cause::Params | Cause::Meta | Cause::Tool | Cause::Prompt | Cause::Cursor | Cause::Resource => -32602,
            Cause::Header => -32020,
            Cause::Capability => -32021,
            Cause::Version => -32022,
            Cause::Busy => -32603,
        }
    }
}

/// Params of the wrong form.
pub fn malformed(why: impl Into<String>) -> Failure {
    Failure::new(Cause::Params, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_resource_has_a_code_of_its_own_in_the_older_revisions() {
        let failure = Failure::new(Cause::Resource, "gone").with(json!({ "uri": "demo://x" }));
        assert_eq!(failure.to_error(Revision::V2025_11_25)["code"], -32002);
        assert_eq!(failure.to_error(Revision::V2026_07_28)["code"], -32602);
    }
}
