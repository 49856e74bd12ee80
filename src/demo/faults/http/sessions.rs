//! Sessions whose ids are wrong, late, shifting or known to everybody, and sessions that do not end.

use super::memory::{Knock, Memory};
use crate::demo::{
    Fault,
    http::{Reply, Request, SESSION},
};

/// What makes an id one that no header can carry.
const ODD: &str = "\u{e9}";

/// A request arrives.
pub fn request(fault: Fault, request: &mut Request, knock: &Knock, memory: &Memory) {
    if knock.is_modern {
        return;
    }
    let headers = &mut request.headers;
    let id = headers.get(SESSION);
    let is_late = fault == Fault::SessionIdLate && id.is_none() && knock.method() != "initialize";
    let is_shifting = fault == Fault::SessionIdChanges && id.is_some();
    match (id, &memory.session) {
        (Some(id), _) if fault == Fault::SessionIdOdd => headers.set(SESSION, id.trim_end_matches(ODD)),
        (_, Some(session)) if is_late || is_shifting => headers.set(SESSION, session),
        _ => {}
    }
}

/// An answer leaves.
pub fn reply(fault: Fault, reply: &mut Reply, knock: &Knock, memory: &mut Memory) {
    if knock.is_modern {
        return;
    }
    let begun = reply.header(SESSION).map(str::to_owned);
    let unnamed = reply.status == 400 && !knock.has_session;
    match fault {
        Fault::SessionMissing500 if unnamed => reply.status = 500,
        Fault::SessionEnded400 if reply.status == 404 && knock.has_session => reply.status = 400,
        Fault::SessionIdOdd => {
            if let Some(id) = begun {
                reply.set(SESSION, &format!("{id}{ODD}"));
            }
        }
        Fault::SessionIdLate | Fault::SessionIdChanges => shift(fault, reply, begun, memory),
        _ => {}
    }
}

fn shift(fault: Fault, reply: &mut Reply, begun: Option<String>, memory: &mut Memory) {
    match (begun, &memory.session) {
        (Some(id), _) => {
            memory.session = Some(id);
            if fault == Fault::SessionIdLate {
                reply.without(SESSION);
            }
        }
        (None, Some(id)) if fault == Fault::SessionIdLate => reply.set(SESSION, &id.clone()),
        (None, Some(id)) if reply.status < 300 => {
            memory.ids += 1;
            reply.set(SESSION, &format!("{id}{}", memory.ids));
        }
        _ => {}
    }
}
