//! Plays the program against a server at an address, and says what has to be true of every such run.

use std::{io, time::Duration};

use mcp_litmus::model::Exit;

use crate::{
    harness::{Ended, play},
    server::{Act, Asked, Server, Wire, answer},
};

/// Our program's memory, whatever the server does.
const MEGABYTES: u64 = 100;
/// Every run ends long before that.
const LIMIT: Duration = Duration::from_secs(30);
pub const JSON: &str = "Content-Type: application/json\r\n";
pub const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
pub const EVENTS: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";

/// What is true of every run, and what this one says.
pub fn holds(ended: &Ended, exit: Exit, says: &[&str]) {
    let Ended { code, said, took, peak, left } = ended;
    // Seen with --nocapture.
    println!("exit {code:?}, {took:?}, {peak} MB\n{said}");
    // What a terminal wraps is one text all the same.
    let text = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(*code, Some(exit.code().into()), "after {took:?}:\n{said}");
    for words in says {
        assert!(text.contains(words), "it does not say `{words}`:\n{said}");
    }
    assert!(*took < LIMIT, "it took {took:?}");
    assert!(*peak < MEGABYTES, "it took {peak} MB");
    assert!(left.is_empty(), "left behind: {left:?}");
    let is_escape = |c: char| c.is_control() && c != '\n';
    assert!(!said.contains(is_escape), "a control character: {said:?}");
}

/// A check of what is at an address.
pub fn check(url: &str, more: &[&str]) -> Ended {
    play(&[&["check", "--url", url], more].concat())
}

/// No conversation comes about at this address.
pub fn unreachable_at(url: &str, more: &[&str], says: &[&str]) {
    let ended = check(url, more);
    holds(&ended, Exit::Unreachable, says);
    assert!(ended.said.contains("hint"), "no hint:\n{}", ended.said);
}

/// A server with which no conversation comes about, whatever it is asked.
pub fn unreachable(act: impl Act, says: &[&str]) -> Server {
    let server = Server::of(act);
    unreachable_at(&server.url(), &[], says);
    server
}

/// A server that says these bytes to whatever it is asked, and hangs up.
pub fn says(bytes: &'static [u8], says: &[&str]) {
    unreachable(
        move |_, wire| {
            wire.write_all(bytes)?;
            crate::server::hang_up()
        },
        says,
    );
}

/// A server that answers the handshake, and does this with every other request that wants an answer.
pub fn greets_and(then: impl Act) -> (Server, Ended) {
    let server = Server::of(
        move |asked: &Asked, wire: &mut dyn Wire| {
            if greets(asked, wire, "")? { Ok(()) } else { then(asked, wire) }
        },
    );
    let ended = play(&["run", "tests/hostile/suite.md", "--url", &server.url()]);
    (server, ended)
}

/// Answers the handshake, and what wants no answer. Gives whether that was all.
pub fn greets(asked: &Asked, wire: &mut dyn Wire, headers: &str) -> io::Result<bool> {
    match asked.id() {
        None if asked.body.is_empty() => answer(wire, "405 Method Not Allowed", "Allow: POST\r\n", "")?,
        None => answer(wire, "202 Accepted", "", "")?,
        Some(id) if asked.is("initialize") => {
            let result = r#"{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"greets","version":"1"}}"#;
            answer(wire, "200 OK", &format!("{JSON}{headers}"), response(&id, result))?;
        }
        Some(id) if asked.is("server/discover") => {
            let body = format!(r#"{{"jsonrpc":"2.0","id":{id},"error":{{"code":-32601,"message":"unknown"}}}}"#);
            answer(wire, "200 OK", JSON, body)?;
        }
        Some(_) => return Ok(false),
    }
    Ok(true)
}

/// The response to a request.
pub fn response(id: &str, result: &str) -> String {
    format!(r#"{{"jsonrpc":"2.0","id":{id},"result":{result}}}"#)
}
