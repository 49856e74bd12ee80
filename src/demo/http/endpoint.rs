//! Which request leads where.

use std::sync::Arc;

use super::{get, host::Host, post, reply::Reply, request::Request, visitor};
use crate::demo::Options;

/// Where Streamable HTTP is spoken.
pub const ENDPOINT: &str = "/mcp";

/// Answers a request.
pub async fn answer(host: &Arc<Host>, request: &Request) -> Reply {
    let own = own(host, request).await;
    patched(&host.options, request, own)
}

async fn own(host: &Arc<Host>, request: &Request) -> Reply {
    if let Err(refusal) = visitor::admit(request) {
        return refusal.into();
    }
    if request.path != ENDPOINT {
        return Reply::text(404, "there is nothing here");
    }
    match request.method.as_str() {
        "POST" => post::answer(host, request).await,
        "GET" => get::listen(host, request),
        "DELETE" => get::end(host, request),
        _ => get::not_allowed(host),
    }
}

/// The answer with what the script puts over it.
fn patched(options: &Options, request: &Request, own: Reply) -> Reply {
    let patch = options.script.as_ref().and_then(|script| script.http(&request.for_script()));
    match patch {
        Some(patch) => own.patched(patch),
        None => own,
    }
}
