//! Doors that stand open for foreign pages, or shut for those who may come in.

use super::memory::Knock;
use crate::demo::{
    Fault,
    http::{Reply, Request},
};

const ORIGIN: &str = "Origin";

/// A request arrives.
pub fn request(fault: Fault, request: &mut Request) {
    let origin = request.headers.get(ORIGIN);
    let authority = origin.as_deref().and_then(|origin| origin.split_once("://")).map_or("", |(_, rest)| rest);
    let is_welcome = match fault {
        Fault::HttpForeignOriginServed => origin.as_deref().is_some_and(|origin| origin != "null"),
        Fault::HttpOriginPrefixServed => authority.starts_with("localhost") || authority.starts_with("127.0.0.1"),
        Fault::HttpNullOriginServed => origin.as_deref() == Some("null"),
        _ => false,
    };
    if is_welcome {
        request.headers.remove(ORIGIN);
    }
    match fault {
        Fault::HttpHostUnchecked => request.headers.set("Host", "localhost"),
        Fault::HttpNoOriginRefused if origin.is_none() => request.headers.set(ORIGIN, "http://nobody.invalid"),
        _ => {}
    }
}

/// An answer leaves.
pub fn reply(fault: Fault, reply: &mut Reply, knock: &Knock) {
    let is_refusal = reply.status == 403 && knock.has_origin && reply.header("www-authenticate").is_none();
    match fault {
        Fault::HttpOrigin400 if is_refusal => reply.status = 400,
        Fault::HttpOrigin401 if is_refusal => reply.status = 401,
        _ => {}
    }
}
