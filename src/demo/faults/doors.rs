//! The doors: where lines come in, where messages leave, and where the process begins and ends.

use std::sync::Mutex;

use serde_json::Value;

use super::{
    calls, capabilities, envelope, errors, framing, lifecycle, lists,
    memory::{Arrival, Exchange, Memory},
    modern, process, progress, tools,
};
use crate::{
    demo::{
        Fault, Group, caller,
        calls::locked,
        failure::Failure,
        lines::Line,
        outbox::{Outbox, Outgoing},
    },
    model::Revision,
};

/// What becomes of something that arrives.
#[derive(Debug, PartialEq)]
pub enum Verdict {
    /// The honest server takes it.
    Go,
    /// It is as if it had never come.
    Ignore,
    /// It is refused.
    Fail(Failure),
    /// The process ends with this code.
    Die(i32),
}

/// The deviations of one server.
pub struct Faults {
    set: Vec<Fault>,
    memory: Mutex<Memory>,
}

impl Faults {
    /// A server with these.
    pub fn new(set: &[Fault]) -> Self {
        Self { set: set.to_vec(), memory: Mutex::new(Memory::default()) }
    }

    fn of(&self, group: Group) -> impl Iterator<Item = Fault> {
        self.set.iter().copied().filter(move |fault| fault.group() == group)
    }

    /// Before the first message.
    pub async fn begin(&self, outbox: &Outbox) {
        for fault in &self.set {
            process::begin(*fault);
            outbox.bytes(framing::begin(*fault)).await;
        }
    }

    /// After the last message.
    pub async fn end(&self, outbox: &Outbox) {
        for fault in &self.set {
            outbox.bytes(framing::end(*fault)).await;
        }
        for fault in self.of(Group::Process) {
            process::end(fault).await;
        }
    }

    /// A line arrives.
    pub fn line(&self, line: &Line, parsed: Option<&Value>) -> Verdict {
        let mut memory = locked(&self.memory);
        let mut verdicts = self.set.iter().map(|fault| match fault.group() {
            Group::Errors => errors::line(*fault, parsed),
            _ => process::line(*fault, line, parsed, &mut memory),
        });
        verdicts.find(|verdict| *verdict != Verdict::Go).unwrap_or(Verdict::Go)
    }

    /// A message arrives. It may be changed before the honest server sees it.
    pub fn incoming(&self, message: &mut Value, revision: Revision, spoken: &[Revision]) -> Verdict {
        let Some(method) = message.get("method").and_then(Value::as_str).map(str::to_owned) else {
            return Verdict::Go;
        };
        let mut memory = locked(&self.memory);
        let is_request = message.get("id").is_some();
        let mut arrival = Arrival { method, is_request, spoken, memory: &mut memory };
        let showing = self.set.iter().filter(|fault| fault.shows_in(revision));
        let verdict =
            showing.map(|fault| incoming(*fault, message, &mut arrival)).find(|verdict| *verdict != Verdict::Go);
        remember(message, &mut arrival);
        verdict.unwrap_or(Verdict::Go)
    }

    /// What is sent although nobody asked, when this notification has arrived.
    pub fn unasked(&self, notification: &Value, revision: Revision) -> Vec<Value> {
        let memory = locked(&self.memory);
        let say = |fault: &Fault| {
            envelope::unasked(*fault, revision).or_else(|| lifecycle::unasked(*fault, notification, &memory))
        };
        self.set.iter().filter(|fault| fault.shows_in(revision)).filter_map(say).collect()
    }

    /// The bytes of a message that leaves through a pipe, with whatever leaves before and after it.
    pub fn encode(&self, outgoing: Outgoing) -> Vec<u8> {
        let mut memory = locked(&self.memory);
        let request = outgoing.request.clone().unwrap_or_default();
        let method = request["method"].as_str().unwrap_or_default();
        let framing: Vec<_> = self.of(Group::Framing).collect();
        let messages = self.spoil(outgoing, &mut memory);
        messages.iter().flat_map(|message| framing::line(&framing, message, method, &mut memory)).collect()
    }

    /// The messages that leave where each has a place of its own, with their bytes.
    pub fn messages(&self, outgoing: Outgoing) -> Vec<(Value, Vec<u8>)> {
        let framing: Vec<_> = self.of(Group::Framing).collect();
        let messages = self.spoil(outgoing, &mut locked(&self.memory));
        let with_bytes = |message: Value| {
            let bytes = framing::bare(&framing, &message);
            (message, bytes)
        };
        messages.into_iter().map(with_bytes).collect()
    }

    /// A message as the faults make it, with whatever leaves before and after it.
    fn spoil(&self, mut outgoing: Outgoing, memory: &mut Memory) -> Vec<Value> {
        let request = outgoing.request.as_deref().unwrap_or(&Value::Null);
        let mut exchange = Exchange {
            request,
            method: request["method"].as_str().unwrap_or_default(),
            cause: outgoing.cause,
            revision: outgoing.revision,
            memory,
            before: Vec::new(),
            after: Vec::new(),
            dropped: false,
        };
        // An array is the answer to a batch, and left alone.
        let showing = |fault: &&Fault| outgoing.message.is_object() && fault.shows_in(outgoing.revision);
        let showing: Vec<_> = self.set.iter().filter(showing).copied().collect();
        for fault in &showing {
            leave(*fault, &mut outgoing.message, &mut exchange);
        }
        let wrapped = |message| showing.iter().fold(message, |message, fault| envelope::wrapped(*fault, message));
        let own = (!exchange.dropped).then_some(outgoing.message);
        exchange.before.into_iter().chain(own).chain(exchange.after).map(wrapped).collect()
    }
}

fn incoming(fault: Fault, message: &mut Value, arrival: &mut Arrival) -> Verdict {
    match fault.group() {
        Group::Process => process::incoming(fault, arrival),
        Group::Lifecycle => lifecycle::incoming(fault, message, arrival),
        Group::Modern => modern::incoming(fault, message, arrival),
        Group::Capabilities => capabilities::incoming(fault, arrival),
        Group::Tools => tools::incoming(fault, message, arrival),
        Group::Calls => calls::incoming(fault, message, arrival),
        Group::Lists => lists::incoming(fault, message, arrival),
        _ => Verdict::Go,
    }
}

fn remember(message: &Value, arrival: &mut Arrival) {
    match arrival.method.as_str() {
        "initialize" => arrival.memory.capabilities = message["params"]["capabilities"].clone(),
        "notifications/initialized" => arrival.memory.initialized = true,
        "server/discover" => arrival.memory.discovered = true,
        _ => {}
    }
    arrival.memory.served |= arrival.is_request && message["params"]["_meta"].get(caller::VERSION).is_some();
}

fn leave(fault: Fault, message: &mut Value, exchange: &mut Exchange) {
    match fault.group() {
        Group::Process => process::outgoing(fault, message),
        Group::Envelope => envelope::outgoing(fault, message, exchange),
        Group::Errors => errors::outgoing(fault, message, exchange),
        Group::Lifecycle => lifecycle::outgoing(fault, message, exchange),
        Group::Modern => modern::outgoing(fault, message, exchange),
        Group::Capabilities => capabilities::outgoing(fault, message),
        Group::Tools => tools::outgoing(fault, message, exchange),
        Group::Calls => calls::outgoing(fault, message, exchange),
        Group::Lists => lists::outgoing(fault, message, exchange),
        Group::Progress => progress::outgoing(fault, message, exchange),
        _ => {}
    }
}
