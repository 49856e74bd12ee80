//! What a session knows at a moment: which requests are open, what came, what was kept of it.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::{
    Answer, Observation, Observer, On, Settings,
    answer::{Ticket, TicketKind, key},
    flood::Flood,
    heard::{Memory, weight},
    open::{Open, Reply},
    progress::Progress,
    responder::Sent,
    stderr::Stderr,
};
use crate::{
    model::{Direction, Era, Excerpt, Revision},
    transport::Exited,
    wire::{Line, Mark, Transcript},
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
    const fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Running => "running",
            Self::Closing => "closing",
        }
    }
}

/// Where the id of a request comes from.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Origin {
    /// Counted up by the session.
    Ours,
    /// Chosen by a check.
    Chosen,
    /// Chosen by a check, and written as raw bytes.
    Raw,
}

/// How many nameless answers are kept, and how much memory they may take.
const NAMELESS: usize = 4096;
const NAMELESS_BUDGET: usize = 8 << 20;
/// How much of a line is kept that holds no message.
const NOISE: usize = 80;

/// Where a request says which log messages it wants.
const LOG_LEVEL: &str = "/_meta/io.modelcontextprotocol~1logLevel";

/// Whether the structured content of a result stands in a block of text as well; `None` without any, or in an error.
fn is_mirrored(result: &Value) -> Option<bool> {
    let structured = result.get("structuredContent")?;
    if result.get("isError") == Some(&Value::Bool(true)) {
        return None;
    }
    let blocks = result.get("content").and_then(Value::as_array).into_iter().flatten();
    let mut texts = blocks.filter_map(|block| block.get("text")?.as_str());
    Some(texts.any(|text| serde_json::from_str(text).is_ok_and(|value: Value| value == *structured)))
}

pub(super) struct State {
    pub(super) settings: Settings,
    pub(super) phase: Phase,
    pub(super) transcript: Transcript,
    pub(super) heard: Memory,
    pub(super) stderr: Stderr,
    pub(super) unasked: Flood,
    /// The first line of stdout that held no message.
    pub(super) noise: Option<String>,
    pub(super) stdout_closed: bool,
    pub(super) exited: Option<Exited>,
    pub(super) latency: Option<Duration>,
    pub(super) last_sound: Instant,
    started: Instant,
    observer: Arc<dyn Observer>,
    open: HashMap<String, Open>,
    declared: Value,
    nameless: Vec<Answer>,
    nameless_weight: usize,
    raw_probes: usize,
    progress: Progress,
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
            stdout_closed: false,
            exited: None,
            latency: None,
            last_sound: started,
            started,
            observer,
            open: HashMap::new(),
            declared: json!({}),
            nameless: Vec::new(),
            nameless_weight: 0,
            raw_probes: 0,
            progress: Progress::default(),
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

    /// Expect an answer to a request.
    pub(super) fn expect(&mut self, id: &Value, method: &str, params: Value, origin: Origin) -> Ticket {
        self.progress.begin(&key(id), &params);
        let open = Open {
            id: id.clone(),
            method: method.to_owned(),
            params,
            raw: origin == Origin::Raw,
            plain_id: origin == Origin::Ours,
            sent: Instant::now(),
            reply: Reply::Nothing,
            given_up: false,
        };
        self.unasked = Flood::default();
        self.open.insert(key(id), open);
        Ticket(TicketKind::Id(key(id)))
    }

    /// Expect an answer that cannot name what it answers.
    pub(super) fn expect_nameless(&mut self) -> Ticket {
        self.raw_probes += 1;
        self.unasked = Flood::default();
        Ticket(TicketKind::Nameless { after: self.nameless.len() })
    }

    /// Whether something has come for a ticket, even if nobody asked for it since.
    pub(super) fn is_answered(&self, ticket: &Ticket) -> bool {
        match &ticket.0 {
            TicketKind::Id(key) => self.open.get(key).is_some_and(Open::is_answered),
            TicketKind::Nameless { after } => self.nameless.len() > *after,
        }
    }

    /// What has come for a ticket so far.
    pub(super) fn answer(&self, ticket: &Ticket) -> Option<Answer> {
        match &ticket.0 {
            TicketKind::Id(key) => match &self.open.get(key)?.reply {
                Reply::Answer(answer) => Some(answer.clone()),
                Reply::Nothing | Reply::Released => None,
            },
            TicketKind::Nameless { after } => self.nameless.get(*after).cloned(),
        }
    }

    /// The request of a ticket as it was sent; none for raw bytes.
    pub(super) fn request(&self, ticket: &Ticket) -> Option<Sent> {
        let TicketKind::Id(key) = &ticket.0 else {
            return None;
        };
        let open = self.open.get(key).filter(|open| !open.raw)?;
        Some(Sent { method: open.method.clone(), params: open.params.clone() })
    }

    /// Whether every request has its answer.
    pub(super) fn is_settled(&self) -> bool {
        !self.open.values().any(Open::is_awaited)
    }

    /// Wait no longer for an answer; one that comes all the same is still matched.
    pub(super) fn give_up(&mut self, ticket: &Ticket) {
        if let TicketKind::Id(key) = &ticket.0
            && let Some(open) = self.open.get_mut(key)
        {
            open.given_up = true;
        }
    }

    /// The calls that are still under way.
    pub(super) fn running_calls(&self) -> Vec<Value> {
        let running = self.open.values().filter(|open| open.method == "tools/call" && !open.is_answered() && !open.raw);
        running.map(|open| open.id.clone()).collect()
    }

    /// The handshake is over.
    pub(super) fn begin(&mut self, revision: Revision, declared: Value) {
        self.settings.revision = revision;
        self.declared = declared;
        self.phase = Phase::Running;
    }

