//! Tools that take their time, log, or change the server.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Call, Said, Stop};
use crate::demo::level::Level;

const SLICES: u64 = 10;

fn number(call: &Call, name: &str, default: u64) -> u64 {
    let given = call.arguments.get(name).and_then(Value::as_f64).unwrap_or(-1.0);
    // The schema has seen to it that what is given is a small whole number.
    if given < 0.0 { default } else { Duration::from_secs_f64(given).as_secs() }
}

/// Reports progress, step by step.
pub async fn progress(call: Call) -> Result<Said, Stop> {
    let steps = number(&call, "steps", 4);
    for step in 1..=steps {
        call.progress(step, steps).await;
    }
    Ok(Said::text(format!("{steps} steps done")))
}

/// Takes some time, and tells how far it has come.
pub async fn slow(call: Call) -> Result<Said, Stop> {
    let millis = number(&call, "ms", 300);
    for slice in 1..=SLICES {
        let sleep = (millis * slice / SLICES) - (millis * (slice - 1) / SLICES);
        tokio::time::sleep(Duration::from_millis(sleep)).await;
        call.progress(slice, SLICES).await;
    }
    Ok(Said::text(format!("{millis} ms have passed")))
}

/// Logs once at each level.
pub async fn log(call: Call) -> Result<Said, Stop> {
    for level in Level::all() {
        call.log(level, json!({ "about": "a message of the demo", "level": level.name() })).await;
    }
    Ok(Said::text("logged once at each level"))
}

/// Adds a tool, a prompt or a resource, and touches the counter.
pub async fn mutate(call: Call) -> Result<Said, Stop> {
    let what = call.arguments.get("what").and_then(Value::as_str).unwrap_or("tool");
    match call.server.mutate(what, call.caller.revision).await {
        Some(name) => Ok(Said::text(format!("added {name}"))),
        None => Ok(Said::failed("there is no room for more")),
    }
}
