//! Messages that are posted, and the form in which they are answered.

use std::{sync::Arc, time::Duration};

use serde_json::Value;

use super::{
    Parcel, Writer,
    events::{Events, Guard},
    get::{self, SESSION, VERSION},
    host::Host,
    metadata,
    reply::Reply,
    request::Request,
    session::Session,
    stream::{Shape, Stream},
};
use crate::{
    demo::{
        caller,
        failure::{Cause, Failure},
        intake,
        outbox::Outbox,
        server::Server,
    },
    model::{Era, Revision},
};

/// So long an answer may take before a stream is begun without it.
const SOON: Duration = Duration::from_millis(500);

/// Answers a post.
pub async fn answer(host: &Arc<Host>, request: &Request) -> Reply {
    let media = request.headers.get("content-type").unwrap_or_else(|| "application/json".to_owned());
    if !media.split(';').next().is_some_and(|media| media.trim().eq_ignore_ascii_case("application/json")) {
        return Reply::text(415, "a message is application/json");
    }
    let message = request.message();
    let version = request.headers.get(VERSION);
    let named = version.as_ref().and_then(|version| get::spoken(host, version)).map(Revision::era);
    let says_modern = message.as_ref().and_then(|message| message["params"].as_object()).is_some_and(caller::is_modern);
    if let Some(modern) = host.modern.as_ref().filter(|_| says_modern || named == Some(Era::Modern)) {
        return stateless(host, modern, request, message).await;
    }
    let greets = message.as_ref().is_some_and(|message| message["method"] == "initialize");
    if greets && host.speaks_legacy() && !request.headers.has(SESSION) {
        return greet(host, request, message).await;
    }
    if request.headers.has(SESSION) && host.speaks_legacy() {
        return match get::session(host, request) {
            Ok(session) => in_session(host, &session, request, message).await,
            Err(refusal) => refusal,
        };
    }
    match &host.modern {
        // A version that is not spoken, or none where none is needed but the modern one.
        Some(modern) if version.is_some() && named.is_none() || !host.speaks_legacy() => {
            stateless(host, modern, request, message).await
        }
        _ => Reply::text(400, "Mcp-Session-Id is missing"),
    }
}

/// A message that stands alone.
async fn stateless(host: &Host, server: &Arc<Server>, request: &Request, message: Option<Value>) -> Reply {
    let stream = Stream::new("m");
    let outbox = Outbox::to_stream(Writer::new(stream.clone()), server.faults.clone());
    // Closing the connection cancels the request.
    let guard = Guard::new({
        let (stream, others) = (stream.clone(), host.deviations.fellows(&stream));
        move || {
            stream.hang_up();
            for other in &others {
                other.finish();
            }
        }
    });
    let failure = message.as_ref().and_then(|message| unfit(request, message, server));
    let listens = message.as_ref().is_some_and(|message| message["method"] == "subscriptions/listen");
    let (asks, streams) = (asks(message.as_ref()), host.deviations.prefers_streams());
    match (failure, &message) {
        (Some(failure), Some(message)) => {
            // An answer has the id of another request, and no error is about that one.
            let own = message.get("id").filter(|_| message.get("method").is_some());
            intake::refuse(server, &outbox, message, own, failure).await;
        }
        _ => intake::hear(server, &outbox, &host.line(request), message).await,
    }
    drop(outbox);
    match shape(&stream).await {
        Shape::Nothing if !asks => Reply::empty(202),
        Shape::Single(parcel) if !(streams || listens) || parcel.code.is_some() => single(parcel, Era::Modern),
        _ => Reply::events(Events::plain(stream.read(0))).until(guard),
    }
}

/// What is wrong with the headers of a message, or with its being here.
fn unfit(request: &Request, message: &Value, server: &Server) -> Option<Failure> {
    if message.get("method").is_none() && (message.get("result").is_some() || message.get("error").is_some()) {
        return Some(Failure::new(Cause::Request, "nothing was asked that this could answer"));
    }
    if asks(Some(message)) { metadata::check(&request.headers, message, server).err() } else { None }
}

/// A handshake.
async fn greet(host: &Host, request: &Request, message: Option<Value>) -> Reply {
    let session = host.greet();
    let reply = in_session(host, &session, request, message).await;
    if session.server.session(|session| session.is_none()) {
        return reply;
    }
    host.sessions.add(&session);
    reply.with(SESSION, &session.id)
}

pub(super) async fn in_session(
    host: &Host,
    session: &Arc<Session>,
    request: &Request,
    message: Option<Value>,
) -> Reply {
    let stream = session.stream();
    let outbox = Outbox::to_stream(Writer::new(stream.clone()), session.server.faults.clone());
    let asks = asks(message.as_ref());
    let strays = host.deviations.answers_elsewhere() && request.headers.has(SESSION);
    let way = if strays { &session.server.outbox } else { &outbox };
    intake::hear(&session.server, way, &host.line(request), message).await;
    drop(outbox);
    match shape(&stream).await {
        Shape::Nothing if !asks => Reply::empty(202),
        Shape::Single(parcel) if !host.deviations.prefers_streams() || parcel.code.is_some() => {
            single(parcel, Era::Legacy)
        }
        _ => Reply::events(Events::resumable(stream.read(0), get::is_primed(session))),
    }
}

async fn shape(stream: &Stream) -> Shape {
    tokio::time::timeout(SOON, stream.shape()).await.unwrap_or(Shape::Events)
}

/// Whether an answer is wanted.
fn asks(message: Option<&Value>) -> bool {
    let is_request = |message: &Value| message.get("method").is_some() && message.get("id").is_some();
    match message {
        Some(Value::Array(items)) => items.iter().any(is_request),
        Some(message) => is_request(message),
        None => true,
    }
}

/// One message as the whole answer.
fn single(parcel: Parcel, era: Era) -> Reply {
    Reply::json(status(&parcel, era), parcel.bytes)
}

/// The status that goes with an answer. Only the newest revision says more than that a request was bad.
fn status(parcel: &Parcel, era: Era) -> u16 {
    match (parcel.code, era) {
        (Some(-32700 | -32600), _) => 400,
        (Some(-32601), Era::Modern) => 404,
        (Some(-32022..=-32020), Era::Modern) => 400,
        (Some(_), Era::Modern) if parcel.cause == Some(Cause::Meta) => 400,
        _ => 200,
    }
}
