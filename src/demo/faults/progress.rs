//! Progress that is none.

use serde_json::{Value, json};

use super::memory::Exchange;
use crate::demo::{Fault, rpc};

/// A message leaves.
pub fn outgoing(fault: Fault, message: &mut Value, exchange: &mut Exchange) {
    if message["method"] == "notifications/progress" {
        spoil(fault, &mut message["params"]);
    }
    let token = exchange.param("_meta").and_then(|meta| meta.get("progressToken")).cloned();
    if let (Fault::ProgressAfterAnswer, "tools/call", Some(token)) = (fault, exchange.method, token) {
        let params = json!({ "progressToken": token, "progress": 1000 });
        exchange.after.push(rpc::notification("notifications/progress", &params));
    }
}

fn spoil(fault: Fault, params: &mut Value) {
    match fault {
        Fault::ProgressStalls => params["progress"] = json!(1),
        Fault::ForeignProgressToken => params["progressToken"] = json!("nobody-gave-this"),
        Fault::ProgressTokenType => {
            let token = params["progressToken"].take();
            params["progressToken"] = if token.is_number() { json!(token.to_string()) } else { json!([token]) };
        }
        _ => {}
    }
}
