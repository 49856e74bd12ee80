//! What the demo server does besides answering: progress, logs, changes, batches, and what a script makes of it.

mod demo_client;

use std::sync::Arc;

use demo_client::Client;
use mcp_litmus::{
    demo::{Options, Reply, Script},
    model::{Era, Revision},
};
use serde_json::{Value, json};

const MODERN: Revision = Revision::V2026_07_28;
const LEGACY: [Revision; 4] =
    [Revision::V2024_11_05, Revision::V2025_03_26, Revision::V2025_06_18, Revision::V2025_11_25];

async fn client(revision: Revision) -> Client {
    Client::ready(revision, &[]).await
}

#[tokio::test]
async fn a_slow_call_blocks_nobody_and_can_be_cancelled() {
    for revision in Revision::ALL {
        let mut client = client(revision).await;
        let slow = client.ask("tools/call", json!({ "name": "slow", "arguments": { "ms": 3_000 } })).await;
        assert!(client.request("prompts/list", json!({})).await["result"].is_object());
        client.notify("notifications/cancelled", json!({ "requestId": slow })).await;
        client.notify("notifications/cancelled", json!({ "requestId": 12_345 })).await;
        client.notify("notifications/cancelled", json!({})).await;
        let (rest, code) = client.close().await;
        assert_eq!((rest, code), (vec![], 0), "{revision}");
    }
}

#[tokio::test]
async fn even_requests_with_one_id_are_each_answered() {
    let mut client = client(Revision::V2025_11_25).await;
    let call = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": "log" } });
    client.request("logging/setLevel", json!({ "level": "emergency" })).await;
    for _ in 0..3 {
        client.send(&call).await;
    }
    let (rest, _) = client.close().await;
    let answers = rest.iter().filter(|line| line.contains("\"id\":1,")).count();
    assert_eq!(answers, 3, "{rest:?}");
}

#[tokio::test]
async fn progress_grows_and_only_for_those_who_asked() {
    for revision in Revision::ALL {
        let mut client = client(revision).await;
        client.text("progress", json!({ "steps": 3 })).await;
        assert!(client.told("notifications/progress").is_empty());
        let params = json!({ "name": "progress", "arguments": { "steps": 3 }, "_meta": { "progressToken": 0 } });
        client.request("tools/call", params).await;
        let told = client.told("notifications/progress");
        let values: Vec<_> = told.iter().map(|told| told["params"]["progress"].as_u64()).collect();
        assert_eq!(values, [Some(1), Some(2), Some(3)]);
        assert!(told.iter().all(|told| told["params"]["progressToken"] == 0));
    }
}

#[tokio::test]
async fn logs_keep_to_the_level() {
    for revision in Revision::ALL {
        let mut client = client(revision).await;
        if revision.era() == Era::Legacy {
            client.request("logging/setLevel", json!({ "level": "error" })).await;
            assert_eq!(client.request("logging/setLevel", json!({ "level": 5 })).await["error"]["code"], -32602);
        } else {
            client.text("log", json!({})).await;
            assert!(client.told("notifications/message").is_empty());
            client.meta = json!({ "io.modelcontextprotocol/logLevel": "error" });
        }
        client.text("log", json!({})).await;
        assert_eq!(client.told("notifications/message").len(), 4, "{revision}");
    }
}

#[tokio::test]
async fn changes_are_told_in_sessions() {
    for revision in LEGACY {
        let mut client = client(revision).await;
        client.request("resources/subscribe", json!({ "uri": "demo://counter" })).await;
        client.text("mutate", json!({})).await;
        client.request("resources/unsubscribe", json!({ "uri": "demo://counter" })).await;
        client.text("mutate", json!({})).await;
        assert_eq!(client.told("notifications/resources/updated").len(), 1);
        assert_eq!(client.told("notifications/tools/list_changed").len(), 2);
        assert!(client.text("extra-2", json!({})).await.contains("from the start"));
        let missing = client.request("resources/subscribe", json!({ "uri": "demo://nothing" })).await;
        assert_eq!(missing["error"]["code"], -32002);
    }
}

