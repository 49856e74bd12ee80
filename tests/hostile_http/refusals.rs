//! Servers that say no to everything.

use mcp_litmus::model::Exit;

use crate::{
    server::{Server, answer},
    stage::{check, holds, unreachable, unreachable_at},
};

#[test]
fn errors_for_everything() {
    for (status, says) in [
        ("500 Internal Server Error", "the server fails by itself"),
        ("503 Service Unavailable", "the server fails by itself"),
        ("404 Not Found", "is the path right?"),
        ("405 Method Not Allowed", "is the path right?"),
        ("403 Forbidden", "--bearer"),
        ("429 Too Many Requests", "429"),
        ("204 No Content", "the body is empty"),
        ("202 Accepted", "the body is empty"),
        ("999 Odd", "999"),
        ("101 Switching Protocols", "POST /mcp"),
    ] {
        unreachable(move |_, wire| answer(wire, status, "", ""), &["POST /mcp", says]);
    }
}

#[test]
fn unauthorized_without_a_word() {
    let server = Server::of(|_, wire| answer(wire, "401 Unauthorized", "", ""));
    holds(&check(&server.url(), &[]), Exit::Findings, &["401"]);
    // Whoever has given a token wants to know that it does not open anything.
    unreachable_at(&server.url(), &["--bearer", "secret-token"], &["answered with 401", "is the token right"]);
}
