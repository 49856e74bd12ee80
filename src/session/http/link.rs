//! What a conversation over HTTP remembers: its exchanges, the session that the server keeps, and where to post.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    asked::Asked,
    exchange::{Exchange, Heard},
};
use crate::{
    transport::http::{Answered, How, Over},
    wire::{Mark, Message, sse::SseEvent},
};

/// How many exchanges that are over are remembered.
const REMEMBERED: usize = 128;
/// How often streams that end are taken up again.
const RESUMPTIONS: u32 = 8;

/// The HTTP side of a conversation.
#[derive(Default)]
pub(in crate::session) struct Link {
    exchanges: BTreeMap<u64, Exchange>,
    /// The id that the server gave with its answer to `initialize`.
    pub(in crate::session) session: Option<String>,
    /// Whether it is the transport of the first revision: one stream for all answers, and an address to post to.
    pub(in crate::session) old: bool,
    /// Where to post, as the stream of the first revision has said.
    pub(in crate::session) endpoint: Option<String>,
    /// Why nobody answers there any more.
    pub(in crate::session) gone: Option<String>,
    /// The tools that are known, with what they want mirrored in headers.
    pub(in crate::session) tools: Vec<Value>,
    /// Whether the conversation is about to end, so that no stream is taken up again.
    pub(in crate::session) closing: bool,
    resumptions: u32,
}

/// What a part of an answer has brought.
pub(in crate::session) enum Came {
    /// A line for the transcript.
    Line(String),
    /// Messages.
    Heard(Heard),
    /// The end of an answer; nothing more comes of it.
    Over,
    /// The end of a stream that is to be taken up again, after so many milliseconds, behind this event.
    Resume { after: u64, cursor: String },
}

impl Link {
    /// Remember what is asked.
    pub(super) fn begin(&mut self, number: u64, asked: Asked, from: Mark, phase: &'static str) {
        self.exchanges.insert(number, Exchange::new(asked, from, phase));
        let over: Vec<u64> =
            self.exchanges.iter().filter(|(_, one)| !one.is_open()).map(|(number, _)| *number).collect();
        for number in over.iter().take(over.len().saturating_sub(REMEMBERED)) {
            self.exchanges.remove(number);
        }
    }

    pub(super) fn exchange(&self, number: u64) -> Option<&Exchange> {
        self.exchanges.get(&number)
    }

    pub(super) fn exchange_mut(&mut self, number: u64) -> Option<&mut Exchange> {
        self.exchanges.get_mut(&number)
    }

    /// All that are remembered, oldest first.
    pub(super) fn exchanges(&self) -> impl Iterator<Item = &Exchange> {
        self.exchanges.values()
    }

    /// How many answers of ours the server has not accepted yet.
    pub(in crate::session) fn open_replies(&self) -> usize {
        self.open().filter(|(_, exchange)| exchange.asked.kind() == "response").count()
    }

    /// Those that carried messages of ours, oldest first.
    pub(super) fn posted(&self) -> impl Iterator<Item = &Exchange> {
        self.exchanges.values().filter(|exchange| exchange.asked.rpc.is_some())
    }

    /// Those that can still bring something.
    pub(super) fn open(&self) -> impl Iterator<Item = (u64, &Exchange)> {
        self.exchanges.iter().filter(|(_, exchange)| exchange.is_open()).map(|(number, exchange)| (*number, exchange))
    }

    /// Whoever is still open now was not ended by the server; streams that are meant to stay open do no wrong by that.
    pub(super) fn leave(&mut self) -> Vec<u64> {
        let open = self.exchanges.iter_mut().filter(|(_, exchange)| exchange.is_open());
        let left = open.map(|(number, exchange)| {
            exchange.left_open = exchange.asked.stream() == "post";
            *number
        });
        left.collect()
    }

    /// The place in the transcript where an exchange began.
    pub(in crate::session) fn from(&self, number: u64) -> Option<Mark> {
        self.exchange(number).map(|exchange| exchange.from)
    }

    /// What a watch sees of an exchange.
    pub(in crate::session) fn subject(&self, number: u64) -> Option<Value> {
        self.exchange(number).map(Exchange::subject)
    }

    /// What a watch sees of a message that came on an exchange.
    pub(in crate::session) fn note(&mut self, number: u64, message: &Message) -> Value {
        let old = self.old;
        let noted = self.exchange_mut(number).map(|exchange| exchange.note(message));
        let mut noted = noted.unwrap_or(Value::Null);
        if old && noted["stream"] == "get" {
            noted["stream"] = "sse".into();
        }
        noted
    }

    /// Take in a part of an answer. `limit` is how much of one message is kept.
    pub(in crate::session) fn hear(&mut self, number: u64, part: Answered, limit: usize) -> Vec<Came> {
        match part {
            Answered::Head(head) => {
                let Some(exchange) = self.exchanges.get_mut(&number) else { return Vec::new() };
                self.gone = None;
                if exchange.asked.rpc.as_deref() == Some("initialize") && !self.old && !exchange.asked.probe {
                    // One that would break our own requests is sent back by no client.
                    let id = head.headers.get("mcp-session-id");
                    self.session = id.filter(|id| !id.contains(['\r', '\n', '\0']));
                }
                exchange.begin(head, limit);
                vec![Came::Line(exchange.answer_line(number))]
            }
            Answered::Body(bytes) => {
                let events = self.exchange_mut(number).map(|exchange| exchange.push(&bytes)).unwrap_or_default();
                events.into_iter().filter_map(|event| self.event(number, event)).collect()
            }
            Answered::Over(over) => self.over(number, over),
        }
    }

