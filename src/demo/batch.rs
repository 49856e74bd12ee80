//! Several messages in one array, as revision 2025-03-26 knows them: answered by one array.

use std::sync::Arc;

use serde_json::Value;
use tokio::sync::oneshot;

use super::{
    failure::{Cause, Failure},
    faults::Verdict,
    intake::{obey, refuse, told},
    outbox::Outbox,
    route,
    rpc::{self, Incoming},
    server::{Server, Start, Work},
};
use crate::model::Revision;

/// An answer that is there, or will be unless its request is cancelled.
enum Part {
    Here(Value),
    Coming(oneshot::Receiver<Value>),
}

/// Takes in an array of messages.
pub async fn take_in(server: &Arc<Server>, outbox: &Outbox, items: Vec<Value>) {
    let agreed = server.session(|session| session.as_ref().map(|session| session.revision));
    let refusal = if agreed != Some(Revision::V2025_03_26) {
        Some("a message has to be an object")
    } else if items.is_empty() {
        Some("a batch has to hold something")
    } else {
        None
    };
    if let Some(why) = refusal {
        return refuse(server, outbox, &Value::Array(items), None, Failure::new(Cause::Request, why)).await;
    }
    let mut parts = Vec::new();
    for item in items {
        parts.extend(part(server, outbox, item).await);
    }
    if !parts.is_empty() {
        let (busy, outbox) = (server.clone(), outbox.clone());
        server.calls.follow(async move { answer(&busy, &outbox, parts).await });
    }
}

async fn part(server: &Arc<Server>, outbox: &Outbox, mut item: Value) -> Option<Part> {
    let revision = route::spoken_in(server, &item);
    match server.faults.incoming(&mut item, revision, &server.spoken) {
        Verdict::Go => {}
        verdict => {
            obey(server, outbox, verdict, &item).await;
            return None;
        }
    }
    match rpc::classify(&item) {
        Incoming::Request(request) => {
            let (revision, work) = route::route(server, &request);
            match work {
                Work::Said(said) => {
                    unless_scripted(server, outbox, &item, rpc::answer(Some(&request.id), &said, revision)).await
                }
                Work::Running(start) => Some(Part::Coming(run(server, outbox, request.id, start, revision))),
            }
        }
        Incoming::Unfit(id, failure) => {
            let revision = server.revision();
            unless_scripted(server, outbox, &item, rpc::answer(id.as_ref(), &Err(failure), revision)).await
        }
        Incoming::Notification(notification) => {
            told(server, outbox, &item, &notification).await;
            None
        }
        Incoming::Response(response) => {
            server.client.settle(response);
            None
        }
    }
}

/// Starts a call whose answer waits for those of the others.
fn run(server: &Arc<Server>, outbox: &Outbox, id: Value, start: Start, revision: Revision) -> oneshot::Receiver<Value> {
    let (sender, coming) = oneshot::channel();
    let (busy, outbox) = (server.clone(), outbox.clone());
    server.calls.start(&id.clone(), |ticket| async move {
        let said = start(outbox).await;
        if busy.calls.finish(ticket) {
            let _ = sender.send(rpc::answer(Some(&id), &said, revision));
        }
    });
    coming
}

async fn unless_scripted(server: &Server, outbox: &Outbox, item: &Value, message: Value) -> Option<Part> {
    let scripted = server.scripted(outbox, item, Some((&message, None)), server.revision().era()).await;
    (!scripted).then_some(Part::Here(message))
}

async fn answer(server: &Server, outbox: &Outbox, parts: Vec<Part>) {
    let mut messages = Vec::new();
    for part in parts {
        match part {
            Part::Here(message) => messages.push(message),
            Part::Coming(coming) => messages.extend(coming.await.ok()),
        }
    }
    if !messages.is_empty() {
        outbox.tell(Value::Array(messages), server.revision()).await;
    }
}
