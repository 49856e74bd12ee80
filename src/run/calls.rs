//! The calls that may be made: which tools, with which arguments.

use serde_json::{Value, json};

use super::CallPolicy;
use crate::{
    schema::instance,
    session::{List, Session},
};

/// What can be called, and why the rest cannot.
pub(super) struct Calls {
    /// Each with `tool` and `arguments`.
    pub(super) items: Vec<Value>,
    /// Why nothing more can.
    pub(super) excuse: String,
}

/// The calls that the policy allows and that arguments were found for.
pub(super) async fn calls(session: &mut Session, policy: CallPolicy) -> Calls {
    let tools = session.list(List::Tools).await;
    let allowed: Vec<&Value> = tools.iter().filter(|tool| policy.allows(tool)).collect();
    let items: Vec<Value> = allowed.iter().filter_map(|tool| call(tool)).collect();
    let excuse = match (tools.len(), allowed.len()) {
        (0, _) => "the server lists no tools".to_owned(),
        (all, 0) => format!("none of {all} tools may be called: {}", remedy(policy)),
        (_, some) => format!("no valid arguments were found for {} of {some} tools", some - items.len()),
    };
    Calls { items, excuse }
}

fn call(tool: &Value) -> Option<Value> {
    tool.get("name")?.as_str()?;
    let arguments = instance(tool.get("inputSchema")?).filter(Value::is_object)?;
    Some(json!({ "tool": tool, "arguments": arguments }))
}

const fn remedy(policy: CallPolicy) -> &'static str {
    match policy {
        CallPolicy::None => "`--call read-only` calls those that only read",
        _ => "none says `readOnlyHint: true`; `--call all` calls every tool",
    }
}
