//! Bugs at the end of a ladder: each error says how to climb one rung higher.

use serde_json::Value;

use super::{Bug, act::Act, arrival::Arrival};
use crate::demo::tools::Said;

/// The greatest width.
pub const WIDEST: i64 = 4096;

/// A line arrives.
pub fn hear(bug: Bug, arrival: &Arrival) -> Act {
    if !arrival.is_request() || !arrival.ready {
        return Act::Go;
    }
    match bug {
        Bug::ErrorLadder => arrival.call_of("render").map_or(Act::Go, |arguments| rendered(arrival, arguments)),
        Bug::QueryLadder => arrival.call_of("query").map_or(Act::Go, |arguments| queried(arrival, arguments)),
        Bug::EnumBorder => arrival.call_of("resize").map_or(Act::Go, |arguments| resized(arrival, arguments)),
        _ => Act::Go,
    }
}

fn rendered(arrival: &Arrival, arguments: &Value) -> Act {
    let failed = |words: &str| Act::Say(arrival.said(Said::failed(words)));
    match (arguments["mode"].as_str(), arguments.get("depth").map(Value::as_f64)) {
        (Some("alpha"), _) => Act::Say(arrival.said(Said::text("rendered flat"))),
        (Some("beta"), None) => failed("missing key 'depth'"),
        (Some("beta"), Some(Some(3.0))) => Act::panics_if(true),
        (Some("beta"), Some(Some(1.0 | 2.0))) => Act::Say(arrival.said(Said::text("rendered"))),
        (Some("beta"), _) => failed("depth must be between 1 and 3"),
        _ => failed("mode must be one of: alpha, beta"),
    }
}

fn queried(arrival: &Arrival, arguments: &Value) -> Act {
    let failed = |words: &str| Act::Say(arrival.said(Said::failed(words)));
    let query = arguments["query"].as_str().unwrap_or_default();
    if !query.starts_with("SELECT") {
        return failed("syntax error: expected 'SELECT'");
    }
    if !query.contains("FROM") {
        return failed("syntax error: expected 'FROM' after 'SELECT'");
    }
    if !query.contains("orders") {
        return failed("no such table; the only table is 'orders'");
    }
    let answer = arrival.said(Said::text("no rows"));
    Act::Say([b"QUERY PLAN: SCAN orders\n".as_slice(), &answer].concat())
}

fn resized(arrival: &Arrival, arguments: &Value) -> Act {
    let width = arguments["width"].as_f64().filter(|width| width.fract() == 0.0);
    let widest = f64::from(u16::try_from(WIDEST).unwrap_or(u16::MAX));
    match (arguments["filter"].as_str(), width) {
        (Some("lanczos"), Some(width)) if (width - widest).abs() < 0.5 => Act::panics_if(true),
        (Some("nearest" | "cubic" | "lanczos"), Some(width)) if (1.0..=widest).contains(&width) => {
            Act::Say(arrival.said(Said::text("resized")))
        }
        _ => Act::Say(arrival.said(Said::failed("invalid arguments: filter or width does not fit the schema"))),
    }
}
