//! Definitions of tools that hosts stumble over. It is always the first tool, or one beside it.

use serde_json::{Value, json};

use super::{
    Verdict,
    memory::{Arrival, Exchange, params, result},
};
use crate::demo::Fault;

/// The tool that is spoilt, or serves under another name as well.
const VICTIM: &str = "echo";
const BAD: &str = "repeat, please!";

fn long() -> String {
    "e".repeat(140)
}

/// A message arrives: the second names lead to the tool as well, so that only the name is wrong.
pub fn incoming(fault: Fault, message: &mut Value, arrival: &Arrival) -> Verdict {
    if let Fault::BadToolName | Fault::LongToolName = fault
        && arrival.method == "tools/call"
        && let Some(Value::String(name)) = params(message).and_then(|params| params.get_mut("name"))
        && (*name == BAD || *name == long())
    {
        VICTIM.clone_into(name);
    }
    Verdict::Go
}

/// A message leaves.
pub fn outgoing(fault: Fault, message: &mut Value, exchange: &Exchange) {
    if exchange.method != "tools/list" {
        return;
    }
    let Some(Value::Array(tools)) = result(message).and_then(|result| result.get_mut("tools")) else {
        return;
    };
    let Some(victim) = tools.iter_mut().find(|tool| tool["name"] == VICTIM) else {
        return;
    };
    spoil(fault, victim);
    let mut twin = victim.clone();
    match fault {
        Fault::DuplicateToolNames => {}
        Fault::BadToolName => twin["name"] = json!(BAD),
        Fault::LongToolName => twin["name"] = json!(long()),
        Fault::ToolWithoutName => {
            twin.as_object_mut().map(|twin| twin.remove("name"));
        }
        _ => return,
    }
    tools.push(twin);
}

fn spoil(fault: Fault, tool: &mut Value) {
    let schema = &mut tool["inputSchema"];
    match fault {
        Fault::ToolNullSchema => *schema = Value::Null,
        Fault::ToolSchemaWithoutType => {
            schema.as_object_mut().map(|schema| schema.remove("type"));
        }
        Fault::ToolInvalidSchema => schema["properties"]["text"]["type"] = json!("text"),
        Fault::ToolSchemaRequiredBoolean => schema["properties"]["text"]["required"] = json!(true),
        Fault::ToolAnnotationString => tool["annotations"]["readOnlyHint"] = json!("true"),
        Fault::XHeaderEmpty => schema["properties"]["text"]["x-mcp-header"] = json!(""),
        Fault::XHeaderDuplicate => {
            schema["properties"]["text"]["x-mcp-header"] = json!("Text");
            schema["properties"]["copy"] = json!({ "type": "string", "x-mcp-header": "text" });
        }
        _ => {}
    }
}
