//! What a session knows at a moment: which requests are open, what came, what was kept of it.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::{
    Answer, Observation, Observer, On, Settings, Ticket,
    flood::Flood,
    heard::Memory,
    http::Link,
    requests::{Origin, Requests, Settled},
    stderr::Stderr,
};
use crate::{
    model::{Direction, Era, Revision},
    schema::{Problem, Side, judge},
    transport::Exited,
    wire::{Line, Mark, Message, Transcript, classify},
};

/// How far a conversation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The handshake is not over.
    Start,
    /// It is.
    Running,
    /// Stdin is closed.
    Closing,
}

impl Phase {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Running => "running",
            Self::Closing => "closing",
        }
    }
}

/// How much of a line is kept that holds no message.
const NOISE: usize = 80;

pub(super) struct State {
    pub(super) settings: Settings,
    pub(super) phase: Phase,
    pub(super) transcript: Transcript,
    pub(super) heard: Memory,
    pub(super) stderr: Stderr,
    pub(super) unasked: Flood,
    /// The first line of stdout that held no message.
    pub(super) noise: Option<String>,
    /// Whether the server has sent back a request of ours.
    pub(super) echoes: bool,
    pub(super) stdout_closed: bool,
    pub(super) exited: Option<Exited>,
    pub(super) latency: Option<Duration>,
    pub(super) last_sound: Instant,
    started: Instant,
    observer: Arc<dyn Observer>,
    /// What the server has declared, once it has.
    declared: Option<Value>,
    pub(super) requests: Requests,
    /// The HTTP side of the conversation, where it has one.
    pub(super) link: Link,
}

impl State {
    pub(super) fn new(settings: Settings, observer: Arc<dyn Observer>, started: Instant) -> Self {
        Self {
            transcript: Transcript::new(settings.limits.transcript),
            settings,
            phase: Phase::Start,
            heard: Memory::default(),
            stderr: Stderr::default(),
            unasked: Flood::default(),
            noise: None,
            echoes: false,
            stdout_closed: false,
            exited: None,
            latency: None,
            last_sound: started,
            started,
            observer,
            declared: None,
            requests: Requests::default(),
            link: Link::default(),
        }
    }

    /// Write a line into the transcript, and show it to whoever wants to see it.
    pub(super) fn record(&mut self, direction: Direction, at: Instant, bytes: &[u8]) {
        if direction != Direction::Stderr {
            self.stderr.interrupt();
        }
        let before = self.transcript.mark();
        self.transcript.push(direction, at.saturating_duration_since(self.started), bytes);
        if self.observer.wants_wire() {
            for line in self.transcript.since(before) {
                self.observer.wire(&self.settings.name, line);
            }
        }
    }

    /// Keep a line of stderr; in the transcript as well, unless there are too many.
    pub(super) fn record_stderr(&mut self, at: Instant, line: &[u8]) {
        if self.stderr.keep(line) {
            self.record(Direction::Stderr, at, line);
        }
    }

    /// Keep the first line that holds no message, to tell the user what it was.
    pub(super) fn keep_noise(&mut self, line: &[u8]) {
        if self.noise.is_none() && !line.trim_ascii().is_empty() {
            let line = line.get(..4 * NOISE).unwrap_or(line);
            self.noise = Some(String::from_utf8_lossy(line).trim().chars().take(NOISE).collect());
        }
    }

    /// The handshake is over.
    pub(super) fn begin(&mut self, revision: Revision, declared: Value) {
        self.settings.revision = revision;
        self.declared = Some(declared);
        self.phase = Phase::Running;
    }

    /// Expect an answer to a request: what comes from now on was asked for.
    pub(super) fn expect(&mut self, id: &Value, method: &str, params: Value, origin: Origin) -> Ticket {
        self.unasked = Flood::default();
        self.requests.expect(id, method, params, origin)
    }

    /// Expect an answer that cannot name what it answers.
    pub(super) fn expect_nameless(&mut self) -> Ticket {
        self.unasked = Flood::default();
        self.requests.expect_nameless()
    }

    /// Expect answers to what a check has put on an exchange of its own: a request, or several of them.
    pub(super) fn expect_on(&mut self, exchange: u64, message: &Value) {
        self.unasked = Flood::default();
        let several = message.as_array().map_or(std::slice::from_ref(message), Vec::as_slice);
        for request in several.iter().filter(|request| request.get("method").is_some()) {
            if let Some(id) = request.get("id").filter(|id| !id.is_null()) {
                // In the first revision all answers come on one stream.
                let exchange = (!self.link.old).then_some(exchange);
                self.requests.expect_on(exchange, id, request);
            }
        }
    }

    /// Whether nothing more can come of this conversation.
    pub(super) fn is_over(&self) -> bool {
        self.stdout_closed || self.echoes || self.link.gone.is_some()
    }

    /// Whether the answer to a ticket has begun, and may stay open for ever.
    pub(super) fn is_streaming(&self, ticket: &Ticket) -> bool {
        ticket.exchange.is_some_and(|exchange| self.link.is_streaming(exchange))
    }