    fn event(&mut self, number: u64, event: SseEvent) -> Option<Came> {
        if self.old && event.name.as_deref() == Some("endpoint") {
            let endpoint = event.data.clone().unwrap_or_default();
            self.endpoint.get_or_insert_with(|| endpoint.clone());
            self.exchange_mut(number)?.sign(&event);
            return Some(Came::Line(format!("#{number} endpoint: {endpoint}")));
        }
        self.exchange_mut(number)?.event(event).map(Came::Heard)
    }

    fn over(&mut self, number: u64, over: Over) -> Vec<Came> {
        let (refused, line) = (over.how == How::Refused, line(number, &over));
        let Some(exchange) = self.exchanges.get_mut(&number) else { return Vec::new() };
        let why = over.why.clone();
        let (rest, document) = exchange.finish(over);
        let mut came: Vec<Came> = document.map(Came::Heard).into_iter().collect();
        came.extend(rest.and_then(|rest| exchange.event(rest)).map(Came::Heard));
        came.extend(line.map(Came::Line));
        if refused {
            self.gone = Some(why);
        }
        came.extend(self.resumption(number));
        came.push(Came::Over);
        came
    }

    /// A stream that ended before its answer, and left a place to go on from.
    fn resumption(&mut self, number: u64) -> Option<Came> {
        let exchange = self.exchanges.get(&number)?;
        let cut_off = exchange.over.as_ref().is_some_and(|over| matches!(over.how, How::Done | How::Broken));
        let waiting = exchange.asked.stream() == "get" || (exchange.asked.id.is_some() && exchange.response.is_none());
        let cursor = exchange.cursor.clone().filter(|_| cut_off && waiting && exchange.is_stream())?;
        if self.old || self.closing || exchange.asked.probe || self.resumptions >= RESUMPTIONS {
            return None;
        }
        self.resumptions += 1;
        Some(Came::Resume { after: exchange.retry.unwrap_or(0), cursor })
    }

    /// Whether a check has put this exchange together.
    pub(in crate::session) fn is_probe(&self, number: u64) -> bool {
        self.exchange(number).is_some_and(|exchange| exchange.asked.probe)
    }

    /// Whether an answer has begun that may stay open for ever.
    pub(in crate::session) fn is_streaming(&self, number: u64) -> bool {
        let is_streaming = |exchange: &Exchange| exchange.is_open() && exchange.is_stream();
        self.exchange(number).is_some_and(|exchange| is_streaming(exchange) || exchange.is_mute())
    }

    /// Whether it is a subscription.
    pub(in crate::session) fn is_subscription(&self, number: u64) -> bool {
        self.exchange(number).is_some_and(|exchange| exchange.asked.stream() == "listen")
    }

    /// Whether it is a subscription of which nothing comes before its end.
    pub(in crate::session) fn is_mute(&self, number: u64) -> bool {
        self.exchange(number).is_some_and(Exchange::is_mute)
    }

    /// The id of the request that an exchange was to answer, and that nothing else will answer either.
    pub(in crate::session) fn unanswered(&self, number: u64) -> Option<Value> {
        let exchange = self.exchange(number).filter(|exchange| exchange.answered.is_none())?;
        let elsewhere = self.old && exchange.status().is_some_and(|status| status < 300);
        exchange.asked.id.clone().filter(|_| !elsewhere && exchange.resumed_by.is_none())
    }

    /// The requests with this id are no longer wanted, and how they end is left to the server.
    pub(in crate::session) fn call_off(&mut self, id: &Value) {
        let of_id = self.exchanges.values_mut().filter(|exchange| exchange.asked.id.as_ref() == Some(id));
        of_id.for_each(|exchange| exchange.cancelled = true);
    }

    /// The request of this exchange is answered on another one from now on; zero stands for one to come.
    pub(in crate::session) fn goes_on(&mut self, number: u64, by: u64) {
        if let Some(exchange) = self.exchange_mut(number) {
            exchange.resumed_by = Some(by);
        }
    }
}

fn line(number: u64, over: &Over) -> Option<String> {
    let defects = over.defects.iter().map(ToString::to_string);
    let defects: Vec<String> = defects.filter(|defect| *defect != over.why).collect();
    match (over.how, over.why.is_empty() && defects.is_empty()) {
        (How::Done, true) => None,
        (how, true) => Some(format!("#{number} {}", how.as_str())),
        (how, false) => {
            let why = [&over.why].into_iter().filter(|why| !why.is_empty()).chain(&defects);
            Some(format!("#{number} {}: {}", how.as_str(), why.cloned().collect::<Vec<_>>().join("; ")))
        }
    }
}
