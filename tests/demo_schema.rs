//! The demo server against the official schemas, where these are at hand: every message that it sends has to fit
//! the definition of its revision, and has no member that the definition does not name.

mod demo_client;

use std::{collections::HashMap, fs, path::PathBuf};

use demo_client::{Client, tour};
use jsonschema::Validator;
use mcp_litmus::model::Revision;
use serde_json::{Value, json};

/// Where the schemas are, if they are.
fn folder() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/spec/schema");
    let folder = std::env::var_os("MCP_SPEC_SCHEMA").map_or(beside, PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// The definitions of one revision.
struct Yardstick {
    schema: Value,
    compiled: HashMap<String, Validator>,
}

impl Yardstick {
    fn read(folder: &std::path::Path, revision: Revision) -> Self {
        let text = fs::read_to_string(folder.join(revision.as_str()).join("schema.json")).unwrap();
        let mut schema: Value = serde_json::from_str(&text).unwrap();
        close(&mut schema);
        Self { schema, compiled: HashMap::new() }
    }

    fn complaints(&mut self, definition: &str, value: &Value) -> Vec<String> {
        let schema = &self.schema;
        let validator = self.compiled.entry(definition.to_owned()).or_insert_with(|| {
            let place = if schema.get("$defs").is_some() { "$defs" } else { "definitions" };
            assert!(schema[place].get(definition).is_some(), "{definition} is not in the schema");
            let mut one =
                json!({ "$schema": schema["$schema"], "allOf": [{ "$ref": format!("#/{place}/{definition}") }] });
            one[place] = schema[place].clone();
            jsonschema::validator_for(&one).unwrap()
        });
        validator.iter_errors(value).map(|error| format!("{} at {}", error, error.instance_path())).collect()
    }
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

#[tokio::test]
async fn every_message_fits_the_official_schema_of_its_revision() {
    let Some(folder) = folder() else {
        eprintln!("SKIPPED: no official schemas; set MCP_SPEC_SCHEMA to their folder");
        return;
    };
    for revision in Revision::ALL {
        let mut yardstick = Yardstick::read(&folder, revision);
        let mut client = Client::ready(revision, &[]).await;
        client.meta = json!({ "progressToken": "t", "io.modelcontextprotocol/logLevel": "debug" });
        tour(&mut client).await;
        let heard = std::mem::take(&mut client.heard);
        let (rest, code) = client.close().await;
        assert_eq!(code, 0);
        let rest = rest.iter().map(|line| ("subscriptions/listen".to_owned(), serde_json::from_str(line).unwrap()));
        let mut seen = 0;
        for (method, message) in heard.into_iter().chain(rest) {
            assert_eq!(message["jsonrpc"], "2.0", "{message}");
            let (definition, value) = part(&method, &message, revision);
            let complaints = yardstick.complaints(definition, &value);
            assert!(complaints.is_empty(), "{revision} {definition}: {complaints:?}\n{message}");
            seen += 1;
        }
        assert!(seen > 60, "only {seen} messages were seen in {revision}");
        eprintln!("{revision}: {seen} messages fit");
    }
}

/// A yardstick that takes everything measures nothing.
#[test]
fn the_yardstick_can_say_no() {
    let Some(folder) = folder() else {
        eprintln!("SKIPPED: no official schemas; set MCP_SPEC_SCHEMA to their folder");
        return;
    };
    let tool = json!({ "name": "x", "inputSchema": { "type": "object", "anything": 1 } });
    for (revision, member) in [
        (Revision::V2024_11_05, "annotations"),
        (Revision::V2025_03_26, "title"),
        (Revision::V2025_06_18, "icons"),
        (Revision::V2026_07_28, "execution"),
    ] {
        let mut yardstick = Yardstick::read(&folder, revision);
        assert_eq!(yardstick.complaints("Tool", &tool), Vec::<String>::new(), "{revision}");
        let mut later = tool.clone();
        later[member] = json!({});
        assert!(!yardstick.complaints("Tool", &later).is_empty(), "{member} in {revision}");
    }
}
