//! Tools that are there only for a bug. They say of themselves that they change nothing, so that anybody may call them.

use serde_json::{Value, json};

use super::{Bug, act::Act, arrival::Arrival, ladders};
use crate::demo::tools::{Said, described};

/// As many items as the schema allows.
const MOST: usize = 10;
const COLOURS: [&str; 3] = ["red", "green", "blue"];

/// The descriptions of those that a bug needs.
pub fn of(bug: Bug) -> Vec<Value> {
    let id = || json!({ "id": { "type": "string", "description": "One that was given" } });
    match bug {
        Bug::EmptyEnum => {
            let colour = json!({ "colour": { "type": "string", "enum": COLOURS } });
            vec![described("paint", "Paints a wall", colour, &["colour"])]
        }
        Bug::LongArray => {
            let numbers = json!({ "numbers": { "type": "array", "items": { "type": "number" }, "maxItems": MOST } });
            vec![described("total", "Adds numbers", numbers, &["numbers"])]
        }
        Bug::ImpossibleDate => {
            let day = json!({ "day": { "type": "string", "format": "date" } });
            vec![described("weekday", "Names the day of the week", day, &["day"])]
        }
        Bug::DeprecatedArgument => {
            let limits = json!({ "limit": { "type": "integer" }, "max": { "type": "integer", "deprecated": true } });
            vec![described("search", "Searches", limits, &[])]
        }
        Bug::ItemFlag => {
            let mut wanted = id();
            wanted["raw"] = json!({ "type": "boolean" });
            vec![
                described("list_items", "Lists the ids of all items", json!({}), &[]),
                described("get_item", "Gives an item", wanted, &["id"]),
            ]
        }
        Bug::DeletedNote => vec![
            described("create_note", "Creates a note and gives its id", json!({}), &[]),
            described("delete_note", "Deletes a note", id(), &["id"]),
            described("get_note", "Gives a note", id(), &["id"]),
        ],
        Bug::VerboseJob => {
            let status = json!({ "job": { "type": "string" }, "verbose": { "type": "boolean" } });
            vec![
                described("start_job", "Starts a job", json!({}), &[]),
                described("job_status", "Tells how far a job is", status, &["job"]),
            ]
        }
        Bug::LinkedResource => vec![described("attach", "Points to an attachment", json!({}), &[])],
        _ => ladder(bug),
    }
}

fn ladder(bug: Bug) -> Vec<Value> {
    match bug {
        Bug::ErrorLadder => {
            let mut render = described("render", "Renders a scene", json!({ "mode": { "type": "string" } }), &["mode"]);
            render["inputSchema"]["additionalProperties"] = json!(true);
            vec![render]
        }
        Bug::QueryLadder => {
            vec![described("query", "Asks the database", json!({ "query": { "type": "string" } }), &["query"])]
        }
        Bug::EnumBorder => {
            let size = json!({
                "filter": { "type": "string", "enum": ["nearest", "cubic", "lanczos"] },
                "width": { "type": "integer", "minimum": 1, "maximum": ladders::WIDEST },
            });
            vec![described("resize", "Resizes a picture", size, &["filter", "width"])]
        }
        _ => Vec::new(),
    }
}

/// A call of a tool that trusts what it is given.
pub fn values(bug: Bug, arrival: &Arrival) -> Act {
    if !arrival.is_request() || !arrival.ready {
        return Act::Go;
    }
    let done = |fits| Act::Say(arrival.said(if fits { Said::text("done") } else { Said::failed("invalid arguments") }));
    match bug {
        Bug::EmptyEnum => match arrival.call_of("paint") {
            Some(given) if given["colour"] == "" => Act::panics_if(true),
            Some(given) => done(COLOURS.iter().any(|colour| given["colour"] == *colour)),
            None => Act::Go,
        },
        Bug::LongArray => match arrival.call_of("total").map(|given| given["numbers"].as_array().map(Vec::len)) {
            Some(Some(items)) if items > MOST => Act::Abort,
            Some(items) => done(items.is_some()),
            None => Act::Go,
        },
        _ => match arrival.call_of("weekday").map(|given| given["day"].as_str().unwrap_or_default()) {
            Some(day) if is_impossible(day) => Act::panics_if(true),
            Some(day) => done(date(day).is_some()),
            None => Act::Go,
        },
    }
}

/// A call of the tool with an argument that should no longer be used.
pub fn deprecated(arrival: &Arrival) -> Act {
    let Some(given) = arrival.call_of("search").filter(|_| arrival.is_request() && arrival.ready) else {
        return Act::Go;
    };
    let warning: &[u8] = b"DeprecationWarning: 'max' is deprecated, use 'limit'\n";
    let warning = if given.get("max").is_some() { warning } else { b"" };
    Act::Say([warning, &arrival.said(Said::text("nothing found"))].concat())
}

/// Year, month and day of what is written like a date.
fn date(day: &str) -> Option<(u16, u8, u8)> {
    let mut parts = day.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let written = year.len() == 4 && month.len() == 2 && day.len() == 2;
    written.then(|| Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)))?
}

fn is_impossible(day: &str) -> bool {
    let Some((year, month, day)) = date(day) else { return false };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 => 28 + u8::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    !(1..=last).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_is_known() {
        assert!(["2023-02-30", "2023-02-29", "2023-13-01", "2023-04-31", "2023-01-00"].into_iter().all(is_impossible));
        assert!(["2024-02-29", "2023-12-31", "today", ""].into_iter().all(|day| !is_impossible(day)));
    }
}
