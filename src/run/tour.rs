//! A walk through everything that a server offers, so that the watches have something to judge.
//!
//! Ordinary traffic only: lists, calls that may be made, prompts, resources, one method and one notification that
//! nobody knows. Nothing is judged here.

use serde_json::{Value, json};

use super::{CallPolicy, calls::calls};
use crate::session::{List, Meta, Session};

/// How many items of each list are looked into.
const EACH: usize = 12;

/// Walk through what the server offers, with several requests in flight at a time.
pub(super) async fn tour(session: &mut Session, policy: CallPolicy) {
    session.alive().await;
    let unknown = session.send("litmus/no-such-method", Some(json!({})), &Meta::Standard, None).await;
    session.notify("notifications/litmus-unknown", Some(json!({})), &Meta::Standard).await;
    let requests = requests(session, policy).await;
    let mut tickets = vec![unknown];
    for (method, params, meta) in requests {
        tickets.push(session.send(method, Some(params), &meta, None).await);
    }
    for ticket in tickets {
        let within = session.settings().limits.answer;
        session.answer(&ticket, within).await;
        if !session.is_open() {
            return;
        }
    }
    session.quiet().await;
}

type Request = (&'static str, Value, Meta);

async fn requests(session: &mut Session, policy: CallPolicy) -> Vec<Request> {
    let capabilities = session.greeting.as_ref().map_or(Value::Null, |greeting| greeting.capabilities.clone());
    let declares = |capability: &str| capabilities.get(capability).is_some();
    let mut requests: Vec<Request> = Vec::new();
    if declares("tools") {
        requests.extend(tool_calls(session, policy).await);
    }
    if declares("prompts") {
        let prompts = session.list(List::Prompts).await;
        requests.extend(prompts.iter().take(EACH).map(|prompt| ("prompts/get", get(prompt), Meta::Standard)));
        requests.push(("prompts/get", json!({ "name": "litmus-no-such-prompt" }), Meta::Standard));
        if declares("completions") {
            let argument = prompts.iter().find_map(first_argument);
            requests.extend(argument.map(|params| ("completion/complete", params, Meta::Standard)));
        }
    }
    if declares("resources") {
        let resources = session.list(List::Resources).await;
        let uris = resources.iter().filter_map(|resource| resource.get("uri").cloned()).take(EACH);
        let uris = uris.chain([json!("litmus://no/such/resource")]);
        requests.extend(uris.map(|uri| ("resources/read", json!({ "uri": uri }), Meta::Standard)));
        session.list(List::Templates).await;
    }
    requests
}

/// Each call with a progress token, text and number in turn.
async fn tool_calls(session: &mut Session, policy: CallPolicy) -> Vec<Request> {
    let calls = calls(session, policy).await.items.into_iter().take(EACH).enumerate();
    calls
        .map(|(index, call)| {
            let token = if index % 2 == 0 { json!(format!("litmus-{index}")) } else { json!(1000 + index) };
            let params = json!({ "name": call["tool"]["name"], "arguments": call["arguments"] });
            ("tools/call", params, Meta::Merge(json!({ "progressToken": token })))
        })
        .collect()
}

/// A prompt with every argument that it has.
fn get(prompt: &Value) -> Value {
    let arguments = prompt.get("arguments").and_then(Value::as_array).into_iter().flatten();
    let names = arguments.filter_map(|argument| argument.get("name")?.as_str());
    let given: serde_json::Map<String, Value> = names.map(|name| (name.to_owned(), json!("litmus"))).collect();
    json!({ "name": prompt.get("name"), "arguments": given })
}

/// A question for the values of the first argument of a prompt.
fn first_argument(prompt: &Value) -> Option<Value> {
    let (name, argument) = (prompt.get("name")?, prompt.pointer("/arguments/0/name")?);
    let reference = json!({ "type": "ref/prompt", "name": name });
    Some(json!({ "ref": reference, "argument": { "name": argument, "value": "" } }))
}
