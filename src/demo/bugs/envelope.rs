//! Crashes of a dispatcher: members of a message that are not what they should be.

use serde_json::Value;

use super::{Bug, act::Act, arrival::Arrival};

const LONG: usize = 1024;
const NEEDS_PARAMS: [&str; 3] = ["tools/call", "prompts/get", "resources/read"];

/// A line arrives.
pub fn hear(bug: Bug, arrival: &Arrival) -> Act {
    let message = arrival.message;
    let id = &message["id"];
    let name = arrival.param("name").as_str();
    match bug {
        Bug::NullId => Act::dies_if(arrival.is_request() && id.is_null()),
        Bug::ObjectId => Act::panics_if(id.is_object() || id.is_array()),
        Bug::FractionId => Act::panics_if(id.as_f64().is_some_and(|id| id.fract() != 0.0)),
        Bug::HugeId => Act::aborts_if(is_huge(id)),
        Bug::EmptyBatch => Act::panics_if(message.as_array().is_some_and(Vec::is_empty)),
        Bug::NestedBatch => Act::aborts_if(message.as_array().is_some_and(|items| items.iter().any(Value::is_array))),
        Bug::LongMethod => Act::aborts_if(arrival.method().len() > LONG),
        Bug::ParamsMissing => Act::dies_if(NEEDS_PARAMS.contains(&arrival.method()) && message.get("params").is_none()),
        Bug::NullArguments => {
            let arguments = message.get("params").and_then(|params| params.get("arguments"));
            Act::dies_if(arguments.is_some_and(Value::is_null))
        }
        Bug::TokenObject => Act::dies_if(arrival.param("_meta")["progressToken"].is_object()),
        Bug::EmptyName => Act::dies_if(name == Some("")),
        Bug::FormatSpecifier => Act::aborts_if(name.is_some_and(|name| name.contains("%s") || name.contains("%n"))),
        _ => Act::Go,
    }
}

fn is_huge(id: &Value) -> bool {
    id.as_i64().is_none() && id.as_f64().is_some_and(|id| id.abs() >= 2_f64.powi(63))
}
