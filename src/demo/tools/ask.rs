//! Tools that need something of the client.

use serde_json::{Value, json};

use super::{Call, Said, Stop};
use crate::{
    demo::failure::malformed,
    model::{Era, Revision},
};

/// Lets the client ask the person in front of it.
pub async fn elicit(call: Call) -> Result<Said, Stop> {
    let mut params = json!({ "message": "How shall we call you?", "requestedSchema": form() });
    if call.caller.revision >= Revision::V2025_11_25 {
        params["mode"] = json!("form");
    }
    let answer = call.ask("elicitation", "elicitation/create", Some(params)).await?;
    match answer["action"].as_str() {
        Some("accept") => accepted(&answer["content"]),
        Some("decline") => Ok(Said::text("the user declined")),
        Some("cancel") => Ok(Said::text("the user cancelled")),
        _ => Err(misshapen(&call, "action has to be accept, decline or cancel")),
    }
}

fn accepted(content: &Value) -> Result<Said, Stop> {
    let valid = jsonschema::validator_for(&form()).is_ok_and(|form| form.is_valid(content));
    match content["name"].as_str().filter(|_| valid) {
        Some(name) => Ok(Said::text(format!("hello, {name}"))),
        None => Err(Stop::Failed("what the user entered does not fit the form".to_owned())),
    }
}

fn form() -> Value {
    json!({
        "type": "object",
        "properties": {
            "name": { "type": "string", "title": "Name", "description": "What you are called", "minLength": 1 },
            "age": { "type": "integer", "title": "Age", "minimum": 0, "maximum": 150 },
            "newsletter": { "type": "boolean", "title": "Newsletter", "default": false },
            "colour": { "type": "string", "title": "Colour", "enum": ["red", "green", "blue"] },
        },
        "required": ["name"],
    })
}

/// Lets the client's model write something.
pub async fn sample(call: Call) -> Result<Said, Stop> {
    let prompt = call.arguments.get("prompt").and_then(Value::as_str).unwrap_or("Say hello.");
    let params = json!({
        "messages": [{ "role": "user", "content": { "type": "text", "text": prompt } }],
        "maxTokens": 100,
    });
    let answer = call.ask("sampling", "sampling/createMessage", Some(params)).await?;
    let shaped = answer["model"].is_string() && answer["role"].is_string();
    let block = answer["content"].get(0).unwrap_or(&answer["content"]);
    match block["type"].as_str().filter(|_| shaped) {
        Some("text") => Ok(Said::text(format!("the model says: {}", block["text"].as_str().unwrap_or_default()))),
        Some(kind) => Ok(Said::text(format!("the model answered with content of type {kind}"))),
        None => Err(misshapen(&call, "the answer has to have a role, a model and content")),
    }
}

/// Lists the folders that the client has opened.
pub async fn roots(call: Call) -> Result<Said, Stop> {
    let answer = call.ask("roots", "roots/list", None).await?;
    match answer["roots"].as_array() {
        Some(roots) => {
            let uris: Vec<_> = roots.iter().filter_map(|root| root["uri"].as_str()).collect();
            Ok(Said::text(format!("{} roots: {}", uris.len(), uris.join(", "))))
        }
        None => Err(misshapen(&call, "roots has to be a list")),
    }
}

fn misshapen(call: &Call, why: &str) -> Stop {
    match call.caller.revision.era() {
        Era::Modern => Stop::Refused(malformed(why)),
        Era::Legacy => Stop::Failed(why.to_owned()),
    }
}
