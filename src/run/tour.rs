//! A walk through everything that a server offers, so that the watches have something to judge.
//!
//! Ordinary traffic only: lists, calls that may be made, prompts, resources, one method and one notification that
//! nobody knows. Nothing is judged here.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::calls::{Caller, name};
use crate::{
    model::Revision,
    session::{Answer, List, Meta, Session, Ticket},
};

/// How many items of each list are looked into.
const EACH: usize = 12;

/// The calls of a tour that are still under way.
pub(super) struct Underway {
    calls: Vec<(String, Ticket)>,
    since: Instant,
    pace: Duration,
}

/// Walk through what the server offers, with several requests in flight at a time. Tools may be slow: their answers
/// are not waited for here.
pub(super) async fn tour(session: &mut Session, caller: &Caller) -> Underway {
    let began = Instant::now();
    session.alive().await;
    let mut tickets = vec![session.send("litmus/no-such-method", Some(json!({})), &Meta::Standard, None).await];
    session.notify("notifications/litmus-unknown", Some(json!({})), &Meta::Standard).await;
    let (since, calls) = (Instant::now(), call_tools(session, caller).await);
    for (method, params, meta) in requests(session).await {
        tickets.push(session.send(method, Some(params), &meta, None).await);
    }
    let within = session.patience();
    for ticket in tickets {
        if session.answer(&ticket, within).await == Answer::Closed {
            break;
        }
    }
    Underway { calls, since, pace: began.elapsed() }
}

impl Underway {
    /// Give the calls what is left of the time that a tool has; one that takes longer is not called again. That its
    /// answer is in by now says nothing: it was under way for as long as the checks in between took.
    pub(super) async fn settle(self, session: &mut Session, caller: &Caller) {
        let patience = (self.pace * 2).clamp(LEAST, MOST);
        for (tool, ticket) in self.calls {
            let left = patience.saturating_sub(self.since.elapsed());
            let in_time = session.is_answered(&ticket, left).await;
            if !in_time || session.took(&ticket).is_some_and(|took| took > patience) {
                caller.spare(&tool);
            }
        }
    }
}

/// How long a tool may take before it counts as slow: twice what all the other requests of the tour took together,
/// within these bounds. On a busy machine everything takes longer, and tools may, too.
const LEAST: Duration = Duration::from_millis(100);
const MOST: Duration = Duration::from_secs(2);

type Request = (&'static str, Value, Meta);

async fn requests(session: &mut Session) -> Vec<Request> {
    let declares = |capability: &str| declares(session, capability);
    let (prompted, stocked) = (declares("prompts"), declares("resources"));
    // The first revision has completion, and no way to declare it.
    let completed = declares("completions") || session.revision() == Revision::V2024_11_05;
    let mut requests: Vec<Request> = Vec::new();
    if prompted {
        let mut prompts = session.list(List::Prompts).await;
        prompts.retain(|prompt| List::Prompts.address(prompt).is_some());
        requests.extend(prompts.iter().take(EACH).map(|prompt| ("prompts/get", get(prompt), Meta::Standard)));
        requests.push(("prompts/get", json!({ "name": "litmus-no-such-prompt" }), Meta::Standard));
        if completed {
            let argument = prompts.iter().find_map(first_argument);
            requests.extend(argument.map(|params| ("completion/complete", params, Meta::Standard)));
        }
    }
    if stocked {
        let resources = session.list(List::Resources).await;
        let uris = resources.iter().filter_map(|resource| List::Resources.address(resource)).take(EACH);
        let uris = uris.chain(["litmus://no/such/resource"]);
        requests.extend(uris.map(|uri| ("resources/read", json!({ "uri": uri }), Meta::Standard)));
        session.list(List::Templates).await;
    }
    requests
}

fn declares(session: &Session, capability: &str) -> bool {
    session.greeting.as_ref().is_some_and(|greeting| greeting.capabilities.get(capability).is_some())
}

/// Each tool that may be called, with a progress token that is a text or a number in turn.
async fn call_tools(session: &mut Session, caller: &Caller) -> Vec<(String, Ticket)> {
    let mut sent = Vec::new();
    if !declares(session, "tools") {
        return sent;
    }
    for (index, call) in caller.calls(session).await.items.into_iter().take(EACH).enumerate() {
        let token = if index % 2 == 0 { json!(format!("litmus-{index}")) } else { json!(1000 + index) };
        let params = json!({ "name": call["tool"]["name"], "arguments": call["arguments"] });
        let meta = Meta::Merge(json!({ "progressToken": token }));
        let ticket = session.send("tools/call", Some(params), &meta, None).await;
        sent.push((name(&call).to_owned(), ticket));
    }
    sent
}

/// A prompt with every argument that it has.
fn get(prompt: &Value) -> Value {
    let arguments = prompt.get("arguments").and_then(Value::as_array).into_iter().flatten();
    let names = arguments.filter_map(|argument| argument.get("name")?.as_str());
    let given: serde_json::Map<String, Value> = names.map(|name| (name.to_owned(), json!(value(name)))).collect();
    json!({ "name": prompt.get("name"), "arguments": given })
}

/// What an argument of that name gets: what a server hands back as an address has to be one.
fn value(name: &str) -> &'static str {
    let name = name.to_ascii_lowercase();
    if name.contains("uri") || name.contains("url") { "litmus://none" } else { "litmus" }
}

/// A question for the values of the first argument of a prompt.
fn first_argument(prompt: &Value) -> Option<Value> {
    let (name, argument) = (prompt.get("name")?, prompt.pointer("/arguments/0/name")?.as_str()?);
    let reference = json!({ "type": "ref/prompt", "name": name });
    Some(json!({ "ref": reference, "argument": { "name": argument, "value": "" } }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_asked_for_with_one() {
        let prompt = json!({ "name": "p", "arguments": [{ "name": "resourceUri" }, { "name": "text" }, {}] });
        let arguments = json!({ "resourceUri": "litmus://none", "text": "litmus" });
        assert_eq!(get(&prompt), json!({ "name": "p", "arguments": arguments }));
    }
}