    /// What has come for a ticket so far; over HTTP, that nothing will come is an answer, too.
    pub(super) fn arrived(&self, ticket: &Ticket) -> Option<Answer> {
        // What names no request is told by the exchange that it came on, and not by its order.
        let by_exchange = ticket.exchange.is_some() && !ticket.is_of_id() && !self.link.old;
        let answer = if by_exchange { None } else { self.requests.answer(ticket) };
        match ticket.exchange {
            Some(exchange) => self.link.outcome(exchange, ticket.until, answer),
            None => answer,
        }
        .or_else(|| self.is_over().then_some(Answer::Closed))
    }

    /// Match a response with its request.
    pub(super) fn settle(&mut self, message: &Value, exchange: Option<u64>) -> Settled {
        let settled = self.requests.settle(message, exchange);
        // What a check says beside the conversation declares nothing for the rest of it.
        if !exchange.is_some_and(|exchange| self.link.is_probe(exchange)) {
            self.learn(message, &settled);
        }
        // The first answer takes as long as the process needs to start, and tells nothing about the next.
        if let Some(took) = settled.round_trip.filter(|_| self.phase != Phase::Start) {
            self.latency = Some(self.latency.map_or(took, |known| (known * 3 + took) / 4));
        }
        if self.settings.revision.era() == Era::Modern && self.phase == Phase::Start {
            self.phase = Phase::Running;
        }
        settled
    }

    /// What both sides declared, from a handshake that a check holds by itself.
    fn learn(&mut self, message: &Value, settled: &Settled) {
        let Some(answers) = settled.answers.as_ref() else { return };
        let asked = answers.get("method").and_then(Value::as_str);
        if !matches!(asked, Some("initialize" | "server/discover")) {
            return;
        }
        if let Some(declared) = message.pointer("/result/capabilities").filter(|declared| declared.is_object()) {
            self.declared = Some(declared.clone());
        }
        if let Some(client) = answers.pointer("/params/capabilities").filter(|client| client.is_object()) {
            self.settings.capabilities = client.clone();
        }
    }

    /// Tell the observer what happened.
    pub(super) fn observe(&self, on: On, subject: Value, from: Mark) {
        self.observe_judged(on, subject, None, from);
    }

    /// Tell the observer of a message, with what is wrong with it.
    pub(super) fn observe_judged(&self, on: On, subject: Value, problems: Option<Vec<Problem>>, from: Mark) {
        let evidence = || self.transcript.since(from);
        let Settings { name: session, revision, .. } = &self.settings;
        let revision = *revision;
        self.observer.observe(&Observation { on, session, revision, subject, problems, evidence: &evidence });
    }

    /// Nothing more comes of an exchange: its request stays without an answer, if it has none.
    pub(super) fn wait_no_longer(&mut self, exchange: u64) {
        if self.link.is_probe(exchange) && !self.link.old {
            self.requests.call_off_on(exchange);
        } else if let Some(id) = self.link.unanswered(exchange) {
            self.requests.call_off(&id);
        }
    }

    /// Tell the observer of an exchange that is over.
    pub(super) fn observe_exchange(&self, exchange: u64, from: Mark) {
        if let Some(subject) = self.link.subject(exchange) {
            self.observe(On::Http, subject, from);
        }
    }

    /// Hold a message of ours against its description: what we demand of others we keep ourselves. `asked` is the
    /// method that it answers, if it is an answer.
    pub(super) fn observe_sent(&self, message: &Value, asked: Option<&str>) {
        let message = classify(message.clone());
        let problems = judge(self.settings.revision, Side::Client, &message, asked).problems();
        let subject = json!({ "kind": message.kind.name(), "phase": self.phase.as_str(), "message": message.value });
        self.observe_judged(On::Sent, subject, problems, self.transcript.back(1));
    }

    /// Whether a request of ours breaks the protocol; on purpose, or it would have been told.
    pub(super) fn was_malformed(&self, ticket: &Ticket) -> bool {
        let Some(sent) = self.requests.request(ticket) else { return false };
        let message = json!({ "jsonrpc": "2.0", "id": 0, "method": sent.method, "params": sent.params });
        let problems = judge(self.settings.revision, Side::Client, &classify(message), None).problems();
        problems.is_some_and(|problems| !problems.is_empty())
    }

    /// What the description of messages finds wrong with one of the server.
    pub(super) fn problems(&self, message: &Message, settled: &Settled) -> Option<Vec<Problem>> {
        let asked = settled.answers.as_ref().and_then(|answers| answers.get("method")?.as_str());
        judge(self.settings.revision, Side::Server, message, asked.filter(|method| !method.is_empty())).problems()
    }

    /// The subject of a line.
    pub(super) fn line_subject(&self, line: &Line) -> Value {
        let text: String = String::from_utf8_lossy(&line.bytes).chars().take(2000).collect();
        let defects: Vec<&str> = line.defects.iter().map(|defect| defect.name()).collect();
        json!({ "text": text, "defects": defects, "phase": self.phase.as_str() })
    }

    /// The subject of a message.
    pub(super) fn message_subject(&mut self, message: Value, kind: &str, described: bool, settled: Settled) -> Value {
        let mut subject = json!({
            "kind": kind, "phase": self.phase.as_str(), "repeated": settled.repeated,
            "described": described, "client": self.settings.capabilities,
        });
        let about = self.requests.about(&message);
        for (name, value) in [("server", self.declared.clone()), ("answers", settled.answers), ("about", about)] {
            if let Some(value) = value {
                subject[name] = value;
            }
        }
        subject["message"] = message;
        subject
    }
}
