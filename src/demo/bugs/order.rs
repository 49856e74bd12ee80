//! Crashes of a session: messages at the wrong time.

use serde_json::Value;

use super::{Bug, act::Act, arrival::Arrival, memory::Memory};

/// So many requests in one read find a place.
const PLACES: usize = 32;

/// A line arrives.
pub fn hear(bug: Bug, arrival: &Arrival, memory: &mut Memory) -> Act {
    let message = arrival.message;
    let cancelled = arrival.method() == "notifications/cancelled";
    let target = arrival.param("requestId");
    let is_named = target.is_string() || target.is_number();
    match bug {
        Bug::UnaskedResponse => Act::dies_if(is_response(message)),
        Bug::CancelUnknown => Act::dies_if(cancelled && is_named && !memory.had(target)),
        Bug::CancelFinished => Act::aborts_if(cancelled && memory.called(target) && !arrival.runs(target)),
        Bug::CancelWithoutId => Act::dies_if(cancelled && !is_named),
        Bug::SecondInitialize => Act::panics_if(arrival.ready && arrival.method() == "initialize"),
        Bug::InitializedTwice => {
            Act::dies_if(arrival.method() == "notifications/initialized" && !memory.first("initialized"))
        }
        Bug::SameId => {
            let id = &message["id"];
            Act::panics_if(arrival.is_request() && (memory.had_just_now(id) || arrival.runs(id)))
        }
        Bug::Crowd => Act::aborts_if(memory.crowd > PLACES),
        _ => Act::Go,
    }
}

/// Nothing is asked of the client here, so every response is one too many.
fn is_response(message: &Value) -> bool {
    let has = |member| message.get(member).is_some();
    has("id") && !has("method") && (has("result") || has("error"))
}
