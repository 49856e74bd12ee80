//! The demo server as a client meets it, revision by revision.

mod demo_client;

use demo_client::{Client, tour};
use mcp_litmus::{
    demo::Options,
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
async fn a_tour_ends_with_exit_code_zero_and_nothing_unsaid() {
    for revision in Revision::ALL {
        let mut client = client(revision).await;
        tour(&mut client).await;
        let (rest, code) = client.close().await;
        // A modern client still listens; its stream is ended in an orderly way.
        assert_eq!((rest.len(), code), (usize::from(revision == MODERN), 0), "{revision}: {rest:?}");
    }
}

#[tokio::test]
async fn tools_give_what_the_revision_knows() {
    for revision in Revision::ALL {
        let mut client = client(revision).await;
        assert_eq!(client.text("echo", json!({ "text": "grüß dich" })).await, "grüß dich");
        let sum = client.call("add", json!({ "a": 2, "b": 3 })).await["result"].clone();
        assert_eq!(sum["content"][0]["text"], "{\"sum\":5}");
        assert_eq!(sum.get("structuredContent").is_some(), revision >= Revision::V2025_06_18, "{revision}");
        let mixed = client.call("mixed", json!({})).await;
        let kinds = mixed["result"]["content"].as_array().unwrap().len();
        assert_eq!(
            kinds,
            3 + usize::from(revision >= Revision::V2025_03_26) + usize::from(revision >= Revision::V2025_06_18)
        );
        assert_eq!(client.call("fail", json!({})).await["result"]["isError"], true);
        assert_eq!(client.call("echo", json!({ "text": 5 })).await["result"]["isError"], true);
        assert_eq!(client.call("nobody", json!({})).await["error"]["code"], -32602);
    }
}

#[tokio::test]
async fn lists_have_pages_and_no_item_twice() {
    for revision in Revision::ALL {
        let mut client = client(revision).await;
        for (method, member, key, least) in [
            ("tools/list", "tools", "name", 12),
            ("resources/list", "resources", "uri", 12),
            ("resources/templates/list", "resourceTemplates", "uriTemplate", 6),
            ("prompts/list", "prompts", "name", 5),
        ] {
            let items = client.walk(method, member).await;
            let mut keys: Vec<_> = items.iter().map(|item| item[key].to_string()).collect();
            keys.sort();
            keys.dedup();
            assert!(keys.len() == items.len() && items.len() >= least, "{revision} {method}: {}", items.len());
        }
        let lists = client.heard.iter().filter(|(method, _)| method == "tools/list").count();
        assert_eq!(lists, 3);
    }
}

#[tokio::test]
async fn a_person_can_accept_decline_and_cancel() {
    for revision in [Revision::V2025_06_18, Revision::V2025_11_25, MODERN] {
        let mut client = client(revision).await;
        for (action, text) in
            [("accept", "hello, Ada"), ("decline", "the user declined"), ("cancel", "the user cancelled")]
        {
            client.action = action;
            assert_eq!(client.text("ask", json!({})).await, text, "{revision}");
        }
    }
}

#[tokio::test]
async fn the_client_is_asked_only_for_what_it_declared() {
    for revision in Revision::ALL {
        let mut client = Client::bare(revision, Options::default());
        client.capabilities = json!({ "elicitation": { "url": {} } });
        if revision.era() == Era::Legacy {
            client.initialize().await;
            client.notify("notifications/initialized", json!({})).await;
        }
        for tool in ["sample", "roots"] {
            let answer = client.call(tool, json!({})).await;
            match revision.era() {
                Era::Legacy => assert_eq!(answer["result"]["isError"], true, "{answer}"),
                Era::Modern => assert_eq!(answer["error"]["code"], -32021, "{answer}"),
            }
        }
    }
    for revision in Revision::ALL {
        let mut client = client(revision).await;
        assert!(client.text("sample", json!({})).await.ends_with("hi"));
        assert_eq!(client.text("roots", json!({})).await, "1 roots: file:///tmp");
    }
}

#[tokio::test]
async fn a_client_that_is_not_ready_is_asked_nothing() {
    let mut client = Client::bare(Revision::V2025_11_25, Options::default());
    client.initialize().await;
    assert_eq!(client.call("roots", json!({})).await["result"]["isError"], true);
    assert!(client.told("roots/list").is_empty());
}

#[tokio::test]
async fn interim_results_stand_on_their_own() {
    let mut client = client(MODERN).await;
    let first = client.request("tools/call", json!({ "name": "ask" })).await["result"].clone();
    let key = first["inputRequests"].as_object().unwrap().keys().next().unwrap().clone();
    let answers = json!({ key: { "action": "decline" }, "unexpected": {} });
    let retry =
        |state: &Value, answers: &Value| json!({ "name": "ask", "requestState": state, "inputResponses": answers });
    let state = &first["requestState"];
    let again = client.request("tools/call", retry(state, &json!({}))).await;
    assert_eq!(again["result"]["resultType"], "input_required");
    for bad in [retry(&json!("forged"), &answers), retry(&json!(5), &answers), retry(state, &json!([]))] {
        assert_eq!(client.request("tools/call", bad).await["error"]["code"], -32602);
    }
    let done = client.request("tools/call", retry(state, &answers)).await;
    assert_eq!(done["result"]["content"][0]["text"], "the user declined");
}

#[tokio::test]
async fn versions_are_negotiated() {
    for revision in LEGACY {
        let mut client = Client::bare(revision, Options::default());
        assert_eq!(client.request("ping", json!({})).await["result"], json!({}));
        assert_eq!(client.request("tools/list", json!({})).await["error"]["code"], -32600);
        let welcome = client.initialize().await["result"].clone();
        assert_eq!(welcome["protocolVersion"], revision.as_str());
        let completions = welcome["capabilities"].get("completions").is_some();
        assert_eq!(completions, revision >= Revision::V2025_03_26);
        assert_eq!(client.initialize().await["error"]["code"], -32600);
    }
    let modern_only = Options { revisions: vec![MODERN], ..Options::default() };
    let mut client = Client::bare(Revision::V2025_11_25, modern_only);
    let refused = client.initialize().await["error"].clone();
    assert_eq!((&refused["code"], &refused["data"]["supported"]), (&json!(-32022), &json!(["2026-07-28"])));
    assert_eq!(client.request("tools/list", json!({})).await["error"]["code"], -32602);
}

#[tokio::test]
async fn a_modern_request_stands_alone() {
    let mut client = client(MODERN).await;
    for _ in 0..2 {
        let wrong = json!({ "_meta": { "io.modelcontextprotocol/protocolVersion": "1900-01-01" } });
        let error = client.request("tools/list", wrong).await["error"].clone();
        assert_eq!(error["code"], -32022);
        assert_eq!(error["data"], json!({ "supported": ["2026-07-28"], "requested": "1900-01-01" }));
        let discovered = client.request("server/discover", json!({})).await["result"].clone();
        assert_eq!(discovered["supportedVersions"], json!(["2026-07-28"]));
        assert!(discovered["ttlMs"].is_u64() && discovered["resultType"] == "complete");
        for removed in ["ping", "initialize", "logging/setLevel", "resources/subscribe", "tasks/list"] {
            assert_eq!(client.request(removed, json!({})).await["error"]["code"], -32601, "{removed}");
        }
    }
    let verbose = json!({ "_meta": { "io.modelcontextprotocol/logLevel": "verbose" } });
    assert_eq!(client.request("server/discover", verbose).await["error"]["code"], -32602);
    client.capabilities = Value::Null;
    assert_eq!(client.request("tools/list", json!({})).await["error"]["code"], -32602);
}

#[tokio::test]
async fn what_cannot_be_read_is_answered_as_the_revision_has_it() {
    for (revision, has_id) in [(Revision::V2024_11_05, true), (Revision::V2025_11_25, false), (MODERN, false)] {
        let mut client = client(revision).await;
        for (bytes, code) in [("{\n", -32700), ("5\n", -32600), ("[]\n", -32600), ("\"x\"\n", -32600)] {
            client.write(bytes.as_bytes()).await;
            let answer = client.message().await;
            assert_eq!((&answer["error"]["code"], answer.get("id").is_some()), (&json!(code), has_id), "{bytes}");
        }
        client.write(b"\n\r\n").await;
        client.notify("notifications/unknown", json!({})).await;
        client.request("tools/list", json!({})).await;
        assert_eq!(client.heard.last().map(|(method, _)| method.as_str()), Some("tools/list"));
    }
}
