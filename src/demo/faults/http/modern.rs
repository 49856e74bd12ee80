//! A server of the newest revision that still behaves like one of an older one, or mixes up its clients.

use std::sync::{Arc, Mutex};

use serde_json::json;

use super::memory::{Knock, Memory};
use crate::demo::{
    Fault,
    calls::locked,
    http::{Body, Guard, Reply, Request, SESSION},
};

/// An answer leaves.
pub fn reply(fault: Fault, reply: &mut Reply, request: &Request, knock: &Knock) {
    if !knock.is_modern || request.method != "POST" {
        return;
    }
    let says = |what: &str| matches!(&reply.body, Body::Full(body) if String::from_utf8_lossy(body).contains(what));
    let (no_method, no_version) = (says("\"code\":-32601"), says("\"code\":-32022"));
    let listens = matches!(reply.body, Body::Events(_)) && knock.method() == "subscriptions/listen";
    match fault {
        Fault::HttpUnknownMethodOk if no_method => reply.status = 200,
        Fault::HttpVersionErrorOk if no_version => reply.status = 200,
        Fault::HttpModernSession => reply.set(SESSION, "0123456789abcdef0123456789abcdef"),
        Fault::HttpModernResumes if request.headers.has("last-event-id") => {
            *reply = Reply::text(400, "no event of this id is kept");
        }
        Fault::HttpListenJson if listens => {
            let result = json!({ "resultType": "complete" });
            let answer = json!({ "jsonrpc": "2.0", "id": knock.message["id"], "result": result });
            *reply = Reply::json(200, answer.to_string().into_bytes());
        }
        _ => {}
    }
}

/// Refuses a request whose id another one has that is not answered yet; else remembers it until it is.
pub fn collide(knock: &Knock, memory: &mut Memory, shared: &Arc<Mutex<Memory>>) -> (Option<Reply>, Option<Guard>) {
    let Some(id) = knock.message.get("id") else { return (None, None) };
    let key = id.to_string();
    if !memory.busy.insert(key.clone()) {
        let error = json!({ "code": -32600, "message": "this id is in use" });
        let answer = json!({ "jsonrpc": "2.0", "id": id, "error": error });
        return (Some(Reply::json(400, answer.to_string().into_bytes())), None);
    }
    let shared = shared.clone();
    let forget = move || {
        locked(&shared).busy.remove(&key);
    };
    (None, Some(Guard::new(forget)))
}
