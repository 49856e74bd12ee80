//! Answers that JSON-RPC forbids, on some trigger only.

use serde_json::{Value, json};

use super::{
    Bug,
    act::Act,
    arrival::{Arrival, line},
};
use crate::demo::failure::Cause;

/// Beyond this, doubles leave whole numbers out.
const SAFE: u64 = 1 << 53;

/// A line arrives.
pub fn hear(bug: Bug, arrival: &Arrival) -> Act {
    if bug == Bug::AnswersProgress && arrival.method() == "notifications/progress" {
        let error = json!({ "code": -32602, "message": "nothing of this token is under way" });
        return Act::Say(line(&json!({ "jsonrpc": "2.0", "id": 0, "error": error })));
    }
    if arrival.is_request() { answer(bug, arrival) } else { Act::Go }
}

fn answer(bug: Bug, arrival: &Arrival) -> Act {
    let id = &arrival.message["id"];
    let completes = arrival.method() == "completion/complete";
    match bug {
        Bug::DoubleError if arrival.method() == "prompts/get" && has_wrong_argument(arrival) => {
            Act::Say(arrival.refusal(Cause::Params, "an argument is no string").repeat(2))
        }
        Bug::RoundedId => match id.as_u64() {
            Some(whole) if whole > SAFE => Act::Take(with_id(arrival, json!(rounded(whole)))),
            _ => Act::Go,
        },
        Bug::IdOfDigits => match id.as_str().and_then(|id| id.parse::<u32>().ok()) {
            Some(number) => Act::Take(with_id(arrival, json!(number))),
            None => Act::Go,
        },
        Bug::ErrorWithoutCode if completes && is_unknown(&arrival.param("ref")["type"]) => {
            Act::Say(arrival.odd(&json!({ "error": { "message": "unknown kind of reference" } })))
        }
        Bug::EmptyEcho if arrival.text("echo", "text") == Some("") => Act::Say(arrival.odd(&json!({}))),
        Bug::ResultAndError if completes && arrival.param("argument")["name"] == "" => {
            let error = json!({ "code": -32602, "message": "the argument has no name" });
            Act::Say(arrival.odd(&json!({ "result": { "completion": { "values": [] } }, "error": error })))
        }
        _ => Act::Go,
    }
}

fn has_wrong_argument(arrival: &Arrival) -> bool {
    let arguments = arrival.param("arguments").as_object();
    arguments.is_some_and(|arguments| arguments.values().any(|value| !value.is_string()))
}

fn is_unknown(kind: &Value) -> bool {
    kind.as_str().is_some_and(|kind| !["ref/prompt", "ref/resource"].contains(&kind))
}

fn with_id(arrival: &Arrival, id: Value) -> Value {
    let mut message = arrival.message.clone();
    message["id"] = id;
    message
}

/// The number after a detour through a double: to even, in steps that grow with it.
fn rounded(whole: u64) -> u64 {
    let step = 1 << (11 - whole.leading_zeros().min(11));
    whole / step * step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_double_cannot_hold_is_rounded() {
        assert_eq!(rounded(SAFE + 1), SAFE);
        assert_eq!(rounded(SAFE + 2), SAFE + 2);
        assert_eq!(rounded(5), 5);
        assert_eq!(rounded(u64::MAX) % 2048, 0);
    }
}
