//! The demo server over Streamable HTTP of 2026-07-28: every request stands alone, and its headers say what it says.

mod demo_http_client;

use demo_http_client::{Answer, Server, call, initialize, modern, request};
use mcp_litmus::{demo::Options, model::Revision};
use serde_json::{Value, json};

const VERSION: (&str, &str) = ("MCP-Protocol-Version", "2026-07-28");
const CALL: (&str, &str) = ("Mcp-Method", "tools/call");

async fn server() -> Server {
    Server::start(Options::default()).await
}

fn seen(answer: &Answer) -> (u16, Value) {
    (answer.status, answer.json()["error"]["code"].clone())
}

#[tokio::test]
async fn headers_are_compared_with_the_body() {
    let server = server().await;
    let echo = modern(call("echo", &json!({ "text": "hi" })));
    for (headers, status) in [
        (vec![VERSION, CALL, ("Mcp-Name", "echo")], 200),
        (vec![("mcp-protocol-version", "2026-07-28"), ("MCP-METHOD", "tools/call"), ("mcp-name", "echo")], 200),
        (vec![VERSION, CALL, ("Mcp-Name", "=?base64?ZWNobw==?=")], 200),
        (vec![VERSION, CALL, ("Mcp-Name", "echo"), ("Mcp-Param-Nothing", "x")], 200),
        (vec![VERSION, CALL, ("Mcp-Name", "echo"), ("Mcp-Session-Id", "x"), ("Last-Event-ID", "y")], 200),
        (vec![CALL, ("Mcp-Name", "echo")], 400),
        (vec![("MCP-Protocol-Version", "2025-11-25"), CALL, ("Mcp-Name", "echo")], 400),
        (vec![VERSION, ("Mcp-Name", "echo")], 400),
        (vec![VERSION, CALL], 400),
        (vec![VERSION, ("Mcp-Method", "Tools/call"), ("Mcp-Name", "echo")], 400),
        (vec![VERSION, CALL, ("Mcp-Name", "Echo")], 400),
        (vec![VERSION, CALL, ("Mcp-Name", "=?BASE64?ZWNobw==?=")], 400),
        (vec![VERSION, CALL, ("Mcp-Name", "=?base64?ZWNobw?=")], 400),
        (vec![VERSION, CALL, ("Mcp-Name", "\u{e9}cho")], 400),
        (vec![VERSION, CALL, ("Mcp-Name", "echo"), ("Mcp-Name", "echo")], 400),
    ] {
        let answer = server.post(&headers, &echo).await;
        assert_eq!(answer.status, status, "{headers:?} {answer:?}");
        assert_eq!(answer.json()["id"], 1);
        assert_eq!(answer.json()["error"]["code"] == -32020, status == 400, "{answer:?}");
        assert_eq!(answer.header("mcp-session-id"), None);
    }
}

#[tokio::test]
async fn arguments_are_compared_as_what_they_are() {
    let server = server().await;
    let steps = |steps: &Value| modern(request("tools/call", &json!({ "name": "progress", "arguments": steps })));
    for (arguments, header, status) in [
        (json!({ "steps": 2 }), Some("2"), 200),
        (json!({ "steps": 2 }), Some("2.0"), 200),
        (json!({ "steps": 2 }), Some("=?base64?Mg==?="), 200),
        (json!({ "steps": 2 }), Some("3"), 400),
        (json!({ "steps": 2 }), None, 400),
        (json!({}), None, 200),
        (json!({}), Some("2"), 400),
    ] {
        let mut headers = vec![VERSION, CALL, ("Mcp-Name", "progress")];
        headers.extend(header.map(|value| ("mcp-param-steps", value)));
        assert_eq!(server.post(&headers, &steps(&arguments)).await.status, status, "{arguments} {header:?}");
    }
}

