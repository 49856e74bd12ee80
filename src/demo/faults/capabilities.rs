//! Declarations that do not match what is there.

use serde_json::Value;

use super::{
    Verdict,
    memory::{Arrival, result},
};
use crate::demo::{
    Fault,
    failure::{Cause, Failure},
};

/// A message arrives.
pub fn incoming(fault: Fault, arrival: &Arrival) -> Verdict {
    if fault == Fault::CapabilityLie && arrival.is_request && arrival.method.starts_with("prompts/") {
        return Verdict::Fail(Failure::new(Cause::Method, "there is no such method"));
    }
    Verdict::Go
}

/// A message leaves.
pub fn outgoing(fault: Fault, message: &mut Value) {
    let capabilities = result(message).and_then(|result| result.get_mut("capabilities"));
    if let (Fault::UndeclaredTools, Some(Value::Object(capabilities))) = (fault, capabilities) {
        capabilities.remove("tools");
    }
}
