//! Bugs at the end of several steps, or behind a value that only an answer names.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::json;

use super::{Bug, act::Act, arrival::Arrival, memory::Memory};
use crate::demo::{
    caller,
    offers::{prompts, resources},
};

/// A line arrives.
pub fn hear(bug: Bug, arrival: &Arrival, memory: &mut Memory) -> Act {
    match bug {
        Bug::TemplateName => Act::panics_if(arrival.method() == "resources/read" && is_filled_with_name(arrival)),
        Bug::CompletedPrompt => {
            let last = prompts::LANGUAGES.last().copied();
            let language = arrival.param("arguments")["language"].as_str();
            Act::panics_if(arrival.method() == "prompts/get" && language.is_some() && language == last)
        }
        Bug::UnsubscribeTwice => unsubscribed(arrival, memory),
        Bug::LevelThenLog => {
            if arrival.method() == "logging/setLevel" {
                memory.damaged = arrival.param("level") == "emergency";
            }
            let asked = arrival.param("_meta")[caller::LOG_LEVEL] == "emergency";
            Act::silent_if(arrival.call_of("log").is_some() && (memory.damaged || asked))
        }
        Bug::ForeignCursor if arrival.is_request() && has_foreign_cursor(arrival) => Act::Say(arrival.odd(&json!({}))),
        _ => Act::Go,
    }
}

/// Whether a template's variable is the name of a resource that is listed.
fn is_filled_with_name(arrival: &Arrival) -> bool {
    let Some(uri) = arrival.param("uri").as_str() else { return false };
    let families = resources::templates(arrival.revision);
    let mut family = families.iter().filter_map(|template| template["uriTemplate"].as_str()?.split('{').next());
    let Some(filled) = family.find_map(|family| uri.strip_prefix(family)) else { return false };
    resources::listed(arrival.revision, 0).iter().any(|resource| resource["name"] == filled)
}

fn unsubscribed(arrival: &Arrival, memory: &mut Memory) -> Act {
    let uri = arrival.param("uri").as_str().unwrap_or_default();
    let gone = format!("gone {uri}");
    match arrival.method() {
        "resources/subscribe" => {
            memory.forget(&gone);
            memory.first(uri);
        }
        // Who never subscribed frees nothing twice.
        "resources/unsubscribe" if memory.knows(uri) => return Act::aborts_if(!memory.first(&gone)),
        _ => {}
    }
    Act::Go
}

/// Whether the cursor is one that another list gives.
fn has_foreign_cursor(arrival: &Arrival) -> bool {
    let lists = ["tools", "resources", "resourceTemplates", "prompts"];
    let own = match arrival.method().strip_suffix("/list") {
        None => return false,
        Some("resources/templates") => "resourceTemplates",
        Some(own) => own,
    };
    let decoded = arrival.param("cursor").as_str().and_then(|cursor| URL_SAFE_NO_PAD.decode(cursor).ok());
    let text = decoded.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    text.split_once(':').is_some_and(|(list, _)| list != own && lists.contains(&list))
}
