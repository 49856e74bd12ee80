//! What becomes of a message that arrives.

use std::sync::{Arc, atomic::Ordering};

use serde_json::{Value, json};

use super::{
    batch, caller,
    failure::{Cause, Failure},
    faults::Verdict,
    lines::Line,
    offers::resources,
    outbox::Outbox,
    route,
    rpc::{self, Incoming, Notification, Request},
    server::{Server, Start, Work},
};
use crate::model::{Era, Revision};

/// Takes in a line of a pipe, and sees to it that it is answered.
pub async fn take_in(server: &Arc<Server>, line: Line) {
    if line.bytes.iter().all(u8::is_ascii_whitespace) {
        return;
    }
    let parsed = if line.cut { None } else { serde_json::from_slice(&line.bytes).ok() };
    hear(server, &server.outbox, &line, parsed).await;
}

/// Takes in what came in one piece. What belongs to it goes to `outbox`.
pub async fn hear(server: &Arc<Server>, outbox: &Outbox, line: &Line, parsed: Option<Value>) {
    match server.faults.line(line, parsed.as_ref()) {
        Verdict::Go => {}
        verdict => return obey(server, outbox, verdict, &Value::Null).await,
    }
    match parsed {
        Some(Value::Array(items)) => batch::take_in(server, outbox, items).await,
        Some(value) => single(server, outbox, value).await,
        None => {
            let text = json!(String::from_utf8_lossy(&line.bytes));
            refuse(server, outbox, &text, None, Failure::new(Cause::Parse, "this is no JSON")).await;
        }
    }
}

/// Answers a message with a failure.
pub async fn refuse(server: &Server, outbox: &Outbox, incoming: &Value, id: Option<&Value>, failure: Failure) {
    let revision = route::spoken_in(server, incoming);
    server.answer(outbox, &Arc::new(incoming.clone()), id, &Err(failure), revision).await;
}

/// Does what a fault demands.
pub(super) async fn obey(server: &Server, outbox: &Outbox, verdict: Verdict, incoming: &Value) {
    match verdict {
        Verdict::Go | Verdict::Ignore => {}
        Verdict::Die(code) => server.die(code),
        Verdict::Fail(failure) => refuse(server, outbox, incoming, incoming.get("id"), failure).await,
    }
}

async fn single(server: &Arc<Server>, outbox: &Outbox, mut value: Value) {
    let revision = route::spoken_in(server, &value);
    match server.faults.incoming(&mut value, revision, &server.spoken) {
        Verdict::Go => {}
        verdict => return obey(server, outbox, verdict, &value).await,
    }
    let incoming = Arc::new(value);
    match rpc::classify(&incoming) {
        Incoming::Request(request) => asked(server, outbox, &incoming, request).await,
        Incoming::Notification(notification) => told(server, outbox, &incoming, &notification).await,
        Incoming::Response(response) => server.client.settle(response),
        Incoming::Unfit(id, failure) => refuse(server, outbox, &incoming, id.as_ref(), failure).await,
    }
}

async fn asked(server: &Arc<Server>, outbox: &Outbox, incoming: &Arc<Value>, request: Request) {
    if request.method == "subscriptions/listen" && listen(server, outbox, incoming, &request).await {
        return;
    }
    let (revision, work) = route::route(server, &request);
    match work {
        Work::Said(answer) => server.answer(outbox, incoming, Some(&request.id), &answer, revision).await,
        Work::Running(start) => run(server, outbox, incoming, request.id, start, revision),
    }
}

/// Starts a call. It ends early when nobody is left to hear of it.
fn run(server: &Arc<Server>, outbox: &Outbox, incoming: &Arc<Value>, id: Value, start: Start, revision: Revision) {
    let (busy, incoming, outbox) = (server.clone(), incoming.clone(), outbox.clone());
    server.calls.start(&id.clone(), |ticket| async move {
        let answer = tokio::select! {
            biased;
            answer = start(outbox.clone()) => Some(answer),
            () = outbox.hung_up() => None,
        };
        if let (true, Some(answer)) = (busy.calls.finish(ticket), answer) {
            busy.answer(&outbox, &incoming, Some(&id), &answer, revision).await;
        }
    });
}

pub(super) async fn told(server: &Arc<Server>, outbox: &Outbox, incoming: &Value, notification: &Notification) {
    match notification.method.as_str() {
        "notifications/initialized" => server.session(|session| {
            if let Some(session) = session {
                session.initialized = true;
            }
        }),
        "notifications/cancelled" if !server.is_shared => {
            if let Some(id) = notification.params.get("requestId") {
                server.listens.close(outbox, id);
                server.calls.cancel(id);
            }
        }
        _ => {}
    }
    let revision = route::revision(server, &notification.params);
    for message in server.faults.unasked(incoming, revision) {
        // A request of the server is no answer to this.
        let outbox = if message.get("method").is_some() { &server.outbox } else { outbox };
        outbox.tell(message, revision).await;
    }
    server.scripted(outbox, incoming, None, revision.era()).await;
}

/// Opens a stream of changes. Whether the request was one that can have an answer only later.
///
/// The acknowledgement counts as the first part of the answer, so a script replaces it as well.
async fn listen(server: &Arc<Server>, outbox: &Outbox, incoming: &Arc<Value>, request: &Request) -> bool {
    let revision = route::revision(server, &request.params);
    if revision.era() == Era::Legacy || caller::modern(&request.params, &server.spoken).is_err() {
        return false;
    }
    server.hears_modern();
    let extras = server.additions.resources.load(Ordering::Relaxed);
    match server.listens.open(outbox, request, |uri| resources::exists(uri, extras)) {
        Ok(_) if server.scripted(outbox, incoming, None, Era::Modern).await => {
            server.listens.close(outbox, &request.id);
        }
        Ok(acknowledgement) => outbox.tell(acknowledgement, revision).await,
        Err(failure) => server.answer(outbox, incoming, Some(&request.id), &Err(failure), revision).await,
    }
    true
}