#[tokio::test]
async fn changes_are_told_on_streams() {
    let mut client = client(MODERN).await;
    let filter = json!({ "notifications": { "toolsListChanged": true, "promptsListChanged": true } });
    let one = client.ask("subscriptions/listen", filter.clone()).await;
    let two = client.ask("subscriptions/listen", json!({ "notifications": {} })).await;
    client.text("mutate", json!({})).await;
    let subscription = |message: &Value| message["params"]["_meta"]["io.modelcontextprotocol/subscriptionId"].clone();
    let acknowledged: Vec<_> =
        client.told("notifications/subscriptions/acknowledged").into_iter().map(subscription).collect();
    assert_eq!(acknowledged, [one.clone(), two.clone()]);
    let told: Vec<_> = client.told("notifications/tools/list_changed").into_iter().map(subscription).collect();
    assert_eq!(told, std::slice::from_ref(&one));
    client.notify("notifications/cancelled", json!({ "requestId": one })).await;
    client.text("mutate", json!({})).await;
    assert_eq!(client.told("notifications/tools/list_changed").len(), 1);
    let (rest, _) = client.close().await;
    assert_eq!(rest.len(), 1, "the open stream is ended: {rest:?}");
    let end: Value = serde_json::from_str(&rest[0]).unwrap();
    assert_eq!((&end["id"], &end["result"]["resultType"]), (&two, &json!("complete")));
}

#[tokio::test]
async fn only_one_revision_knows_batches() {
    let ping = |id: u32| json!({ "jsonrpc": "2.0", "id": id, "method": "ping" });
    let told = json!({ "jsonrpc": "2.0", "method": "notifications/cancelled", "params": { "requestId": 9 } });
    let call = json!({ "jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": { "name": "progress" } });
    for revision in LEGACY {
        let mut client = client(revision).await;
        client.send(&json!([told])).await;
        if revision == Revision::V2025_03_26 {
            client.send(&json!([ping(1), told, call, ping(2), 5])).await;
            let answer = client.message().await;
            let ids: Vec<_> = answer.as_array().unwrap().iter().map(|one| one["id"].clone()).collect();
            assert_eq!(ids, [json!(1), json!(3), json!(2), json!(null)]);
        } else {
            assert_eq!(client.message().await["error"]["code"], -32600, "{revision}");
        }
        assert!(client.request("ping", json!({})).await["result"].is_object());
    }
}

struct Parrot;

impl Script for Parrot {
    fn reply(&self, incoming: &Value, own: Option<&Value>, era: Era) -> Reply {
        match incoming["method"].as_str() {
            Some("tools/call") => Reply::Lines(vec![format!("{era:?} {}", own.unwrap()["id"])]),
            Some("prompts/list") => Reply::Lines(vec![]),
            Some("notifications/hello") => Reply::Lines(vec!["hello".into(), "again".into()]),
            Some("die") => Reply::Exit(7),
            None if incoming.is_string() => Reply::Lines(vec![format!("heard {}", incoming.as_str().unwrap())]),
            _ => Reply::Own,
        }
    }
}

#[tokio::test]
async fn a_script_speaks_instead() {
    for revision in [Revision::V2025_11_25, MODERN] {
        let options = Options { script: Some(Arc::new(Parrot)), ..Options::default() };
        let mut client = Client::bare(revision, options);
        if revision.era() == Era::Legacy {
            client.initialize().await;
        }
        let mut params = json!({ "name": "progress", "arguments": { "steps": 1 } });
        params["_meta"] = json!({ "progressToken": "t" });
        let id = client.ask("tools/call", params).await;
        assert_eq!(client.message().await["method"], "notifications/progress");
        assert_eq!(client.line().await.unwrap(), format!("{:?} {id}", revision.era()));
        client.ask("prompts/list", json!({})).await;
        client.notify("notifications/hello", json!({})).await;
        assert_eq!(client.line().await.unwrap(), "hello");
        assert_eq!(client.line().await.unwrap(), "again");
        client.write(b"nonsense\n").await;
        assert_eq!(client.line().await.unwrap(), "heard nonsense");
        client.ask("die", json!({})).await;
        client.ask("tools/list", json!({})).await;
        assert_eq!(client.close().await, (vec![], 7));
    }
}
