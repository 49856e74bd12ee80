//! The demo server against the official schemas: every message that it sends has to fit the definition of its revision,
//! and has no member that the definition does not name.

use std::path::Path;

use mcp_litmus::model::Revision;
use serde_json::{Value, json};

use crate::{
    demo_client::{Client, tour},
    official::{self, Official},
};

/// The official definitions of a revision, closed.
fn closed(folder: &Path, revision: Revision) -> Official {
    let mut document = official::document(folder, revision);
    close(&mut document);
    Official::new(document)
}

/// Lets objects have only the members that are named, so that a member of a later revision is noticed.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                // Schemas of tools and forms are data here: they may say more.
                if !["inputSchema", "outputSchema", "requestedSchema"].contains(&name.as_str()) {
                    close(member);
                }
            }
            let named = members.get("properties").is_some_and(Value::is_object);
            if named && members.get("type") == Some(&json!("object")) && !members.contains_key("additionalProperties") {
                members.insert("additionalProperties".into(), json!(false));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

/// The definition of a result. The any-ofs of the schema take everything, so the method decides.
fn result(method: &str, result: &Value) -> &'static str {
    if result["resultType"] == "input_required" {
        return "InputRequiredResult";
    }
    match method {
        "initialize" => "InitializeResult",
        "server/discover" => "DiscoverResult",
        "subscriptions/listen" => "SubscriptionsListenResult",
        "tools/list" => "ListToolsResult",
        "tools/call" => "CallToolResult",
        "resources/list" => "ListResourcesResult",
        "resources/templates/list" => "ListResourceTemplatesResult",
        "resources/read" => "ReadResourceResult",
        "prompts/list" => "ListPromptsResult",
        "prompts/get" => "GetPromptResult",
        "completion/complete" => "CompleteResult",
        _ => "EmptyResult",
    }
}

/// The definition of a message that the server begins.
fn begun(method: &str) -> &'static str {
    match method {
        "notifications/progress" => "ProgressNotification",
        "notifications/message" => "LoggingMessageNotification",
        "notifications/tools/list_changed" => "ToolListChangedNotification",
        "notifications/prompts/list_changed" => "PromptListChangedNotification",
        "notifications/resources/list_changed" => "ResourceListChangedNotification",
        "notifications/resources/updated" => "ResourceUpdatedNotification",
        "notifications/subscriptions/acknowledged" => "SubscriptionsAcknowledgedNotification",
        "roots/list" => "ListRootsRequest",
        "sampling/createMessage" => "CreateMessageRequest",
        "elicitation/create" => "ElicitRequest",
        other => panic!("the server sent {other}"),
    }
}

/// A message without its envelope, which the older schemas describe apart, and what it has to fit.
fn part(method: &str, message: &Value, revision: Revision) -> (&'static str, Value) {
    if let Some(answer) = message.get("result") {
        return (result(method, answer), answer.clone());
    }
    if message.get("error").is_some() {
        let name = if revision < Revision::V2025_11_25 { "JSONRPCError" } else { "JSONRPCErrorResponse" };
        return (name, message.clone());
    }
    let mut message = message.clone();
    if revision < Revision::V2025_11_25 {
        let members = message.as_object_mut().unwrap();
        members.retain(|name, _| name == "method" || name == "params");
    }
    (begun(method), message)
}

/// Every message fits.
pub fn messages(folder: &Path, revision: Revision) -> Result<(), String> {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
    let heard = runtime.block_on(heard(revision));
    let official = closed(folder, revision);
    let seen = heard.len();
    for (method, message) in heard {
        let (definition, value) = part(&method, &message, revision);
        let complaints = official.complaints(definition, &value);
        if message["jsonrpc"] != "2.0" || !complaints.is_empty() {
            return Err(format!("{definition}: {complaints:?}\n{message}"));
        }
    }
    println!("{revision}: {seen} messages of the demo server fit");
    if seen > 60 { Ok(()) } else { Err(format!("only {seen} messages were seen")) }
}

/// Everything that the server says on a tour, with the method that it belongs to.
async fn heard(revision: Revision) -> Vec<(String, Value)> {
    let mut client = Client::ready(revision, &[]).await;
    client.meta = json!({ "progressToken": "t", "io.modelcontextprotocol/logLevel": "debug" });
    tour(&mut client).await;
    let heard = std::mem::take(&mut client.heard);
    let (rest, code) = client.close().await;
    assert_eq!(code, 0);
    let rest = rest.iter().map(|line| ("subscriptions/listen".to_owned(), serde_json::from_str(line).unwrap()));
    heard.into_iter().chain(rest).collect()
}

/// A yardstick that takes everything measures nothing: a member of a later revision is noticed.
pub fn closed_definitions_say_no(folder: &Path) -> Result<(), String> {
    let tool = json!({ "name": "x", "inputSchema": { "type": "object", "anything": 1 } });
    for (revision, member) in [
        (Revision::V2024_11_05, "annotations"),
        (Revision::V2025_03_26, "title"),
        (Revision::V2025_06_18, "icons"),
        (Revision::V2026_07_28, "execution"),
    ] {
        let official = closed(folder, revision);
        let mut later = tool.clone();
        later[member] = json!({});
        if !official.is_valid("Tool", &tool) || official.is_valid("Tool", &later) {
            return Err(format!("{member} in {revision}"));
        }
    }
    Ok(())
}
