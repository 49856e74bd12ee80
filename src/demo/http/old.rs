//! HTTP+SSE of 2024-11-05: one stream on which everything is said, and a place beside it to post to.

use std::sync::Arc;

use super::{
    events::{Event, Events, Guard},
    host::Host,
    reply::Reply,
    request::Request,
    stream::Stream,
};
use crate::demo::intake;

/// Where the stream is opened.
pub const STREAM: &str = "/sse";
/// Where messages are posted.
pub const POSTS: &str = "/messages";

/// Opens a stream, which begins with the place to post to. The session ends with it.
pub fn open(host: &Arc<Host>) -> Reply {
    let stream = Stream::new("s");
    let session = host.greet_on(&stream);
    host.sessions.add(&session);
    let place = format!("{POSTS}?session={}", session.id);
    let first = Event { name: Some("endpoint".to_owned()), data: Some(place.into_bytes()), ..Event::default() };
    let guard = Guard::new({
        let (host, id) = (host.clone(), session.id.clone());
        move || {
            host.sessions.end(&id);
        }
    });
    Reply::events(Events { first: Some(first), ..Events::plain(stream.read(0)) }).until(guard)
}

/// Takes a message. Its answer comes on the stream.
pub async fn take(host: &Arc<Host>, request: &Request) -> Reply {
    let Some(id) = request.query("session") else { return Reply::text(400, "session is missing in the query") };
    let Some(session) = host.sessions.find(id) else { return Reply::text(404, "there is no such session") };
    let server = &session.server;
    if host.deviations.answers_posts() {
        return super::post::in_session(host, &session, request, request.message()).await;
    }
    intake::hear(server, &server.outbox, &host.line(request), request.message()).await;
    Reply::text(202, "Accepted")
}
