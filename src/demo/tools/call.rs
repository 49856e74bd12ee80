//! One call of a tool, and what it may do while it runs: report, log, ask the client.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::{
    demo::{
        caller::Caller,
        dress,
        failure::{Cause, Failure, malformed},
        level::Level,
        outbox::Outbox,
        rpc::Members,
        server::Server,
    },
    model::{Era, Revision},
};

/// What a tool gives.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Said {
    /// Blocks of content.
    pub content: Vec<Value>,
    /// The same for programs.
    pub structured: Option<Value>,
    /// Whether it failed.
    pub failed: bool,
}

impl Said {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self { content: vec![json!({ "type": "text", "text": text.into() })], ..Self::default() }
    }

    /// A failure, in words that a model can act on.
    pub fn failed(text: impl Into<String>) -> Self {
        Self { failed: true, ..Self::text(text) }
    }

    /// The result of `tools/call`, as the revision knows it.
    pub fn into_result(self, revision: Revision) -> Value {
        let known = self.content.iter().filter(|block| dress::knows_content(block, revision));
        let content: Vec<_> = known.map(|block| dress::content(block, revision)).collect();
        let mut result = json!({ "content": content });
        if let Some(structured) = self.structured.filter(|_| revision >= Revision::V2025_06_18) {
            result["structuredContent"] = structured;
        }
        if self.failed {
            result["isError"] = json!(true);
        }
        result
    }
}

/// Why a call ends without having been carried out.
#[derive(Debug, Clone, PartialEq)]
pub enum Stop {
    /// The client is to answer something first: this is the interim result.
    Input(Value),
    /// The request is refused.
    Refused(Failure),
    /// The tool failed.
    Failed(String),
}

/// A call under way.
pub struct Call {
    /// Who serves it.
    pub server: Arc<Server>,
    /// Who asked.
    pub caller: Caller,
    /// The arguments, which fit the schema.
    pub arguments: Members,
    /// All params.
    pub params: Members,
    /// Where what is said on the way goes.
    pub outbox: Outbox,
}

impl Call {
    /// Tells how far the work has come, if the caller wants to hear of it.
    pub async fn progress(&self, done: u64, total: u64) {
        let Some(token) = &self.caller.token else { return };
        let mut params = json!({ "progressToken": token, "progress": done, "total": total });
        if self.caller.revision >= Revision::V2025_03_26 {
            params["message"] = json!(format!("step {done} of {total}"));
        }
        self.outbox.notify("notifications/progress", &params, self.caller.revision).await;
    }

    /// Logs, if anybody wants to hear of this level.
    pub async fn log(&self, level: Level, data: Value) {
        let threshold = match self.caller.revision.era() {
            Era::Modern => self.caller.level,
            Era::Legacy => self.server.session_level(),
        };
        if threshold.is_some_and(|threshold| level >= threshold) {
            let params = json!({ "level": level.name(), "logger": "demo", "data": data });
            self.outbox.notify("notifications/message", &params, self.caller.revision).await;
        }
    }

    /// Asks the client for something that it declared.
    ///
    /// In a modern revision the call ends here, unless the answer came with it: the client repeats the call.
    pub async fn ask(&self, capability: &str, method: &str, params: Option<Value>) -> Result<Value, Stop> {
        let revision = self.caller.revision;
        if !self.caller.declares(capability) {
            return Err(self.undeclared(capability));
        }
        match revision.era() {
            Era::Modern => self.given(capability, method, params),
            Era::Legacy if !self.server.may_ask() => {
                Err(Stop::Failed("the client has not said yet that it is ready".to_owned()))
            }
            Era::Legacy => {
                let client = &self.server.client;
                client.ask(&self.outbox, revision, method, params).await.map_err(Stop::Failed)
            }
        }
    }

    fn undeclared(&self, capability: &str) -> Stop {
        let why = format!("the client did not declare {capability}");
        match self.caller.revision.era() {
            Era::Legacy => Stop::Failed(why),
            Era::Modern => {
                let data = json!({ "requiredCapabilities": { capability: {} } });
                Stop::Refused(Failure::new(Cause::Capability, why).with(data))
            }
        }
    }

    fn given(&self, key: &str, method: &str, params: Option<Value>) -> Result<Value, Stop> {
        let state = self.state();
        let responses = match self.params.get("inputResponses") {
            None => None,
            Some(Value::Object(responses)) => responses.get(key),
            Some(_) => return Err(Stop::Refused(malformed("inputResponses has to be an object"))),
        };
        match self.params.get("requestState") {
            None => {}
            Some(given) if *given == json!(state) => {
                if let Some(response) = responses {
                    return Ok(response.clone());
                }
            }
            Some(_) => {
                return Err(Stop::Refused(malformed("this requestState belongs to no such request")));
            }
        }
        let mut request = json!({ "method": method });
        if let Some(params) = params {
            request["params"] = params;
        }
        let inputs = json!({ key: request });
        Err(Stop::Input(json!({ "resultType": "input_required", "inputRequests": inputs, "requestState": state })))
    }

    /// Binds the interim result to its tool and arguments. Whoever forges it gains nothing, so a checksum is enough,
    /// and one without a secret lets another process take over.
    fn state(&self) -> String {
        let mut hasher = DefaultHasher::new();
        let name = self.params.get("name").map(Value::to_string);
        (name, Value::Object(self.arguments.clone()).to_string()).hash(&mut hasher);
        URL_SAFE_NO_PAD.encode(hasher.finish().to_be_bytes())
    }
}