    /// Nobody will ask for this answer again: keep only that it came.
    pub(super) fn let_go(&mut self, ticket: &Ticket) {
        if let TicketKind::Id(key) = &ticket.0
            && let Some(open) = self.open.get_mut(key)
        {
            open.release();
        }
    }

    /// Nobody will ask for the answers that are in.
    pub(super) fn release(&mut self) {
        self.open.values_mut().for_each(Open::release);
    }

    /// Match a response with its request; what the arms of a watch see of that.
    pub(super) fn settle(&mut self, message: &Value) -> Settled {
        let Some(key) = self.request_of(message) else {
            return self.settle_nameless(message);
        };
        let same_id = message.get("id").is_some_and(|id| key == super::answer::key(id));
        let Some(open) = self.open.get_mut(&key) else {
            return Settled::default();
        };
        let repeated = open.is_answered();
        if !repeated {
            open.reply = Reply::Answer(Answer::of(message));
            // Tools take as long as they take; the first answer takes as long as the process needs to start.
            if self.phase != Phase::Start && matches!(open.method.as_str(), "ping" | "server/discover") {
                let took = open.sent.elapsed();
                self.latency = Some(self.latency.map_or(took, |known| (known * 3 + took) / 4));
            }
        }
        let answers = json!({
            "method": open.method, "params": open.params, "raw": open.raw, "id": open.id, "same_id": same_id,
        });
        if self.settings.revision.era() == Era::Modern && self.phase == Phase::Start {
            self.phase = Phase::Running;
        }
        Settled { answers: Some(answers), repeated }
    }

    fn settle_nameless(&mut self, message: &Value) -> Settled {
        let expected = self.nameless.len() < self.raw_probes;
        if self.nameless.len() < NAMELESS && self.nameless_weight < NAMELESS_BUDGET {
            self.nameless_weight += weight(message);
            self.nameless.push(Answer::of(message));
        }
        let answers = expected.then(|| json!({ "method": "", "params": null, "raw": true, "same_id": true }));
        Settled { answers, repeated: false }
    }

    /// The key of the request that a response answers: by its id, or by the id in another type, or, without an
    /// id, the only one that is waiting. Lenient, so that the conversation can go on; a watch judges it. Where a
    /// check has chosen the id, it is the point of the request, and nothing else answers it.
    fn request_of(&self, message: &Value) -> Option<String> {
        let id = message.get("id").unwrap_or(&Value::Null);
        let exact = key(id);
        if self.open.contains_key(&exact) && !id.is_null() {
            return Some(exact);
        }
        let other = match id {
            Value::String(text) => text.clone(),
            Value::Null if self.nameless.len() < self.raw_probes => return None,
            Value::Null if message.get("result").is_some() => return self.only_waiting(),
            Value::Null => return self.open_raw(),
            number => json!(number.to_string()).to_string(),
        };
        self.open.get(&other).filter(|open| !open.is_answered() && open.plain_id).map(|_| other)
    }

    /// The raw bytes that an error without an id is about, when their own id could not be read.
    fn open_raw(&self) -> Option<String> {
        let mut raw = self.open.iter().filter(|(_, open)| open.raw && !open.is_answered());
        raw.next().map(|(key, _)| key.clone())
    }

    fn only_waiting(&self) -> Option<String> {
        let mut waiting = self.open.iter().filter(|(_, open)| open.is_awaited() && open.plain_id);
        match (waiting.next(), waiting.next()) {
            (Some((key, _)), None) => Some(key.clone()),
            _ => None,
        }
    }

    /// Tell the observer what happened.
    pub(super) fn observe(&self, on: On, subject: Value, from: Mark) {
        let evidence = || self.evidence(from);
        let Settings { name, revision, .. } = &self.settings;
        self.observer.observe(&Observation { on, session: name, revision: *revision, subject, evidence: &evidence });
    }

    /// The subject of a line.
    pub(super) fn line_subject(&self, line: &Line) -> Value {
        let text: String = String::from_utf8_lossy(&line.bytes).chars().take(2000).collect();
        let defects: Vec<&str> = line.defects.iter().map(|defect| defect.name()).collect();
        json!({ "text": text, "defects": defects, "phase": self.phase.as_str() })
    }

    /// The subject of a message.
    pub(super) fn message_subject(&mut self, message: Value, kind: &str, settled: Settled) -> Value {
        let mut subject = json!({
            "kind": kind, "phase": self.phase.as_str(), "repeated": settled.repeated,
            "client": self.settings.capabilities, "server": self.declared,
        });
        for (name, value) in [("answers", settled.answers), ("about", self.about(&message))] {
            if let Some(value) = value {
                subject[name] = value;
            }
        }
        subject["message"] = message;
        subject
    }

    /// What a message refers to beyond itself.
    fn about(&mut self, message: &Value) -> Option<Value> {
        let open = &self.open;
        match message.get("method").and_then(Value::as_str) {
            Some("notifications/progress") => {
                Some(self.progress.note(message, |request| open.get(request).map_or("finished", Open::stands)))
            }
            Some("notifications/cancelled") => {
                let request = open.get(&key(message.pointer("/params/requestId")?))?;
                Some(json!({ "method": request.method }))
            }
            Some("notifications/message") => {
                let asked = |open: &Open| open.params.pointer(LOG_LEVEL).is_some();
                Some(json!({ "asked": open.values().any(|open| !open.is_answered() && asked(open)) }))
            }
            Some(_) => None,
            None => Some(json!({ "mirrored": is_mirrored(message.get("result")?)? })),
        }
    }

    fn evidence(&self, from: Mark) -> Vec<Excerpt> {
        self.transcript.since(from)
    }
}

/// What a response turned out to be.
#[derive(Default)]
pub(super) struct Settled {
    answers: Option<Value>,
    repeated: bool,
}
