//! The demo server over Streamable HTTP, as the older revisions have it: sessions, streams, and ways back to them.

mod demo_http_client;

use std::sync::Arc;

use demo_http_client::{Answer, Server, call, initialize, request};
use mcp_litmus::{
    demo::{HttpReply, HttpRequest, Options, Reply, Script},
    model::{Era, Revision},
};
use serde_json::{Value, json};

const SESSIONS: [Revision; 3] = [Revision::V2025_03_26, Revision::V2025_06_18, Revision::V2025_11_25];

async fn server() -> Server {
    Server::start(Options::default()).await
}

#[tokio::test]
async fn a_session_begins_lives_and_ends() {
    let server = server().await;
    for revision in Revision::ALL.into_iter().filter(|revision| revision.era() == Era::Legacy) {
        let session = server.session(revision.as_str()).await;
        assert!(session.len() >= 32 && session.bytes().all(|byte| byte.is_ascii_graphic()));
        let own = [("Mcp-Session-Id", session.as_str()), ("MCP-Protocol-Version", revision.as_str())];
        let listed = server.post(&own, &request("tools/list", &json!({}))).await;
        assert_eq!((listed.status, listed.header("content-type").as_deref()), (200, Some("application/json")));
        assert!(listed.json()["result"]["tools"].is_array(), "{listed:?}");
        let told = server.post(&own, &json!({ "jsonrpc": "2.0", "method": "notifications/unknown" })).await;
        assert_eq!((told.status, told.body.as_str()), (202, ""));
        assert_eq!(server.ask("DELETE", "/mcp", &own, "").await.status, 204);
        assert_eq!(server.post(&own, &request("ping", &json!({}))).await.status, 404);
        assert_eq!(server.ask("GET", "/mcp", &own, "").await.status, 404);
    }
}

#[tokio::test]
async fn requests_that_say_too_little_or_nonsense_are_refused() {
    let server = server().await;
    let session = server.session("2025-11-25").await;
    let own = ("Mcp-Session-Id", session.as_str());
    let ping = request("ping", &json!({}));
    for (headers, status) in [
        (vec![], 400),
        (vec![("Mcp-Session-Id", "nobody")], 404),
        (vec![own], 200),
        (vec![own, ("MCP-Protocol-Version", "2025-06-18")], 200),
        (vec![own, ("MCP-Protocol-Version", "1999-01-01")], 400),
        (vec![own, ("Content-Type", "text/plain")], 415),
        (vec![own, ("Origin", "http://localhost:5173")], 200),
        (vec![own, ("Origin", "http://evil.example")], 403),
        (vec![own, ("Origin", "null")], 403),
        (vec![own, ("Host", "evil.example")], 403),
    ] {
        assert_eq!(server.post(&headers, &ping).await.status, status, "{headers:?}");
    }
    for (body, code) in [("{", -32700), ("[]", -32600), ("5", -32600)] {
        let answer = server.ask("POST", "/mcp", &[own], body).await;
        assert_eq!((answer.status, &answer.json()["error"]["code"]), (400, &json!(code)), "{body}");
    }
    for (method, path, status) in [("GET", "/mcp", 400), ("PUT", "/mcp", 405), ("GET", "/", 404), ("GET", "/sse", 404)]
    {
        assert_eq!(server.ask(method, path, &[], "").await.status, status, "{method} {path}");
    }
}

#[tokio::test]
async fn what_precedes_an_answer_makes_it_a_stream_to_come_back_to() {
    let server = server().await;
    for revision in SESSIONS {
        let session = server.session(revision.as_str()).await;
        let own = [("Mcp-Session-Id", session.as_str())];
        let streamed = server.post(&own, &call("progress", &json!({ "steps": 2 }))).await;
        assert_eq!(streamed.header("content-type").as_deref(), Some("text/event-stream"));
        assert_eq!(streamed.header("x-accel-buffering").as_deref(), Some("no"));
        assert!(streamed.is_whole);
        let messages = streamed.messages();
        assert!(messages.len() == 3 && messages[2]["result"].is_object(), "{messages:?}");
        let is_primed = streamed.body.starts_with("id: ") && streamed.body.contains("\ndata:\n\n");
        assert_eq!(is_primed, revision == Revision::V2025_11_25, "{}", streamed.body);
        let ids: Vec<&str> = streamed.body.lines().filter_map(|line| line.strip_prefix("id: ")).collect();
        let first = ids[usize::from(is_primed)];
        let resumed = server.ask("GET", "/mcp", &[own[0], ("Last-Event-ID", first)], "").await;
        assert_eq!(resumed.messages(), messages[1..]);
        let unknown = server.ask("GET", "/mcp", &[own[0], ("Last-Event-ID", "p99-1")], "").await;
        assert_eq!(unknown.status, 400);
    }
}

#[tokio::test]
async fn a_lost_connection_ends_no_work_and_loses_no_answer() {
    let server = server().await;
    let session = server.session("2025-11-25").await;
    let own = [("Mcp-Session-Id", session.as_str())];
    let slow = call("slow", &json!({ "ms": 300 })).to_string();
    let mut lost = server.open("POST", "/mcp", &own, &slow).await;
    let begun = lost.said("step 1 of 10").await;
    let id = begun.body.lines().find_map(|line| line.strip_prefix("id: ")).unwrap().to_owned();
    drop(lost);
    let resumed = server.ask("GET", "/mcp", &[own[0], ("Last-Event-ID", &id)], "").await;
    let messages = resumed.messages();
    assert_eq!((messages.len(), &messages[10]["result"]["content"][0]["text"]), (11, &json!("300 ms have passed")));
}

