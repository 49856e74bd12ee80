//! Servers that never stop, or say far too much.

use mcp_litmus::model::Exit;

use crate::{
    harness::Ended,
    server::{Server, answer, endless},
    stage::{EVENTS, HEAD, JSON, check, greets, greets_and, holds, response, unreachable, unreachable_at},
};

/// Much at once, so that a server costs little.
fn block(text: &str) -> Vec<u8> {
    text.repeat(64 * 1024 / text.len()).into_bytes()
}

/// This, and then these again and again, as the answer to anything.
fn never_stops(first: &[u8], again: &str, says: &[&str]) {
    let (first, again) = (first.to_vec(), block(again));
    unreachable(move |_, wire| endless(wire, &first, &again), says);
}

#[test]
fn endless_headers() {
    never_stops(HEAD, "X-More: and more\r\n", &["there are too many headers"]);
    never_stops(HEAD, "x", &["the head is too long"]);
}

#[test]
fn endless_announcements() {
    never_stops(b"", "HTTP/1.1 100 Continue\r\n\r\n", &["the head is too long"]);
    never_stops(b"", "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", &["the head is too long"]);
}

#[test]
fn an_endless_event_without_a_newline() {
    let (first, again) = ([EVENTS, b"data: "].concat(), block("x"));
    let server = Server::of(move |_, wire| endless(wire, &first, &again));
    // A slow machine takes a while to read so much.
    unreachable_at(&server.url(), &["--startup-timeout", "20s"], &["(text/event-stream)", "longer than 64 MB"]);
}

#[test]
fn endless_events() {
    let event = "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"info\",\"data\":\"x\"}}\n\n";
    // Each is held against its description, which takes a slow machine a while.
    let patient = ["--startup-timeout", "4s"];
    for again in [event, "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n\n"] {
        let again = block(again);
        let server = Server::of(move |_, wire| endless(wire, EVENTS, &again));
        unreachable_at(&server.url(), &patient, &["flooded its streams", "is it the right address?"]);
    }
    never_stops(EVENTS, "data: x\n\n", &["flooded its streams"]);
    never_stops(EVENTS, "\n", &["did not come in time"]);
}

#[test]
fn ten_gigabytes() {
    never_stops(&[HEAD, b"Content-Length: 10000000000\r\n\r\n"].concat(), " ", &["the body is longer than 64 MB"]);
    never_stops(&[HEAD, b"Content-Length: 10000000000\r\n\r\n["].concat(), "0,", &["the body is longer than 64 MB"]);
}

#[test]
fn ten_gigabytes_in_chunks() {
    let chunk = format!("8000\r\n{}\r\n", "x".repeat(0x8000));
    never_stops(&[HEAD, b"Transfer-Encoding: chunked\r\n\r\n"].concat(), &chunk, &["the body is longer than 64 MB"]);
    never_stops(
        &[HEAD, b"Transfer-Encoding: chunked\r\n\r\n"].concat(),
        "1\r\nx\r\n",
        &["POST /mcp was answered with 200"],
    );
}

#[test]
fn a_body_of_fifty_megabytes() {
    let text = "x".repeat(50_000_000);
    let act = move |asked: &crate::server::Asked, wire: &mut dyn crate::server::Wire| {
        let id = asked.id().unwrap_or_default();
        answer(wire, "200 OK", JSON, response(&id, &format!(r#"{{"text":"{text}"}}"#)))
    };
    unreachable(act, &["the body is longer than any message may be"]);
}

#[test]
fn a_gzip_bomb() {
    let zeros = [b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03".as_slice(), &vec![0; 100_000]].concat();
    unreachable(
        move |_, wire| answer(wire, "200 OK", &format!("{JSON}Content-Encoding: gzip\r\n"), &zeros),
        &["content coding that was not asked for"],
    );
}

#[test]
fn greets_and_then_a_body_of_fifty_megabytes() {
    let text = "x".repeat(50_000_000);
    let (_, ended) = greets_and(move |asked, wire| {
        answer(wire, "200 OK", JSON, response(&asked.id().unwrap_or_default(), &format!(r#"{{"text":"{text}"}}"#)))
    });
    holds(&ended, Exit::Findings, &["suite/ping"]);
}

#[test]
fn greets_and_then_endless_events() {
    let event = block("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\"}\n\n");
    let (_, ended) = greets_and(move |_, wire| endless(wire, EVENTS, &event));
    holds(&ended, Exit::Findings, &["suite/ping"]);
}

/// Check what a server with so many session ids makes of its sessions.
fn session_ids(count: usize) -> Ended {
    let headers: String = (0..count).map(|id| format!("Mcp-Session-Id: session-{id}\r\n")).collect();
    let server = Server::of(move |asked, wire| {
        if !greets(asked, wire, &headers)? {
            answer(wire, "200 OK", JSON, response(&asked.id().unwrap_or_default(), "{}"))?;
        }
        Ok(())
    });
    check(&server.url(), &["--only", "sessions/*"])
}

#[test]
fn a_thousand_session_ids() {
    holds(&session_ids(1000), Exit::Unreachable, &["there are too many headers"]);
    holds(&session_ids(50), Exit::Findings, &["session"]);
}
