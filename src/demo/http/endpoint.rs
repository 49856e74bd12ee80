//! Which request leads where.

use std::sync::Arc;

use super::{auth, get, host::Host, old, post, reply::Reply, request::Request, visitor};

/// Where Streamable HTTP is spoken.
pub const ENDPOINT: &str = "/mcp";

/// Answers a request.
pub async fn answer(host: &Arc<Host>, request: &Request) -> Reply {
    let own = passed(host, request).await;
    let patch = host.options.script.as_ref().and_then(|script| script.http(&request.for_script()));
    match patch {
        Some(patch) => own.patched(patch),
        None => own,
    }
}

/// The answer, through the doors of the faults.
async fn passed(host: &Arc<Host>, request: &Request) -> Reply {
    let Some(mut passage) = host.deviations.passage(request) else { return own(host, request).await };
    let mut reply = match passage.enter() {
        Some(reply) => reply,
        None => own(host, &passage.request).await,
    };
    passage.leave(&mut reply);
    reply
}

async fn own(host: &Arc<Host>, request: &Request) -> Reply {
    if let Err(refusal) = visitor::admit(request) {
        return refusal.into();
    }
    if let Err(reply) = auth::admit(&host.options, request) {
        return reply;
    }
    let streamable = !host.options.sse;
    match (request.path.as_str(), request.method.as_str()) {
        (ENDPOINT, "POST") if streamable => post::answer(host, request).await,
        (ENDPOINT, "GET") if streamable => get::listen(host, request),
        (ENDPOINT, "DELETE") if streamable => get::end(host, request),
        (ENDPOINT, _) if streamable => get::not_allowed(host),
        (old::STREAM, "GET") if !streamable => old::open(host),
        (old::POSTS, "POST") if !streamable => old::take(host, request).await,
        (old::STREAM, _) if !streamable => Reply::text(405, "a stream is opened with GET").with("Allow", "GET"),
        (old::POSTS, _) if !streamable => Reply::text(405, "messages are posted").with("Allow", "POST"),
        _ => Reply::text(404, "there is nothing here"),
    }
}