#[tokio::test]
async fn the_server_asks_on_the_stream_of_the_request_and_tells_changes_on_another() {
    let server = server().await;
    for revision in SESSIONS {
        let session = server.session(revision.as_str()).await;
        let own = [("Mcp-Session-Id", session.as_str())];
        let mut listening = server.open("GET", "/mcp", &own, "").await;
        let mut asking = server.open("POST", "/mcp", &own, &call("roots", &json!({})).to_string()).await;
        let asked = asking.said("roots/list").await.messages().pop().unwrap();
        let answer = json!({ "jsonrpc": "2.0", "id": asked["id"], "result": { "roots": [] } });
        assert_eq!(server.post(&own, &answer).await.status, 202);
        assert_eq!(asking.whole().await.messages()[1]["result"]["content"][0]["text"], "0 roots: ");
        server.post(&own, &call("mutate", &json!({}))).await;
        let heard = listening.said("list_changed").await.messages();
        assert_eq!((heard.len(), &heard[0]["method"]), (1, &json!("notifications/tools/list_changed")));
        assert_eq!(server.ask("DELETE", "/mcp", &own, "").await.status, 204);
        assert!(listening.whole().await.is_whole);
    }
}

#[tokio::test]
async fn a_batch_is_answered_where_it_is_known() {
    let server = server().await;
    for revision in SESSIONS {
        let session = server.session(revision.as_str()).await;
        let own = [("Mcp-Session-Id", session.as_str())];
        let told = json!({ "jsonrpc": "2.0", "method": "notifications/unknown" });
        let batch = json!([request("ping", &json!({})), told, { "jsonrpc": "2.0", "id": "b", "method": "ping" }]);
        let answer = server.post(&own, &batch).await;
        let is_known = revision == Revision::V2025_03_26;
        assert_eq!(answer.status, if is_known { 200 } else { 400 });
        assert_eq!(answer.json().as_array().map(Vec::len), is_known.then_some(2));
        if is_known {
            assert_eq!(server.post(&own, &json!([told])).await.status, 202);
        }
    }
}

#[tokio::test]
async fn a_cancelled_request_ends_without_an_answer() {
    let server = server().await;
    let session = server.session("2025-06-18").await;
    let own = [("Mcp-Session-Id", session.as_str())];
    let mut slow = server.open("POST", "/mcp", &own, &call("slow", &json!({ "ms": 3000 })).to_string()).await;
    slow.said("step 1").await;
    let cancel = json!({ "jsonrpc": "2.0", "method": "notifications/cancelled", "params": { "requestId": 1 } });
    assert_eq!(server.post(&own, &cancel).await.status, 202);
    let ended = slow.whole().await;
    assert!(ended.is_whole && ended.messages().iter().all(|message| message.get("result").is_none()));
}

#[tokio::test]
async fn one_connection_serves_many_requests_and_no_nonsense() {
    let server = server().await;
    let body = initialize("2025-11-25").to_string();
    let once = format!("POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    let twice = server.raw(format!("{once}{once}").as_bytes()).await;
    let both = twice_whole(twice).await;
    assert_eq!(both.matches("protocolVersion").count(), 2);
    for (bytes, status) in [
        ("nonsense\r\n\r\n".to_owned(), 400),
        (format!("GET /mcp HTTP/1.1\r\nA: {}", "x".repeat(70_000)), 431),
        ("POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999\r\n\r\n".to_owned(), 413),
        ("POST /mcp HTTP/1.1\r\nContent-Length: 0\r\n\r\n".to_owned(), 400),
    ] {
        assert_eq!(server.raw(bytes.as_bytes()).await.whole().await.status, status);
    }
}

async fn twice_whole(mut exchange: demo_http_client::Exchange) -> String {
    exchange.until(|answer| answer.body.matches("protocolVersion").count() == 2).await.body
}

/// Says something else to one request, and as another kind of answer to another.
struct Odd;

impl Script for Odd {
    fn reply(&self, incoming: &Value, _: Option<&Value>, _: Era) -> Reply {
        let line = |number: u32| json!({ "jsonrpc": "2.0", "id": 1, "result": { "n": number } }).to_string();
        match incoming["method"].as_str() {
            Some("one") => Reply::Lines(vec![line(1)]),
            Some("two") => Reply::Lines(vec![line(1), line(2)]),
            Some("none") => Reply::Lines(Vec::new()),
            _ => Reply::Own,
        }
    }

    fn http(&self, request: &HttpRequest) -> Option<HttpReply> {
        let headers = vec![("content-type".to_owned(), Some("text/html".to_owned()))];
        let patch = HttpReply { status: Some(418), headers, body: Some(b"<p>".to_vec()) };
        (request.method == "POST" && request.rpc.as_deref() == Some("page")).then_some(patch)
    }
}

#[tokio::test]
async fn a_script_speaks_over_http_too() {
    let server = Server::start(Options { script: Some(Arc::new(Odd)), ..Options::default() }).await;
    let session = server.session("2025-11-25").await;
    let own = [("Mcp-Session-Id", session.as_str())];
    let ask = async |method: &str| -> Answer { server.post(&own, &request(method, &json!({}))).await };
    assert_eq!(ask("one").await.json()["result"]["n"], 1);
    assert_eq!(ask("two").await.messages().len(), 2);
    let silent = ask("none").await;
    assert_eq!((silent.status, silent.messages().len(), silent.is_whole), (200, 0, true));
    let page = ask("page").await;
    assert_eq!((page.status, page.body.as_str()), (418, "<p>"));
    assert_eq!(page.header("content-type").as_deref(), Some("text/html"));
}
