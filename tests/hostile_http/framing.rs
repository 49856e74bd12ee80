//! Answers that are framed wrongly, or no HTTP at all.

use std::io::Write;

use mcp_litmus::model::Exit;

use crate::{
    server::{Asked, Server, Wire, answer, hang_up, mute},
    stage::{EVENTS, HEAD, JSON, check, greets, greets_and, holds, response, says, unreachable, unreachable_at},
};

#[test]
fn a_body_shorter_than_its_length() {
    says(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", &["before the body was complete"]);
}

#[test]
fn a_body_longer_than_its_length() {
    says(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n{\"jsonrpc\":", &["there are bytes behind the end"]);
}

#[test]
fn garbage_for_chunks() {
    says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n", &["the size of a chunk is no number"]);
    says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}garbage", &["a chunk does not end"]);
    says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}", &["POST /mcp"]);
    says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n{}", &["POST /mcp"]);
}

#[test]
fn another_protocol() {
    let server = Server::raw("127.0.0.1", |mut stream| {
        stream.write_all(b"SSH-2.0-OpenSSH_9.6\r\n")?;
        mute(stream)
    });
    unreachable_at(&server.url(), &[], &["no HTTP", "`SSH-2.0-OpenSSH_9.6`"]);
    says(b"220 mail.example ESMTP\r\n", &["`220 mail.example ESMTP`"]);
    says(b"\x15\x03\x01\x00\x02\x02\x46", &["no HTTP"]);
}

#[test]
fn bytes_that_are_no_text() {
    says(
        b"HTTP/1.1 200 OK\r\nContent-Type: \xff\xfe\r\nX-\xff: \xff\r\nContent-Length: 2\r\n\r\n\xff\xfe",
        &["POST /mcp"],
    );
    unreachable(
        |_, wire| {
            wire.write_all(EVENTS)?;
            wire.write_all(b"data: {\"jsonrpc\":\"2.0\",\xff\xfe}\n\nevent: \xff\ndata: \x1b[31m\xff\n\n")?;
            hang_up()
        },
        &["the stream ended without a message"],
    );
}

#[test]
fn two_content_types() {
    let both = "Content-Type: text/html\r\nContent-Type: application/json\r\n";
    unreachable(move |_, wire| answer(wire, "200 OK", both, "<h1>Hello</h1>"), &["POST /mcp", "text/html"]);
    let (_, ended) =
        greets_and(move |asked, wire| answer(wire, "200 OK", both, response(&asked.id().unwrap_or_default(), "{}")));
    holds(&ended, Exit::Clean, &[]);
}

#[test]
fn an_answer_before_the_request_is_complete() {
    let server = Server::raw("127.0.0.1", |mut stream| {
        let mut first = [0; 1];
        std::io::Read::read_exact(&mut stream, &mut first)?;
        stream.write_all(b"HTTP/1.1 413 Content Too Large\r\nContent-Length: 9\r\n\r\ntoo large")?;
        Ok(())
    });
    unreachable_at(&server.url(), &[], &["413"]);
}

/// A server whose session id is no text for a terminal.
fn odd_session(id: &'static str, exit: Exit, says: &[&str]) {
    let server = Server::of(move |asked: &Asked, wire: &mut dyn Wire| {
        if !greets(asked, wire, &format!("Mcp-Session-Id: {id}\r\n"))? {
            answer(wire, "200 OK", JSON, response(&asked.id().unwrap_or_default(), "{}"))?;
        }
        Ok(())
    });
    holds(&check(&server.url(), &["--verbose", "--only", "sessions/*"]), exit, says);
    for asked in server.asked() {
        let lines = asked.head.replace("\r\n", "");
        assert!(!lines.contains(['\r', '\n', '\0']), "its line break went into our request: {:?}", asked.head);
    }
}

#[test]
fn a_session_id_with_escapes() {
    odd_session("\x1b]0;owned\x07\x1b[31mred\u{9b}2J", Exit::Findings, &["session"]);
}

#[test]
fn a_session_id_with_line_breaks() {
    odd_session("a\nX-Injected: yes", Exit::Findings, &["session"]);
    odd_session("a\rX-Injected: yes", Exit::Findings, &["session"]);
}

#[test]
fn escapes_everywhere() {
    let odd = "\x1b]0;owned\x07\x1b[2J\u{202e}";
    unreachable(
        move |_, wire| answer(wire, &format!("500 {odd}"), &format!("X-{odd}: {odd}\r\nContent-Type: {odd}\r\n"), odd),
        &["500"],
    );
}

#[test]
fn an_answer_that_is_only_half_there() {
    says(HEAD, &["the connection ended within the head"]);
    says(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{}", &["POST /mcp"]);
}
