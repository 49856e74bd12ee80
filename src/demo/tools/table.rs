//! All tools, in the order in which they are listed.

use std::sync::LazyLock;

use serde_json::{Value, json};

use super::{
    Call, Said, ask,
    definition::{Run, Running, Tool},
    plain, work,
};
use crate::{
    demo::{
        dress::{Kind, dress},
        rpc::Members,
    },
    model::Revision,
};

static TOOLS: LazyLock<Vec<Tool>> =
    LazyLock::new(|| [plain_tools(), working_tools(), asking_tools()].into_iter().flatten().collect());

fn plain_tools() -> Vec<Tool> {
    let sum = json!({ "type": "object", "properties": { "sum": { "type": "number" } }, "required": ["sum"] });
    let text = json!({ "text": { "type": "string", "description": "What to say" } });
    let numbers = json!({ "a": { "type": "number" }, "b": { "type": "number" } });
    let message = json!({ "message": { "type": "string", "description": "What to complain about" } });
    vec![
        plain("echo", "Says what it is told", text, plain::echo).needs(&["text"]),
        plain("add", "Adds two numbers", numbers, plain::add).needs(&["a", "b"]).gives(sum),
        plain("image", "Gives a picture", json!({}), plain::image),
        plain("audio", "Gives a sound", json!({}), plain::audio).since(Revision::V2025_03_26),
        plain("embedded", "Gives a note", json!({}), plain::embedded),
        plain("link", "Points to a note", json!({}), plain::link).since(Revision::V2025_06_18),
        plain("mixed", "Gives several things", json!({}), plain::mixed),
        plain("fail", "Fails", message, plain::fail),
    ]
}

fn plain(name: &str, description: &str, input: Value, run: fn(&Members) -> Said) -> Tool {
    Tool::new(name, description, input, Run::Plain(run))
}

fn working_tools() -> Vec<Tool> {
    let steps =
        json!({ "steps": { "type": "integer", "minimum": 1, "maximum": 20, "default": 4, "x-mcp-header": "Steps" } });
    let millis = json!({ "ms": { "type": "integer", "minimum": 0, "maximum": 3_000, "default": 300 } });
    let what = json!({ "what": { "type": "string", "enum": ["tool", "prompt", "resource"], "default": "tool" } });
    vec![
        running("progress", "Reports progress", steps, |call| Box::pin(work::progress(call))),
        running("slow", "Takes some time", millis, |call| Box::pin(work::slow(call))),
        running("log", "Logs at each level", json!({}), |call| Box::pin(work::log(call))),
        running("mutate", "Adds to a list", what, |call| Box::pin(work::mutate(call))).changes_something(),
    ]
}

fn asking_tools() -> Vec<Tool> {
    let prompt = json!({ "prompt": { "type": "string", "description": "What the model is asked" } });
    vec![
        running("ask", "Asks the user", json!({}), |call| Box::pin(ask::elicit(call))).since(Revision::V2025_06_18),
        running("sample", "Asks the model", prompt, |call| Box::pin(ask::sample(call))),
        running("roots", "Asks for folders", json!({}), |call| Box::pin(ask::roots(call))),
    ]
}

fn running(name: &str, description: &str, input: Value, run: fn(Call) -> Running) -> Tool {
    Tool::new(name, description, input, Run::Running(run))
}

/// A tool that was added while the server ran.
static EXTRA: LazyLock<Tool> = LazyLock::new(|| plain("extra", "Was added later", json!({}), plain::added));

/// The name of the latecomer with this number.
pub fn extra(number: usize) -> String {
    format!("extra-{number}")
}

/// The descriptions of all tools that the revision can have.
pub fn listed(revision: Revision, extras: usize) -> Vec<Value> {
    let known = TOOLS.iter().filter(|tool| tool.since <= revision).map(|tool| tool.definition.clone());
    let added = (1..=extras).map(|number| {
        let mut definition = EXTRA.definition.clone();
        definition["name"] = json!(extra(number));
        definition
    });
    known.chain(added).map(|definition| dress(Kind::Tool, &definition, revision)).collect()
}

/// The tool of this name.
pub fn find(name: &str, revision: Revision, extras: usize) -> Option<&'static Tool> {
    let known = TOOLS.iter().find(|tool| tool.name() == name && tool.since <= revision);
    known.or_else(|| (1..=extras).any(|number| extra(number) == name).then_some(&*EXTRA))
}

/// Arguments that the tool takes.
pub fn sample_arguments(name: &str) -> Members {
    let arguments = match name {
        "echo" => json!({ "text": "hello" }),
        "add" => json!({ "a": 1, "b": 2 }),
        _ => json!({}),
    };
    arguments.as_object().cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sample_arguments_fit_and_others_do_not() {
        for tool in TOOLS.iter() {
            assert_eq!(tool.complaint(&sample_arguments(tool.name())), None, "{}", tool.name());
            let mut wrong = sample_arguments(tool.name());
            wrong.insert("unknown".into(), json!(1));
            assert!(tool.complaint(&wrong).is_some(), "{}", tool.name());
        }
    }

    #[test]
    fn no_revision_has_a_tool_that_needs_a_later_one() {
        let names = |revision| listed(revision, 0).iter().map(|tool| tool["name"].clone()).collect::<Vec<_>>();
        let oldest = names(Revision::V2024_11_05);
        assert!(["audio", "link", "ask"].iter().all(|name| !oldest.contains(&json!(name))));
        assert_eq!(names(Revision::NEWEST).len(), TOOLS.len());
        assert!(find("ask", Revision::V2025_03_26, 0).is_none() && find("extra-2", Revision::NEWEST, 2).is_some());
    }
}
