//! Memory that is never given back.

use super::{Bug, act::Act, arrival::Arrival, memory::Memory};

const KIB: usize = 1 << 10;
const FAMILIES: [&str; 12] = [
    "initialize",
    "ping",
    "server",
    "subscriptions",
    "tools",
    "resources",
    "prompts",
    "completion",
    "logging",
    "tasks",
    "notifications",
    "roots",
];

/// A line arrives.
pub fn hear(bug: Bug, arrival: &Arrival, memory: &mut Memory) -> Act {
    let method = arrival.method();
    let (keeps, size) = match bug {
        Bug::KeepsCalls => (method == "tools/call", 4),
        Bug::KeepsCancelled => (method == "notifications/cancelled", 64),
        Bug::KeepsUnknown => (arrival.is_request() && is_unknown(method), 16),
        Bug::KeepsMalformed => (arrival.message.is_null(), 16),
        _ => (false, 0),
    };
    if keeps {
        memory.keep(size * KIB);
    }
    Act::Go
}

fn is_unknown(method: &str) -> bool {
    !FAMILIES.contains(&method.split('/').next().unwrap_or_default())
}
