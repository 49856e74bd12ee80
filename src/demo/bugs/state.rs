//! Damage that stays: one request goes wrong, and those after it pay.

use serde_json::{Value, json};

use super::{Bug, act::Act, arrival::Arrival, memory::Memory};
use crate::demo::failure::Cause;

/// A line arrives.
pub fn hear(bug: Bug, arrival: &Arrival, memory: &mut Memory) -> Act {
    let suffers = memory.damaged && arrival.is_request();
    memory.damaged |= damages(bug, arrival);
    match bug {
        _ if !suffers => Act::Go,
        Bug::PoisonedAdd if arrival.call_of("add").is_some() => {
            Act::Say(arrival.refusal(Cause::Busy, "the lock of the sums is poisoned"))
        }
        Bug::LostTools if arrival.method() == "tools/list" => Act::Say(arrival.answer(Ok(json!({ "tools": [] })))),
        Bug::ShiftedIds => shifted(arrival, memory),
        _ => Act::Go,
    }
}

fn damages(bug: Bug, arrival: &Arrival) -> bool {
    match bug {
        Bug::PoisonedAdd => {
            let number = |name| arrival.argument("add", name).and_then(Value::as_f64);
            number("a").zip(number("b")).is_some_and(|(a, b)| (a + b).is_infinite())
        }
        Bug::LostTools => {
            let cursor = arrival.message.get("params").and_then(|params| params.get("cursor"));
            arrival.lists() && cursor.is_some_and(|cursor| !cursor.is_string())
        }
        Bug::ShiftedIds => {
            let id = arrival.param("requestId");
            arrival.method() == "notifications/cancelled" && !id.is_string() && !id.is_number()
        }
        _ => false,
    }
}

fn shifted(arrival: &Arrival, memory: &Memory) -> Act {
    let Some(latest) = memory.latest() else { return Act::Go };
    let mut message = arrival.message.clone();
    message["id"] = latest.clone();
    Act::Take(message)
}
