//! Bugs behind a value that another tool has given.

use serde_json::{Value, json};

use super::{Bug, act::Act, arrival::Arrival, memory::Memory};
use crate::demo::{failure::Cause, tools::Said};

const ITEMS: [&str; 3] = ["item-7f3a", "item-91c2", "item-e05d"];
const JOB: &str = "job-58c1e07b";
const ATTACHMENT: &str = "demo://attachments/8841";
const TRACE: &str = "RuntimeError: worker gone\n    at poll (/home/deploy/mcp-server/src/jobs.ts:87:11)\n    at async run (/home/deploy/mcp-server/src/main.ts:12:3)";

/// A line arrives.
pub fn hear(bug: Bug, arrival: &Arrival, memory: &mut Memory) -> Act {
    if !arrival.is_request() || !arrival.ready {
        return Act::Go;
    }
    let tool = arrival.param("name").as_str().unwrap_or_default();
    let arguments = arrival.param("arguments");
    match (bug, tool) {
        (Bug::ItemFlag, "list_items") => text(arrival, ITEMS.join("\n")),
        (Bug::ItemFlag, "get_item") => match arguments["id"].as_str() {
            Some(id) if ITEMS.contains(&id) && arguments["raw"] == true => Act::Abort,
            Some(id) if ITEMS.contains(&id) => text(arrival, format!("{id} is fine")),
            _ => failed(arrival, "there is no such item"),
        },
        (Bug::DeletedNote, "create_note" | "delete_note" | "get_note") => note(arrival, tool, memory),
        (Bug::VerboseJob, "start_job") => text(arrival, json!({ "job": JOB, "state": "queued" }).to_string()),
        (Bug::VerboseJob, "job_status") => match (arguments["job"] == JOB, arguments["verbose"] == true) {
            (true, true) => Act::Say(arrival.refusal(Cause::Busy, TRACE)),
            (true, false) => text(arrival, "queued"),
            _ => failed(arrival, "there is no such job"),
        },
        (Bug::LinkedResource, "attach") => {
            let link = json!({ "type": "resource_link", "uri": ATTACHMENT, "name": "attachment" });
            Act::Say(arrival.said(Said { content: vec![link], ..Said::default() }))
        }
        (Bug::LinkedResource, _) if arrival.method() == "resources/read" => {
            Act::hangs_if(arrival.param("uri") == ATTACHMENT)
        }
        _ => Act::Go,
    }
}

/// A note that is freed when it is deleted, and read all the same.
fn note(arrival: &Arrival, tool: &str, memory: &mut Memory) -> Act {
    if tool == "create_note" {
        memory.created += 1;
        return text(arrival, format!("created note-{}", memory.created));
    }
    let number = |id: &Value| id.as_str()?.strip_prefix("note-")?.parse::<usize>().ok();
    let known = number(&arrival.param("arguments")["id"]).filter(|number| (1..=memory.created).contains(number));
    let Some(number) = known else { return failed(arrival, "there is no such note") };
    let gone = format!("note-{number}");
    match tool {
        "delete_note" => {
            memory.first(&gone);
            text(arrival, format!("deleted {gone}"))
        }
        _ if memory.knows(&gone) => Act::Abort,
        _ => text(arrival, "an empty note"),
    }
}

fn text(arrival: &Arrival, words: impl Into<String>) -> Act {
    Act::Say(arrival.said(Said::text(words)))
}

fn failed(arrival: &Arrival, words: &str) -> Act {
    Act::Say(arrival.said(Said::failed(words)))
}
