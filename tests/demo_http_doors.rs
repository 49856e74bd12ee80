//! The demo server over HTTP+SSE of 2024-11-05, and behind a token.

mod demo_http_client;

use demo_http_client::{Server, call, initialize, modern, request};
use mcp_litmus::{
    demo::Options,
    model::{Era, Revision},
};
use serde_json::json;

#[tokio::test]
async fn everything_comes_on_the_one_stream() {
    let server = Server::start(Options { sse: true, ..Options::default() }).await;
    for revision in Revision::ALL.into_iter().filter(|revision| revision.era() == Era::Legacy) {
        let mut stream = server.open("GET", "/sse", &[], "").await;
        let begun = stream.said("\n\n").await;
        assert_eq!(begun.header("content-type").as_deref(), Some("text/event-stream"));
        assert!(begun.body.starts_with("event: endpoint\ndata: /messages?session="), "{}", begun.body);
        let place = begun.body.lines().find_map(|line| line.strip_prefix("data: ")).unwrap().to_owned();
        let answer = server.ask("POST", &place, &[], &initialize(revision.as_str()).to_string()).await;
        assert_eq!((answer.status, answer.body.contains("jsonrpc")), (202, false));
        let greeted = stream.said("serverInfo").await;
        assert!(greeted.body.contains(&format!("\"protocolVersion\":\"{revision}\"")), "{}", greeted.body);
        let ready = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
        server.ask("POST", &place, &[], &ready.to_string()).await;
        server.ask("POST", &place, &[], &call("progress", &json!({ "steps": 2 })).to_string()).await;
        let body = stream.said("2 steps done").await.body;
        assert_eq!(body.matches("event: message\ndata: {").count(), 4, "{body}");
        assert_eq!(server.ask("POST", "/messages?session=nobody", &[], "{}").await.status, 404);
        assert_eq!(server.ask("POST", "/messages", &[], "{}").await.status, 400);
        assert_eq!(server.ask("GET", "/sse", &[("Origin", "http://evil.example")], "").await.status, 403);
        assert_eq!(server.ask("POST", "/sse", &[], "{}").await.status, 405);
        assert_eq!(server.ask("POST", "/mcp", &[], "{}").await.status, 404);
    }
}

#[tokio::test]
async fn a_token_opens_what_it_opens() {
    let server = Server::start(Options { token: Some("sesame".to_owned()), ..Options::default() }).await;
    let greeting = initialize("2025-11-25");
    let shut = server.post(&[], &greeting).await;
    let challenge = shut.header("www-authenticate").unwrap();
    assert_eq!((shut.status, challenge.contains("error=")), (401, false));
    let place = challenge.split('"').nth(1).unwrap();
    let place = place.strip_prefix(&format!("http://{}", server.address)).unwrap();
    let document = server.ask("GET", place, &[], "").await.json();
    assert_eq!(document["resource"], format!("http://{}/mcp", server.address));
    assert_eq!(document["authorization_servers"], json!([format!("http://{}", server.address)]));
    let issuer = server.ask("GET", "/.well-known/oauth-authorization-server", &[], "").await.json();
    assert_eq!(issuer["code_challenge_methods_supported"], json!(["S256"]));
    for token in ["Bearer other", "Bearer ", "Basic sesame", "Bearer"] {
        assert_eq!(server.post(&[("Authorization", token)], &greeting).await.status, 401, "{token}");
    }
    assert_eq!(server.ask("POST", "/mcp?access_token=sesame", &[], &greeting.to_string()).await.status, 401);
    let begun = server.post(&[("Authorization", "Bearer sesame")], &greeting).await;
    let session = begun.header("mcp-session-id").unwrap();
    let named = ("Mcp-Session-Id", session.as_str());
    assert_eq!(server.post(&[named], &request("ping", &json!({}))).await.status, 401);
    assert_eq!(
        server.post(&[named, ("Authorization", "Bearer sesame")], &request("ping", &json!({}))).await.status,
        200
    );
}

#[tokio::test]
async fn too_little_scope_is_said_to_be_so() {
    let server = Server::start(Options { token: Some("sesame".to_owned()), ..Options::default() }).await;
    let change = modern(request("tools/call", &json!({ "name": "mutate" })));
    let headers = [("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "tools/call"), ("Mcp-Name", "mutate")];
    let with = |token| [headers[0], headers[1], headers[2], ("Authorization", token)];
    let refused = server.post(&with("Bearer sesame"), &change).await;
    let challenge = refused.header("www-authenticate").unwrap();
    assert_eq!(refused.status, 403);
    assert!(challenge.contains("error=\"insufficient_scope\"") && challenge.contains("demo:write"), "{challenge}");
    assert_eq!(server.post(&with("Bearer sesame:write"), &change).await.status, 200);
}
