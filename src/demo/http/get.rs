//! What the older revisions do beside posting: listening, coming back to a stream, and saying goodbye.

use std::sync::Arc;

use super::{events::Events, host::Host, reply::Reply, request::Request, session::Session};
use crate::model::{Era, Revision};

/// Where a request names its session.
pub const SESSION: &str = "Mcp-Session-Id";
/// Where a request names its version.
pub const VERSION: &str = "MCP-Protocol-Version";
/// Where a client says how far it has heard.
const LAST: &str = "Last-Event-ID";

/// Opens a stream for what belongs to no request, or goes on with one that was interrupted.
pub fn listen(host: &Arc<Host>, request: &Request) -> Reply {
    let session = match session(host, request) {
        Ok(session) => session,
        Err(refusal) => return refusal,
    };
    let Some(last) = request.headers.get(LAST) else {
        return match session.listeners.open() {
            Some(stream) => Reply::events(Events::resumable(stream.read(0), is_primed(&session))),
            None => Reply::text(409, "enough streams are open"),
        };
    };
    match session.find(&last) {
        Some((stream, number)) => Reply::events(Events::resumable(stream.read(number), false)),
        None => Reply::text(400, "no event of this id is kept"),
    }
}

/// Ends a session.
pub fn end(host: &Arc<Host>, request: &Request) -> Reply {
    match session(host, request) {
        Ok(session) => {
            if !host.deviations.keeps_sessions() {
                host.sessions.end(&session.id);
            }
            Reply::empty(204)
        }
        Err(refusal) => refusal,
    }
}

/// The answer to a method that is not there.
pub fn not_allowed(host: &Host) -> Reply {
    let allowed = if host.speaks_legacy() { "POST, GET, DELETE" } else { "POST" };
    Reply::text(405, "this method leads nowhere").with("Allow", allowed)
}

/// The session of a request that cannot do without one.
pub fn session(host: &Host, request: &Request) -> Result<Arc<Session>, Reply> {
    let version = request.headers.get(VERSION);
    let revision = version.as_ref().map(|version| spoken(host, version));
    if !host.speaks_legacy() || revision.flatten().is_some_and(|revision| revision.era() == Era::Modern) {
        return Err(not_allowed(host));
    }
    let id = request.headers.get(SESSION).ok_or_else(|| Reply::text(400, "Mcp-Session-Id is missing"))?;
    let session = host.sessions.find(&id).ok_or_else(|| Reply::text(404, "there is no such session"))?;
    if revision == Some(None) {
        return Err(Reply::text(400, "this protocol version is not spoken"));
    }
    Ok(session)
}

/// The revision of this name, if it is spoken.
pub fn spoken(host: &Host, version: &str) -> Option<Revision> {
    host.options.revisions.iter().copied().find(|revision| revision.as_str() == version)
}

/// Whether the client is told at once how to come back.
pub fn is_primed(session: &Session) -> bool {
    session.server.revision() >= Revision::V2025_11_25
}
