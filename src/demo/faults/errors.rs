//! Requests that should fail and do not, or fail in the wrong way.

use serde_json::{Value, json};

use super::{
    Verdict,
    memory::{Exchange, succeed},
};
use crate::demo::{
    Fault,
    failure::{Cause, Failure},
};

/// A line arrives.
pub fn line(fault: Fault, parsed: Option<&Value>) -> Verdict {
    if fault == Fault::RefusesBatch && parsed.is_some_and(Value::is_array) {
        return Verdict::Fail(Failure::new(Cause::Request, "a message has to be an object"));
    }
    Verdict::Go
}

/// A message leaves.
pub fn outgoing(fault: Fault, message: &mut Value, exchange: &mut Exchange) {
    match (fault, exchange.cause) {
        (Fault::UnknownMethodOk, Some(Cause::Method)) => succeed(message, json!({}), exchange.revision),
        (Fault::UnknownMethodSilent, Some(Cause::Method)) => exchange.dropped = true,
        (Fault::UnknownMethodWrongCode, Some(Cause::Method)) => message["error"]["code"] = json!(-32603),
        (Fault::MalformedParamsOk, Some(Cause::Params)) => {
            succeed(message, nothing(exchange.method), exchange.revision);
        }
        (Fault::UndefinedReservedCode, Some(Cause::Params)) => message["error"]["code"] = json!(-32050),
        (Fault::RetiredCode, Some(Cause::Resource)) => message["error"]["code"] = json!(-32002),
        _ => {}
    }
}

/// The least that a result of this method has to have.
fn nothing(method: &str) -> Value {
    match method {
        "tools/call" => json!({ "content": [] }),
        "resources/read" => json!({ "contents": [], "ttlMs": 0, "cacheScope": "public" }),
        "prompts/get" => json!({ "messages": [] }),
        "completion/complete" => json!({ "completion": { "values": [] } }),
        _ => json!({}),
    }
}
