//! Servers that send us elsewhere. Nothing goes to another host.

use std::io;

use mcp_litmus::model::Exit;

use crate::{
    harness::Ended,
    server::{Act, Asked, Server, Wire, answer, hang_up, mute},
    stage::{EVENTS, JSON, check, greets, holds, response},
};

/// Another host, and how to reach it.
fn other() -> (Server, String) {
    let other = Server::raw("127.0.0.2", mute);
    let url = format!("http://127.0.0.2:{}", other.port);
    (other, url)
}

/// Check a server that knows of another host, which never hears of us.
fn stays_home<A: Act>(act: impl FnOnce(String) -> A, more: &[&str]) -> (Server, Ended) {
    let (other, url) = other();
    let server = Server::of(act(url));
    let ended = check(&server.url(), more);
    assert_eq!(other.accepted(), 0, "another host was reached:\n{}", ended.said);
    (server, ended)
}

#[test]
fn a_redirect_to_another_host() {
    for status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let (_, ended) = stays_home(
            |url| move |_: &Asked, wire: &mut dyn Wire| answer(wire, status, &format!("Location: {url}/mcp\r\n"), ""),
            &[],
        );
        holds(&ended, Exit::Unreachable, &["sends us on to another host: http://127.0.0.2", "--url"]);
    }
}

#[test]
fn a_redirect_that_goes_round_in_circles() {
    let server = Server::of(|asked, wire| {
        let to = if asked.head.contains(" /mcp ") { "/a" } else { "/mcp" };
        answer(wire, "307 Temporary Redirect", &format!("Location: {to}\r\n"), "")
    });
    holds(&check(&server.url(), &[]), Exit::Unreachable, &["round in circles"]);
    let server = Server::of(|_, wire| answer(wire, "307 Temporary Redirect", "Location: /mcp\r\n", ""));
    holds(&check(&server.url(), &[]), Exit::Unreachable, &["round in circles"]);
}

#[test]
fn a_redirect_to_nowhere() {
    for location in ["", "Location: \r\n", "Location: javascript:alert(1)\r\n", "Location: http://\x1b[31m/\r\n"] {
        let server = Server::of(move |_, wire| answer(wire, "302 Found", location, ""));
        holds(&check(&server.url(), &[]), Exit::Unreachable, &["hint"]);
    }
}

#[test]
fn an_endpoint_on_another_host() {
    let (_, ended) = stays_home(
        |url| {
            move |asked: &Asked, wire: &mut dyn Wire| {
                if !asked.head.starts_with("GET") {
                    return answer(wire, "404 Not Found", "", "");
                }
                wire.write_all(EVENTS)?;
                write!(wire, "event: endpoint\ndata: {url}/messages\n\n")?;
                mute(ReadWire(wire))
            }
        },
        &[],
    );
    holds(&ended, Exit::Unreachable, &["--allow-host 127.0.0.2"]);
    let (_, ended) = stays_home(
        |url| {
            move |_: &Asked, wire: &mut dyn Wire| {
                wire.write_all(EVENTS)?;
                write!(wire, "event: endpoint\ndata: {url}/messages\n\n")?;
                mute(ReadWire(wire))
            }
        },
        &["--transport", "sse"],
    );
    holds(&ended, Exit::Unreachable, &["--allow-host 127.0.0.2"]);
}

/// The reading half of a wire.
struct ReadWire<'a>(&'a mut dyn Wire);

impl io::Read for ReadWire<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

#[test]
fn a_challenge_that_points_to_another_host() {
    let (_, ended) = stays_home(
        |url| {
            move |asked: &Asked, wire: &mut dyn Wire| {
                let metadata = format!(
                    r#"{{"resource":"{url}/mcp","authorization_servers":["{url}"],"jwks_uri":"{url}/keys","resource_documentation":"{url}/"}}"#
                );
                if asked.head.contains("/.well-known/") {
                    return answer(wire, "200 OK", JSON, metadata);
                }
                let challenge = format!(
                    "WWW-Authenticate: Bearer resource_metadata=\"{url}/.well-known/oauth-protected-resource\"\r\n"
                );
                answer(wire, "401 Unauthorized", &challenge, "")
            }
        },
        &[],
    );
    holds(&ended, Exit::Clean, &["authorization/", "401"]);
}

#[test]
fn schemas_icons_and_links_on_another_host() {
    let (server, ended) = stays_home(
        |url| {
            move |asked: &Asked, wire: &mut dyn Wire| {
                let cookie = format!(
                    "Set-Cookie: a=b; Domain=127.0.0.2\r\nLink: <{url}/x>; rel=preload\r\nRefresh: 0; url={url}\r\nContent-Location: {url}\r\n"
                );
                if greets(asked, wire, &cookie)? {
                    return Ok(());
                }
                let Some(id) = asked.id() else { return hang_up() };
                let tool = format!(
                    r#"{{"name":"a","description":"{url}","inputSchema":{{"type":"object","$schema":"{url}/meta","$id":"{url}/id","properties":{{"x":{{"$ref":"{url}/x.json"}}}}}},"outputSchema":{{"type":"object","$ref":"{url}/o.json"}},"annotations":{{"readOnlyHint":true}},"icons":[{{"src":"{url}/icon.png"}}]}}"#
                );
                let result = if asked.is("tools/list") {
                    format!(r#"{{"tools":[{tool}]}}"#)
                } else {
                    format!(
                        r#"{{"content":[{{"type":"resource_link","uri":"{url}/r","name":"r"}}],"structuredContent":{{}}}}"#
                    )
                };
                answer(wire, "200 OK", &format!("{JSON}{cookie}"), response(&id, &result))
            }
        },
        &["--call", "all"],
    );
    holds(&ended, Exit::Findings, &[]);
    let returned = server.asked().iter().any(|asked| asked.head.to_ascii_lowercase().contains("\r\ncookie:"));
    assert!(!returned, "a cookie was kept");
}
