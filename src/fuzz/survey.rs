//! Getting to know a server before it is fuzzed.

use serde_json::Value;

use super::ground::{Ground, Tool};
use crate::{
    instances::Maker,
    run::Tools,
    session::{List, Session},
};

/// What a server offers, and what of that may be used.
pub async fn survey(session: &mut Session, allowed: &Tools) -> Ground {
    let tools = session.list(List::Tools).await;
    let (mut callable, mut forbidden) = (Vec::new(), Vec::new());
    for definition in tools {
        let Some(name) = definition.get("name").and_then(Value::as_str).map(str::to_owned) else { continue };
        if allowed.allows(&definition) {
            callable.push(tool(name, definition, allowed));
        } else {
            forbidden.push(name);
        }
    }
    let greeting = session.greeting.clone();
    Ground {
        revision: session.revision(),
        over_http: session.transport != "stdio" && session.transport != "memory",
        capabilities: greeting.map(|greeting| greeting.capabilities).unwrap_or_default(),
        client: session.settings().capabilities,
        tools: callable,
        forbidden,
        prompts: session.list(List::Prompts).await,
        resources: session.list(List::Resources).await,
        templates: session.list(List::Templates).await,
    }
}

fn tool(name: String, definition: Value, allowed: &Tools) -> Tool {
    let maker = definition.get("inputSchema").and_then(Maker::new);
    let arguments = allowed.call(&definition).and_then(|call| call.get("arguments").cloned());
    Tool { name, definition, arguments, maker }
}
