//! The door: each line goes past the bugs before the honest server gets it.

use std::sync::{Arc, Mutex};

use serde_json::Value;

use super::{
    Bug, act::Act, arrival::Arrival, bug::Room, bytes, corruption, envelope, hangs, items, ladders, leakage, leaks,
    memory::Memory, order, state, steps, tools, values, violation,
};
use crate::{
    demo::{
        calls::locked,
        dress::{Kind, dress},
        lines::Line,
        route,
        rpc::{self, Incoming},
        server::{Server, Work},
    },
    model::{Era, Revision},
};

/// The bugs of one server.
pub struct Bugs {
    set: Vec<Bug>,
    memory: Mutex<Memory>,
}

impl Bugs {
    /// A server with these.
    pub fn new(set: &[Bug]) -> Self {
        Self { set: set.to_vec(), memory: Mutex::default() }
    }

    /// The descriptions of the tools that are there for a bug.
    pub fn tools(&self, revision: Revision) -> impl Iterator<Item = Value> {
        self.set.iter().flat_map(|bug| tools::of(*bug)).map(move |tool| dress(Kind::Tool, &tool, revision))
    }

    /// Lets a line go past, and gives what the honest server is to take.
    pub async fn hear(&self, server: &Arc<Server>, line: Line) -> Option<Line> {
        if self.set.is_empty() {
            return Some(line);
        }
        let message = serde_json::from_slice(&line.bytes).unwrap_or_default();
        let act = self.decide(server, &line, &message);
        obey(server, act, line, &message).await
    }

    /// At the end of the input.
    pub fn end(&self, server: &Server) {
        if self.set.contains(&Bug::ClosedInCall) && !server.calls.ids().is_empty() {
            std::process::abort();
        }
    }

    fn decide(&self, server: &Server, line: &Line, message: &Value) -> Act {
        let revision = route::spoken_in(server, message);
        let id = message.get("id");
        let arrival = Arrival {
            bytes: &line.bytes,
            message,
            revision,
            ready: revision.era() == Era::Modern || server.session(|session| session.is_some()),
            running: server.calls.ids(),
        };
        let mut memory = locked(&self.memory);
        memory.note(line.read, message);
        let acts = self.set.iter().map(|bug| hear(*bug, &arrival, &mut memory));
        let act = acts.filter(|act| !matches!(act, Act::Go)).last().unwrap_or(Act::Go);
        if let Some(id) = id.filter(|_| arrival.is_request()) {
            memory.remember(id, arrival.method());
        }
        act
    }
}

fn hear(bug: Bug, arrival: &Arrival, memory: &mut Memory) -> Act {
    match bug.room() {
        Room::Bytes => bytes::hear(bug, arrival),
        Room::Envelope => envelope::hear(bug, arrival),
        Room::Values => values::hear(bug, arrival),
        Room::Order => order::hear(bug, arrival, memory),
        Room::Hangs => hangs::hear(bug, arrival, memory),
        Room::Corruption => corruption::hear(bug, arrival, memory),
        Room::Violation => violation::hear(bug, arrival),
        Room::State => state::hear(bug, arrival, memory),
        Room::Leaks => leaks::hear(bug, arrival, memory),
        Room::Leakage => leakage::hear(bug, arrival),
        Room::Steps => steps::hear(bug, arrival, memory),
        // Tools that are there for a bug are as strict as the others about this.
        Room::Items | Room::Ladders if arrival.has_odd_arguments() => Act::Go,
        Room::Items => items::hear(bug, arrival, memory),
        Room::Ladders => ladders::hear(bug, arrival),
    }
}

async fn obey(server: &Arc<Server>, act: Act, line: Line, message: &Value) -> Option<Line> {
    match act {
        Act::Go => return Some(line),
        Act::Take(other) => return Some(Line { bytes: other.to_string().into_bytes(), ..line }),
        Act::Before(bytes) => {
            server.outbox.bytes(bytes).await;
            return Some(line);
        }
        Act::Spoil(spoil) => match honest(server, message) {
            Some(answer) => server.outbox.bytes(spoil(answer)).await,
            None => return Some(line),
        },
        Act::Say(bytes) => server.outbox.bytes(bytes).await,
        Act::Silence => {}
        Act::Hang => std::future::pending().await,
        Act::Die(code) => server.die(code),
        Act::Abort => std::process::abort(),
    }
    None
}

/// The answer of the honest server, if it has one at once.
fn honest(server: &Arc<Server>, message: &Value) -> Option<String> {
    let Incoming::Request(request) = rpc::classify(message) else { return None };
    if request.method == "subscriptions/listen" {
        return None;
    }
    match route::route(server, &request) {
        (revision, Work::Said(answer)) => Some(rpc::answer(Some(&request.id), &answer, revision).to_string()),
        (_, Work::Running(_)) => None,
    }
}
