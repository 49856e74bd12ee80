//! A process that dies, hangs, or does not go.

use std::{process::Stdio, time::Duration};

use serde_json::Value;

use super::{
    Verdict,
    memory::{Arrival, Memory},
};
use crate::demo::{Fault, lines::Line};

/// How a crash ends.
const CRASH: i32 = 101;
const LARGE: usize = 512 << 10;

const METHODS: [&str; 19] = [
    "initialize",
    "ping",
    "server/discover",
    "subscriptions/listen",
    "tools/list",
    "tools/call",
    "resources/list",
    "resources/templates/list",
    "resources/read",
    "resources/subscribe",
    "resources/unsubscribe",
    "prompts/list",
    "prompts/get",
    "completion/complete",
    "logging/setLevel",
    "tasks/get",
    "tasks/result",
    "tasks/list",
    "tasks/cancel",
];
const NOTIFICATIONS: [&str; 5] = [
    "notifications/initialized",
    "notifications/cancelled",
    "notifications/progress",
    "notifications/roots/list_changed",
    "notifications/tasks/status",
];

/// Before the first message.
pub fn begin(fault: Fault) {
    if fault == Fault::IgnoreSigterm {
        ignore_sigterm();
    }
}

#[cfg(unix)]
fn ignore_sigterm() {
    use tokio::signal::unix::{SignalKind, signal};

    // Whoever takes the signal keeps it from its default, which is to end the process.
    if let Ok(mut signals) = signal(SignalKind::terminate()) {
        tokio::spawn(async move { while signals.recv().await.is_some() {} });
    }
}

#[cfg(not(unix))]
fn ignore_sigterm() {}

/// After the end of the input.
pub async fn end(fault: Fault) {
    match fault {
        Fault::IgnoreEof | Fault::IgnoreSigterm => std::future::pending().await,
        Fault::SlowExit => tokio::time::sleep(Duration::from_secs(10)).await,
        Fault::Orphan => leave_behind(),
        _ => {}
    }
}

/// Starts a process that lives for a minute, holds stdout, and is waited for by nobody.
fn leave_behind() {
    let mut sleep = std::process::Command::new("sleep");
    let _ = sleep.arg("60").stdin(Stdio::null()).stderr(Stdio::null()).spawn();
}

/// A line arrives.
pub fn line(fault: Fault, line: &Line, parsed: Option<&Value>, memory: &mut Memory) -> Verdict {
    match fault {
        Fault::CrashOnLarge if line.cut || line.bytes.len() > LARGE => Verdict::Die(CRASH),
        Fault::CrashOnMalformed if parsed.is_none() => Verdict::Die(CRASH),
        Fault::HangOnMalformed => {
            memory.malformed += usize::from(parsed.is_none());
            if memory.malformed > 0 { Verdict::Ignore } else { Verdict::Go }
        }
        Fault::LostPipelined if parsed.is_some_and(is_request) => {
            let seen = std::mem::replace(&mut memory.read, line.read);
            if seen == line.read { Verdict::Ignore } else { Verdict::Go }
        }
        _ => Verdict::Go,
    }
}

fn is_request(message: &Value) -> bool {
    message.get("id").is_some() && message.get("method").is_some()
}

/// A message arrives.
pub fn incoming(fault: Fault, arrival: &Arrival) -> Verdict {
    let method = arrival.method.as_str();
    let dies = match fault {
        Fault::CrashOnUnknownMethod => arrival.is_request && !METHODS.contains(&method),
        Fault::CrashOnUnknownNotification => !arrival.is_request && !NOTIFICATIONS.contains(&method),
        Fault::CrashOnCancel => method == "notifications/cancelled",
        _ => false,
    };
    if dies { Verdict::Die(CRASH) } else { Verdict::Go }
}

/// A message leaves.
pub fn outgoing(fault: Fault, message: &mut Value) {
    if fault == Fault::MangledUnicode {
        mangle(message);
    }
}

fn mangle(value: &mut Value) {
    match value {
        Value::String(text) => *text = text.chars().map(|c| if c.is_ascii() { c } else { '?' }).collect(),
        Value::Array(items) => items.iter_mut().for_each(mangle),
        Value::Object(members) => members.values_mut().for_each(mangle),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::{
        pin::pin,
        task::{Context, Poll, Waker},
    };

    use super::*;

    #[tokio::test]
    async fn only_the_stubborn_stay() {
        let stays = |fault| {
            let mut context = Context::from_waker(Waker::noop());
            pin!(end(fault)).poll(&mut context) == Poll::Pending
        };
        assert!(stays(Fault::IgnoreEof) && stays(Fault::IgnoreSigterm) && stays(Fault::SlowExit));
        assert!(!stays(Fault::Crlf) && !stays(Fault::LostPipelined));
    }
}
