//! Answers with the wrong status, the wrong type, the wrong length.

use super::{bytes, memory::Knock};
use crate::demo::{
    Fault,
    http::{Body, ENDPOINT, Framing, Reply, Request, VERSION},
};

/// A request arrives.
pub fn request(fault: Fault, request: &mut Request, knock: &Knock) {
    if fault == Fault::HttpVersionGarbageAccepted && knock.is_garbled() {
        request.headers.remove(VERSION);
    }
}

/// An answer leaves.
pub fn reply(fault: Fault, reply: &mut Reply, request: &Request, knock: &Knock) {
    if request.path != ENDPOINT {
        return;
    }
    match request.method.as_str() {
        "GET" => listened(fault, reply),
        "POST" => posted(fault, reply, knock),
        _ => {}
    }
    if fault == Fault::HttpVersionGarbage500 && knock.is_garbled() {
        *reply = Reply::empty(500);
    }
}

fn listened(fault: Fault, reply: &mut Reply) {
    if !matches!(reply.body, Body::Events(_)) {
        return;
    }
    match fault {
        Fault::HttpGetJson => *reply = Reply::json(200, b"{}".to_vec()),
        Fault::HttpGet404 => *reply = Reply::text(404, "cannot GET"),
        Fault::HttpGet406 => *reply = Reply::text(406, "cannot GET"),
        _ => {}
    }
}

fn posted(fault: Fault, reply: &mut Reply, knock: &Knock) {
    if reply.status == 202 {
        match fault {
            Fault::HttpNotification200 => reply.status = 200,
            Fault::HttpNotification204 => reply.status = 204,
            Fault::HttpNotificationBody => *reply = Reply::json(202, b"{}".to_vec()),
            _ => {}
        }
        return;
    }
    let is_initialize = knock.method() == "initialize";
    let is_unversioned = knock.version.is_none() && !knock.is_modern && !is_initialize;
    if fault == Fault::HttpVersionMissingRefused && is_unversioned && reply.status < 300 {
        *reply = Reply::text(400, "MCP-Protocol-Version is missing");
    } else if reply.header("content-type") == Some("application/json") {
        if let Body::Full(body) = &mut reply.body {
            spoil(fault, body, &mut reply.framing);
        }
        relabel(fault, reply);
    }
}

fn spoil(fault: Fault, body: &mut Vec<u8>, framing: &mut Framing) {
    match fault {
        Fault::HttpArrayAnswer if body.starts_with(b"{") => *body = [b"[", body.as_slice(), b"]"].concat(),
        Fault::HttpTwoValues => *body = [body.as_slice(), b"\n", body.as_slice()].concat(),
        Fault::HttpLengthShort => *framing = Framing::Short,
        Fault::HttpLengthLong => *framing = Framing::Long,
        Fault::HttpChunkGarbage => {
            *framing = Framing::Garbage;
            *body = [b"zz\r\n", body.as_slice(), b"\r\n0\r\n\r\n"].concat();
        }
        Fault::HttpGzipUnasked => *body = bytes::gzip(body),
        _ => {}
    }
}

fn relabel(fault: Fault, reply: &mut Reply) {
    match fault {
        Fault::HttpHtml => reply.set("Content-Type", "text/html"),
        Fault::HttpNoContentType => reply.without("Content-Type"),
        Fault::HttpGzipUnasked => reply.set("Content-Encoding", "gzip"),
        Fault::HttpServerError if reply.status == 200 => reply.status = 500,
        _ => {}
    }
}
