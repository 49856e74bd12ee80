//! A walk past everything that the demo server has.

use mcp_litmus::model::Era;
use serde_json::json;

use super::Client;

/// What every server can be asked, said and told: an exchange that passes by everything that there is.
pub async fn tour(client: &mut Client) {
    watch(client).await;
    call_everything(client).await;
    read_everything(client).await;
    mistakes(client).await;
}

/// Asks to be told of changes.
async fn watch(client: &mut Client) {
    if client.revision.era() == Era::Modern {
        client.request("server/discover", json!({})).await;
        let filter = json!({
            "toolsListChanged": true, "promptsListChanged": true, "resourcesListChanged": true,
            "resourceSubscriptions": ["demo://counter", "demo://nothing"],
        });
        client.ask("subscriptions/listen", json!({ "notifications": filter })).await;
    } else {
        client.request("ping", json!({})).await;
        client.request("logging/setLevel", json!({ "level": "debug" })).await;
        client.request("resources/subscribe", json!({ "uri": "demo://counter" })).await;
    }
}

async fn call_everything(client: &mut Client) {
    for tool in client.walk("tools/list", "tools").await {
        let name = tool["name"].as_str().unwrap().to_owned();
        let arguments = match name.as_str() {
            "echo" => json!({ "text": "grüß dich" }),
            "add" => json!({ "a": 1, "b": 0.5 }),
            "slow" => json!({ "ms": 10 }),
            _ => json!({}),
        };
        let answer = client.call(&name, arguments).await;
        assert_eq!(answer["result"]["isError"] == true, name == "fail", "{answer}");
    }
    for what in ["prompt", "resource"] {
        client.call("mutate", json!({ "what": what })).await;
    }
}

async fn read_everything(client: &mut Client) {
    for resource in client.walk("resources/list", "resources").await {
        let answer = client.request("resources/read", json!({ "uri": resource["uri"] })).await;
        assert_eq!(answer["result"]["contents"][0]["uri"], resource["uri"]);
    }
    client.walk("resources/templates/list", "resourceTemplates").await;
    for prompt in client.walk("prompts/list", "prompts").await {
        let arguments = match prompt["name"].as_str() {
            Some("greet") => json!({ "name": "Ada", "language": "French" }),
            Some("note") => json!({ "number": "3" }),
            _ => json!({}),
        };
        let params = json!({ "name": prompt["name"], "arguments": arguments });
        let answer = client.request("prompts/get", params).await;
        assert!(answer["result"]["messages"][0]["content"].is_object(), "{answer}");
    }
    let argument = json!({ "name": "language", "value": "" });
    let reference = json!({ "type": "ref/prompt", "name": "greet" });
    let answer = client.request("completion/complete", json!({ "ref": reference, "argument": argument })).await;
    assert_eq!(answer["result"]["completion"]["values"][1], "French");
}

/// Requests that have to fail.
async fn mistakes(client: &mut Client) {
    for (method, params) in [
        ("no/such/method", json!({})),
        ("tools/call", json!({ "name": "no-such-tool" })),
        ("tools/call", json!({ "name": 5 })),
        ("tools/list", json!({ "cursor": "never given" })),
        ("resources/read", json!({ "uri": "demo://nothing" })),
        ("prompts/get", json!({ "name": "greet" })),
    ] {
        let answer = client.request(method, params).await;
        assert!(answer["error"]["code"].is_i64(), "{method}: {answer}");
    }
}
