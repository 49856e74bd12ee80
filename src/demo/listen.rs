//! Who wants to hear of which changes: streams of `subscriptions/listen`.

use std::sync::Mutex;

use serde_json::{Value, json};

use super::{
    caller::SUBSCRIPTION,
    calls::locked,
    failure::{Cause, Failure, malformed},
    outbox::Outbox,
    rpc::{self, Members, Request},
};

/// So many streams can be open at once.
const OPEN: usize = 100;
const KINDS: [&str; 3] = ["toolsListChanged", "promptsListChanged", "resourcesListChanged"];

/// Something that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The list of tools.
    Tools,
    /// The list of prompts.
    Prompts,
    /// The list of resources.
    Resources,
    /// A resource.
    Updated(String),
}

impl Change {
    /// The notification that tells it.
    pub fn method(&self) -> &'static str {
        match self {
            Self::Tools => "notifications/tools/list_changed",
            Self::Prompts => "notifications/prompts/list_changed",
            Self::Resources => "notifications/resources/list_changed",
            Self::Updated(_) => "notifications/resources/updated",
        }
    }

    /// What the notification says.
    pub fn params(&self) -> Value {
        match self {
            Self::Updated(uri) => json!({ "uri": uri }),
            _ => json!({}),
        }
    }

    fn wanted(&self, filter: &Value) -> bool {
        match self {
            Self::Tools => filter["toolsListChanged"] == true,
            Self::Prompts => filter["promptsListChanged"] == true,
            Self::Resources => filter["resourcesListChanged"] == true,
            Self::Updated(uri) => {
                filter["resourceSubscriptions"].as_array().is_some_and(|uris| uris.contains(&json!(uri)))
            }
        }
    }
}

#[derive(Clone)]
struct Stream {
    id: Value,
    filter: Value,
    outbox: Outbox,
}

/// The open streams.
#[derive(Default)]
pub struct Listens(Mutex<Vec<Stream>>);

impl Listens {
    /// Opens a stream, and gives the notification that acknowledges it.
    pub fn open(&self, outbox: &Outbox, request: &Request, exists: impl Fn(&str) -> bool) -> Result<Value, Failure> {
        let filter = filter(&request.params, exists)?;
        let mut streams = locked(&self.0);
        streams.retain(|stream| !stream.outbox.is_hung_up());
        if streams.len() >= OPEN {
            return Err(Failure::new(Cause::Busy, "too many open streams"));
        }
        let params = json!({ "_meta": { SUBSCRIPTION: request.id }, "notifications": filter });
        streams.push(Stream { id: request.id.clone(), filter, outbox: outbox.clone() });
        Ok(rpc::notification("notifications/subscriptions/acknowledged", &params))
    }

    /// Closes a stream of this client without a word: the client wants to hear no more.
    pub fn close(&self, outbox: &Outbox, id: &Value) {
        locked(&self.0).retain(|stream| stream.id != *id || !stream.outbox.leads_where(outbox));
    }

    /// Closes all; what is left to say is the result of each.
    pub fn close_all(&self) -> Vec<(Outbox, Value, Value)> {
        let streams = std::mem::take(&mut *locked(&self.0));
        let result = |id: &Value| json!({ "resultType": "complete", "_meta": { SUBSCRIPTION: id } });
        streams.into_iter().map(|stream| (stream.outbox, stream.id.clone(), result(&stream.id))).collect()
    }

    /// The notifications that tell a change to those who want to hear of it.
    pub fn tell(&self, change: &Change) -> Vec<(Outbox, Value)> {
        let mut streams = locked(&self.0);
        streams.retain(|stream| !stream.outbox.is_hung_up());
        let wanting = streams.iter().filter(|stream| change.wanted(&stream.filter));
        wanting
            .map(|stream| {
                let mut params = change.params();
                params["_meta"] = json!({ SUBSCRIPTION: stream.id });
                (stream.outbox.clone(), rpc::notification(change.method(), &params))
            })
            .collect()
    }
}

/// What of the wanted can be told: nothing else is acknowledged.
fn filter(params: &Members, exists: impl Fn(&str) -> bool) -> Result<Value, Failure> {
    let wanted = params.get("notifications").and_then(Value::as_object);
    let wanted = wanted.ok_or_else(|| malformed("notifications has to be an object"))?;
    let mut honoured = json!({});
    for kind in KINDS {
        match wanted.get(kind) {
            None | Some(Value::Bool(false)) => {}
            Some(Value::Bool(true)) => honoured[kind] = json!(true),
            Some(_) => return Err(malformed(format!("{kind} has to be a boolean"))),
        }
    }
    if let Some(uris) = wanted.get("resourceSubscriptions") {
        let uris: Vec<String> = serde_json::from_value(uris.clone())
            .map_err(|_| malformed("resourceSubscriptions has to be a list of strings"))?;
        let known: Vec<_> = uris.into_iter().filter(|uri| exists(uri)).collect();
        if !known.is_empty() {
            honoured["resourceSubscriptions"] = json!(known);
        }
    }
    Ok(honoured)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::demo::faults::Faults;

    #[test]
    fn only_what_was_asked_for_and_is_there_is_acknowledged() {
        let params = json!({ "notifications": {
            "toolsListChanged": true, "promptsListChanged": false, "resourceSubscriptions": ["a:1", "b:2"],
        } });
        let Value::Object(params) = params else { unreachable!() };
        let honoured = filter(&params, |uri| uri == "a:1").unwrap();
        assert_eq!(honoured, json!({ "toolsListChanged": true, "resourceSubscriptions": ["a:1"] }));
        assert!(Change::Updated("a:1".into()).wanted(&honoured));
        assert!(!Change::Updated("b:2".into()).wanted(&honoured) && !Change::Prompts.wanted(&honoured));
    }

    #[tokio::test]
    async fn a_stream_that_was_closed_is_told_nothing() {
        let (outbox, _) = Outbox::open(tokio::io::sink(), Arc::new(Faults::new(&[])));
        let listens = Listens::default();
        let params = json!({ "notifications": { "toolsListChanged": true } });
        let Value::Object(params) = params else { unreachable!() };
        let request = Request { id: json!(7), method: String::new(), params };
        listens.open(&outbox, &request, |_| true).unwrap();
        assert_eq!(listens.tell(&Change::Tools)[0].1["params"]["_meta"][SUBSCRIPTION], 7);
        listens.close(&outbox, &json!("7"));
        assert_eq!(listens.tell(&Change::Tools).len(), 1);
        listens.close(&outbox, &json!(7));
        assert!(listens.tell(&Change::Tools).is_empty());
    }
}