#[tokio::test]
async fn failures_have_their_status() {
    let server = server().await;
    let list = |version: &str| {
        let mut message = modern(request("tools/list", &json!({})));
        message["params"]["_meta"]["io.modelcontextprotocol/protocolVersion"] = json!(version);
        message
    };
    let lists = ("Mcp-Method", "tools/list");
    let unknown = server.post(&[VERSION, ("Mcp-Method", "x/y")], &modern(request("x/y", &json!({})))).await;
    assert_eq!(seen(&unknown), (404, json!(-32601)));
    let odd = server.post(&[("MCP-Protocol-Version", "1999-01-01"), lists], &list("1999-01-01")).await;
    assert_eq!(seen(&odd), (400, json!(-32022)));
    assert_eq!(odd.json()["error"]["data"]["supported"], json!(["2026-07-28"]));
    let bare = server.post(&[VERSION, lists], &request("tools/list", &json!({}))).await;
    assert_eq!(seen(&bare), (400, json!(-32602)));
    let sample = modern(request("tools/call", &json!({ "name": "sample" })));
    let undeclared = server.post(&[VERSION, CALL, ("Mcp-Name", "sample")], &sample).await;
    assert_eq!(seen(&undeclared), (400, json!(-32021)));
    let nobody = modern(request("tools/call", &json!({ "name": "nobody" })));
    let nobody = server.post(&[VERSION, CALL, ("Mcp-Name", "nobody")], &nobody).await;
    assert_eq!(seen(&nobody), (200, json!(-32602)));
    let told = json!({ "jsonrpc": "2.0", "method": "notifications/cancelled", "params": { "requestId": 1 } });
    assert_eq!(server.post(&[VERSION], &told).await.status, 202);
    let response = json!({ "jsonrpc": "2.0", "id": 1, "result": {} });
    assert_eq!(server.post(&[VERSION], &response).await.status, 400);
}

#[tokio::test]
async fn a_server_of_the_newest_revision_knows_no_sessions() {
    let server = Server::start(Options { revisions: vec![Revision::V2026_07_28], ..Options::default() }).await;
    for method in ["GET", "DELETE"] {
        assert_eq!(server.ask(method, "/mcp", &[("Mcp-Session-Id", "x")], "").await.status, 405);
    }
    let refused = server.post(&[], &initialize("2025-11-25")).await;
    assert_eq!(refused.status, 400);
    assert_eq!(refused.header("mcp-session-id"), None);
    let lists = modern(request("tools/list", &json!({})));
    let unversioned = server.post(&[("Mcp-Method", "tools/list")], &lists).await;
    assert_eq!(seen(&unversioned), (400, json!(-32020)));
}

#[tokio::test]
async fn clients_listen_apart_from_each_other() {
    let server = server().await;
    let wanted = json!({ "notifications": { "toolsListChanged": true } });
    let listen = modern(request("subscriptions/listen", &wanted)).to_string();
    let headers = [VERSION, ("Mcp-Method", "subscriptions/listen")];
    let mut one = server.open("POST", "/mcp", &headers, &listen).await;
    let mut two = server.open("POST", "/mcp", &headers, &listen).await;
    for stream in [&mut one, &mut two] {
        let begun = stream.said("acknowledged").await;
        assert_eq!(begun.header("content-type").as_deref(), Some("text/event-stream"));
    }
    drop(one);
    let change = modern(request("tools/call", &json!({ "name": "mutate" })));
    let mutate = [VERSION, CALL, ("Mcp-Name", "mutate")];
    assert_eq!(server.post(&mutate, &change).await.json()["result"]["content"][0]["text"], "added extra-1");
    let heard = two.said("list_changed").await.messages();
    assert_eq!((heard.len(), heard[1]["params"]["_meta"].as_object().map(serde_json::Map::len)), (2, Some(1)));
}

#[tokio::test]
async fn equal_ids_do_not_meet_and_a_closed_stream_is_a_cancelled_request() {
    let server = server().await;
    let headers = [VERSION, CALL, ("Mcp-Name", "slow")];
    let slow = modern(call("slow", &json!({ "ms": 3000 }))).to_string();
    let mut first = server.open("POST", "/mcp", &headers, &slow).await;
    assert!(first.said("step 1 ").await.body.contains("step 1 "));
    let echo = modern(call("echo", &json!({ "text": "hi" })));
    let answer = server.post(&[VERSION, CALL, ("Mcp-Name", "echo")], &echo).await;
    assert_eq!(answer.json()["result"]["content"][0]["text"], "hi");
    drop(first);
    let again = modern(call("slow", &json!({ "ms": 1 }))).to_string();
    let streamed = server.ask("POST", "/mcp", &headers, &again).await;
    assert_eq!((streamed.messages().len(), streamed.is_whole), (11, true));
    assert!(!streamed.body.contains("id: "), "{}", streamed.body);
}
