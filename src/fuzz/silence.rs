//! A request without an answer, told from a server that is at work: which of them can be held against it.

use serde_json::Value;

use super::{
    frame::{Asks, Frame},
    offence::Offence,
};
use crate::{
    model::{Revision, campaign::Kind},
    schema::{Side, judge},
    wire::classify,
};

/// Names of arguments that ask a tool to take its time.
const TIME: [&str; 12] = [
    "duration", "delay", "seconds", "sleep", "timeout", "wait", "steps", "interval", "millis", "minutes", "ms", "time",
];

/// The offence of a request that stays without an answer.
pub fn of(frame: Option<&Frame>) -> Offence {
    let (what, place) = frame.map_or_else(Default::default, named);
    Offence::new(Kind::Hang, format!("request:{place}"), format!("{what} stays without an answer"))
        .because("the server answers others meanwhile; whoever asked waits for ever")
}

/// A request and its place, in words: `tools/call of add`, `tools/call:add`.
pub fn named(frame: &Frame) -> (String, String) {
    let Asks::Answer { method, params, .. } = &frame.asks else {
        return ("a message".to_owned(), "message".to_owned());
    };
    let method: String = method.chars().take(60).collect();
    match params.get("name").and_then(Value::as_str).filter(|_| method == "tools/call" || method == "prompts/get") {
        Some(name) => {
            let name: String = name.chars().take(60).collect();
            (format!("{method} of {name}"), format!("{method}:{name}"))
        }
        None => (method.clone(), method),
    }
}

/// Whether silence cannot be held against a server: it was asked for, or the request breaks the protocol.
pub fn is_excused(frame: &Frame, revision: Revision) -> bool {
    let problems = frame.message().map(|message| judge(revision, Side::Client, &classify(message), None).problems());
    is_asked_for(frame) || problems.flatten().is_some_and(|problems| !problems.is_empty())
}

/// Whether a call asks its tool to take its time, so that silence is what was asked for.
fn is_asked_for(frame: &Frame) -> bool {
    let Asks::Answer { method, params, .. } = &frame.asks else { return false };
    let arguments = params.get("arguments").and_then(Value::as_object);
    let takes_time = |(name, value): (&String, &Value)| {
        let name = name.to_lowercase();
        let is_much = value.as_f64().is_some_and(|number| number.abs() > 1.0);
        is_much && TIME.iter().any(|word| name.contains(word))
    };
    method == "tools/call" && arguments.is_some_and(|arguments| arguments.iter().any(takes_time))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn who_asks_for_time_gets_it() {
        let call =
            |arguments: Value| Frame::ask(0, "tools/call", Some(json!({ "name": "work", "arguments": arguments })));
        assert!(is_asked_for(&call(json!({ "duration": 1e9 }))) && is_asked_for(&call(json!({ "maxSteps": 500 }))));
        assert!(!is_asked_for(&call(json!({ "text": "(a+)+$" }))) && !is_asked_for(&call(json!({ "delay": 0 }))));
        let odd = Frame::ask(0, "ping", Some(json!({ "_meta": { "progressToken": {} } })));
        assert!(is_excused(&odd, Revision::V2025_11_25));
        assert!(!is_excused(&call(json!({ "text": 1 })), Revision::V2025_11_25));
        assert_eq!(of(Some(&call(json!({})))).key, "request:tools/call:work");
    }
}
