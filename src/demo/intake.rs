//! What becomes of a line that arrives.

use std::sync::{Arc, atomic::Ordering};

use serde_json::{Value, json};

use super::{
    batch, caller,
    failure::{Cause, Failure},
    faults::Verdict,
    lines::Line,
    offers::resources,
    route,
    rpc::{self, Incoming, Notification, Request},
    server::{Server, Work},
};
use crate::model::Era;

/// Takes in a line, and sees to it that it is answered.
pub async fn take_in(server: &Arc<Server>, line: Line) {
    if line.bytes.iter().all(u8::is_ascii_whitespace) {
        return;
    }
    let parsed: Option<Value> = if line.cut { None } else { serde_json::from_slice(&line.bytes).ok() };
    match server.faults.line(&line, parsed.as_ref()) {
        Verdict::Go => {}
        verdict => return obey(server, verdict, &Value::Null).await,
    }
    match parsed {
        Some(Value::Array(items)) => batch::take_in(server, items).await,
        Some(value) => single(server, value).await,
        None => {
            let text = json!(String::from_utf8_lossy(&line.bytes));
            refuse(server, &text, None, Failure::new(Cause::Parse, "this is no JSON")).await;
        }
    }
}

pub(super) async fn refuse(server: &Server, incoming: &Value, id: Option<&Value>, failure: Failure) {
    let revision = route::spoken_in(server, incoming);
    server.answer(&Arc::new(incoming.clone()), id, &Err(failure), revision).await;
}

/// Does what a fault demands.
pub(super) async fn obey(server: &Server, verdict: Verdict, incoming: &Value) {
    match verdict {
        Verdict::Go | Verdict::Ignore => {}
        Verdict::Die(code) => server.die(code),
        Verdict::Fail(failure) => refuse(server, incoming, incoming.get("id"), failure).await,
    }
}

async fn single(server: &Arc<Server>, mut value: Value) {
    let revision = route::spoken_in(server, &value);
    match server.faults.incoming(&mut value, revision, &server.spoken) {
        Verdict::Go => {}
        verdict => return obey(server, verdict, &value).await,
    }
    let incoming = Arc::new(value);
    match rpc::classify(&incoming) {
        Incoming::Request(request) => asked(server, &incoming, request).await,
        Incoming::Notification(notification) => told(server, &incoming, &notification).await,
        Incoming::Response(response) => server.client.settle(response),
        Incoming::Unfit(id, failure) => refuse(server, &incoming, id.as_ref(), failure).await,
    }
}

async fn asked(server: &Arc<Server>, incoming: &Arc<Value>, request: Request) {
    if request.method == "subscriptions/listen" && listen(server, incoming, &request).await {
        return;
    }
    let (revision, work) = route::route(server, &request);
    match work {
        Work::Said(answer) => {
            server.answer(incoming, Some(&request.id), &answer, revision).await;
        }
        Work::Running(running) => {
            let (busy, incoming, id) = (server.clone(), incoming.clone(), request.id.clone());
            server.calls.start(&request.id, |ticket| async move {
                let answer = running.await;
                if busy.calls.finish(ticket) {
                    busy.answer(&incoming, Some(&id), &answer, revision).await;
                }
            });
        }
    }
}

pub(super) async fn told(server: &Arc<Server>, incoming: &Value, notification: &Notification) {
    match notification.method.as_str() {
        "notifications/initialized" => server.session(|session| {
            if let Some(session) = session {
                session.initialized = true;
            }
        }),
        "notifications/cancelled" => {
            if let Some(id) = notification.params.get("requestId") {
                server.listens.close(id);
                server.calls.cancel(id);
            }
        }
        _ => {}
    }
    let revision = route::revision(server, &notification.params);
    for message in server.faults.unasked(incoming, revision) {
        server.tell(message, revision).await;
    }
    server.scripted(incoming, None, revision.era()).await;
}

/// Opens a stream of changes. Whether the request was one that can have an answer only later.
///
/// The acknowledgement counts as the first part of the answer, so a script replaces it as well.
async fn listen(server: &Arc<Server>, incoming: &Arc<Value>, request: &Request) -> bool {
    let revision = route::revision(server, &request.params);
    if revision.era() == Era::Legacy || caller::modern(&request.params, &server.spoken).is_err() {
        return false;
    }
    server.hears_modern();
    let extras = server.additions.resources.load(Ordering::Relaxed);
    match server.listens.open(request, |uri| resources::exists(uri, extras)) {
        Ok(_) if server.scripted(incoming, None, Era::Modern).await => server.listens.close(&request.id),
        Ok(acknowledgement) => server.tell(acknowledgement, revision).await,
        Err(failure) => {
            server.answer(incoming, Some(&request.id), &Err(failure), revision).await;
        }
    }
    true
}
