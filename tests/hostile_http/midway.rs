//! Servers that answer the handshake, and then do their worst.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread::sleep,
    time::Duration,
};

use mcp_litmus::model::Exit;

use crate::{
    server::{Server, answer, hang_up},
    stage::{EVENTS, HEAD, check, greets, greets_and, holds},
};

#[test]
fn closes_every_connection() {
    let (_, ended) = greets_and(|_, _| hang_up());
    holds(&ended, Exit::Findings, &["suite/ping"]);
}

#[test]
fn falls_silent() {
    let (_, ended) = greets_and(|_, _| {
        sleep(Duration::from_secs(100));
        Ok(())
    });
    holds(&ended, Exit::Findings, &["suite/ping", "silence"]);
}

#[test]
fn fails_at_everything() {
    let (_, ended) = greets_and(|_, wire| answer(wire, "500 Internal Server Error", "", "out of luck"));
    holds(&ended, Exit::Findings, &["suite/ping", "500"]);
}

#[test]
fn says_half_of_it() {
    let (_, ended) = greets_and(|_, wire| {
        wire.write_all(&[HEAD, b"Content-Length: 100\r\n\r\n{\"jsonrpc\""].concat())?;
        hang_up()
    });
    holds(&ended, Exit::Findings, &["suite/ping"]);
    let (_, ended) = greets_and(|_, wire| {
        wire.write_all(EVENTS)?;
        wire.write_all(b"id: 1\nretry: 0\ndata:\n\n")?;
        hang_up()
    });
    holds(&ended, Exit::Findings, &["suite/ping"]);
}

#[test]
fn one_that_is_gone_after_the_handshake() {
    let dead = AtomicBool::new(false);
    let server = Server::of(move |asked, wire| {
        if dead.load(Ordering::SeqCst) || !greets(asked, wire, "Mcp-Session-Id: a\r\n")? {
            dead.store(true, Ordering::SeqCst);
            return hang_up();
        }
        Ok(())
    });
    holds(&check(&server.url(), &[]), Exit::Findings, &["closed the connection"]);
}
