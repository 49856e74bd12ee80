//! Servers that say no to everything.

use mcp_litmus::model::Exit;

use crate::{
    server::{Server, answer},
    stage::{check, holds, unreachable},
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
        ("204 No Content", "204"),
        ("202 Accepted", "202"),
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
}
