//! Several messages in one array, as revision 2025-03-26 knows them: answered by one array.

use std::sync::Arc;

use serde_json::Value;
use tokio::sync::oneshot;

use super::{
    failure::{Cause, Failure},
    faults::Verdict,
    intake::{obey, refuse, told},
    outbox::Outgoing,
    route,
    rpc::{self, Incoming},
    server::{Server, Work},
};
use crate::model::Revision;

/// An answer that is there, or will be unless its request is cancelled.
enum Part {
    Here(Value),
    Coming(oneshot::Receiver<Value>),
}

/// Takes in an array of messages.
pub async fn take_in(server: &Arc<Server>, items: Vec<Value>) {
    let agreed = server.session(|session| session.as_ref().map(|session| session.revision));
    let refusal = if agreed != Some(Revision::V2025_03_26) {
        Some("a message has to be an object")
    } else if items.is_empty() {
        Some("a batch has to hold something")
    } else {
        None
    };
    if let Some(why) = refusal {
        return refuse(server, &Value::Array(items), None, Failure::new(Cause::Request, why)).await;
    }
    let mut parts = Vec::new();
    for item in items {
        parts.extend(part(server, item).await);
    }
    if !parts.is_empty() {
        let busy = server.clone();
        server.calls.follow(async move { answer(&busy, parts).await });
    }
}

async fn part(server: &Arc<Server>, mut item: Value) -> Option<Part> {
    let revision = route::spoken_in(server, &item);
    match server.faults.incoming(&mut item, revision, &server.spoken) {
        Verdict::Go => {}
        verdict => {
            obey(server, verdict, &item).await;
            return None;
        }
    }
    match rpc::classify(&item) {
        Incoming::Request(request) => {
            let (revision, work) = route::route(server, &request);
            match work {
                Work::Said(said) => {
                    unless_scripted(server, &item, rpc::answer(Some(&request.id), &said, revision)).await
                }
                Work::Running(running) => {
                    let (sender, coming) = oneshot::channel();
                    let (busy, id) = (server.clone(), request.id.clone());
                    server.calls.start(&request.id, |ticket| async move {
                        let said = running.await;
                        if busy.calls.finish(ticket) {
                            let _ = sender.send(rpc::answer(Some(&id), &said, revision));
                        }
                    });
                    Some(Part::Coming(coming))
                }
            }
        }
        Incoming::Unfit(id, failure) => {
            let revision = server.revision();
            unless_scripted(server, &item, rpc::answer(id.as_ref(), &Err(failure), revision)).await
        }
        Incoming::Notification(notification) => {
            told(server, &item, &notification).await;
            None
        }
        Incoming::Response(response) => {
            server.client.settle(response);
            None
        }
    }
}

async fn unless_scripted(server: &Server, item: &Value, message: Value) -> Option<Part> {
    let scripted = server.scripted(item, Some(&message), server.revision().era()).await;
    (!scripted).then_some(Part::Here(message))
}

async fn answer(server: &Server, parts: Vec<Part>) {
    let mut messages = Vec::new();
    for part in parts {
        match part {
            Part::Here(message) => messages.push(message),
            Part::Coming(coming) => messages.extend(coming.await.ok()),
        }
    }
    if !messages.is_empty() {
        let (message, revision) = (Value::Array(messages), server.revision());
        server.outbox.send(Outgoing { message, request: None, cause: None, revision }).await;
    }
}
