//! One exchange: what was asked, what has come, and what a check or a watch sees of both.

use std::time::Instant;

use serde_json::{Map, Value, json};

use super::{asked::Asked, body::Body};
use crate::{
    transport::http::{How, Over},
    wire::{
        Kind, Mark, Message,
        http::{Head, media_type},
        read_body,
        sse::{SseDefect, SseEvent},
    },
};

/// How many events of a stream are kept for checks that look at them.
const EVENTS: usize = 50;
/// How much of the data of an event is kept, and of a body.
const DATA: usize = 2000;
const TEXT: usize = 4096;
/// How long a body may be to be kept as JSON.
const JSON: usize = 64 << 10;

/// What an exchange has brought.
pub(in crate::session) struct Heard {
    /// The bytes that held it.
    pub(in crate::session) bytes: Vec<u8>,
    /// The messages in them.
    pub(in crate::session) messages: Vec<Message>,
}

/// One exchange.
pub(super) struct Exchange {
    pub(super) asked: Asked,
    pub(super) from: Mark,
    /// How far the conversation had come when it began.
    pub(super) phase: &'static str,
    /// Whether it was still open at the end of the conversation.
    pub(super) left_open: bool,
    pub(super) started: Instant,
    pub(super) head: Option<Head>,
    body: Option<Body>,
    pub(super) text: Option<String>,
    pub(super) json: Option<Value>,
    pub(super) events: Vec<Value>,
    pub(super) defects: Vec<&'static str>,
    pub(super) messages: u64,
    /// When the response to its request came on it.
    pub(super) answered: Option<Instant>,
    pub(super) after: u64,
    pub(super) of_others: u64,
    /// The first response that came on it, whatever it answers.
    pub(super) response: Option<Value>,
    /// The last event id, and how long to wait before asking for more.
    pub(super) cursor: Option<String>,
    pub(super) retry: Option<u64>,
    /// The exchange that goes on with this stream.
    pub(super) resumed_by: Option<u64>,
    /// Whether we called its request off by a notification.
    pub(super) cancelled: bool,
    pub(super) over: Option<Over>,
    pub(super) ended: Option<Instant>,
}

impl Exchange {
    pub(super) fn new(asked: Asked, from: Mark, phase: &'static str) -> Self {
        Self {
            asked,
            from,
            phase,
            left_open: false,
            started: Instant::now(),
            head: None,
            body: None,
            text: None,
            json: None,
            events: Vec::new(),
            defects: Vec::new(),
            messages: 0,
            answered: None,
            after: 0,
            of_others: 0,
            response: None,
            cursor: None,
            retry: None,
            resumed_by: None,
            cancelled: false,
            over: None,
            ended: None,
        }
    }

    pub(super) fn status(&self) -> Option<u16> {
        self.head.as_ref().map(|head| head.status)
    }

    pub(super) fn media_type(&self) -> String {
        let header = self.head.as_ref().and_then(|head| head.headers.get("content-type"));
        header.map(|value| media_type(&value)).unwrap_or_default()
    }

    /// Whether its answer is a stream of events.
    pub(super) fn is_stream(&self) -> bool {
        matches!(self.body, Some(Body::Events(_)))
    }

    /// Whether it is a subscription that has begun.
    pub(super) fn is_listened_to(&self) -> bool {
        self.is_stream() && self.asked.stream() == "listen" && self.messages > 0
    }

    /// Whether it is a subscription that was taken, but not as a stream of events: nothing comes of it before its end.
    pub(super) fn is_mute(&self) -> bool {
        let taken = self.status().is_some_and(|status| (200..300).contains(&status));
        taken && self.is_open() && self.asked.stream() == "listen" && !self.is_stream()
    }

    /// Whether its answer can still bring something.
    pub(super) fn is_open(&self) -> bool {
        self.over.is_none()
    }

    pub(super) fn begin(&mut self, head: Head, limit: usize) {
        self.head = Some(head);
        self.body = Some(Body::of(&self.media_type(), limit));
    }

    /// Take in bytes of the body.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Vec<SseEvent> {
        self.body.as_mut().map(|body| body.push(bytes)).unwrap_or_default()
    }

    /// No more comes; what is left is read.
    pub(super) fn finish(&mut self, over: Over) -> (Option<SseEvent>, Option<Heard>) {
        self.defects.extend(over.defects.iter().map(|defect| defect.as_str()));
        let whole = over.how == How::Done;
        (self.over, self.ended) = (Some(over), Some(Instant::now()));
        let Some(body) = &mut self.body else { return (None, None) };
        if body.is_cut() {
            self.defects.push(SseDefect::TooLong.as_str());
        }
        let rest = body.rest();
        let document = body.document().filter(|_| whole).map(|bytes| self.document(bytes));
        (rest, document)
    }

    fn document(&mut self, bytes: Vec<u8>) -> Heard {
        let text = String::from_utf8_lossy(&bytes);
        self.text = Some(text.chars().take(TEXT).collect());
        self.json =
            Some(&bytes).filter(|bytes| bytes.len() <= JSON).and_then(|bytes| serde_json::from_slice(bytes).ok());
        // A page of HTML is no message; whatever looks like JSON is read as such, and watches judge the media type.
        let is_json = matches!(text.trim_start().chars().next(), Some('{' | '['));
        let read = if is_json { read_body(&bytes) } else { (Vec::new(), Vec::new()) };
        self.defects.extend(read.1.iter().map(|defect| defect.name()));
        Heard { bytes, messages: read.0 }
    }

    /// What an event holds.
    pub(super) fn event(&mut self, event: SseEvent) -> Option<Heard> {
        self.defects.extend(event.defects.iter().map(|defect| defect.as_str()));
        self.keep(&event);
        self.retry = event.retry.as_ref().and_then(|retry| retry.parse().ok()).or(self.retry);
        self.cursor = event.id.filter(|id| !id.is_empty()).or(self.cursor.take());
        let data = event.data.filter(|data| !data.trim().is_empty())?;
        let (messages, defects) = read_body(data.as_bytes());
        self.defects.extend(defects.iter().map(|defect| defect.name()));
        Some(Heard { bytes: data.into_bytes(), messages })
    }

    /// An event that says something about the stream, and holds no message.
    pub(super) fn sign(&mut self, event: &SseEvent) {
        self.defects.extend(event.defects.iter().map(|defect| defect.as_str()));
        self.keep(event);
    }

    /// Keep the fields of an event for checks that look at them; one that has none is a comment.
    fn keep(&mut self, event: &SseEvent) {
        let data: Option<String> = event.data.as_ref().map(|data| data.chars().take(DATA).collect());
        let fields = [("event", &event.name), ("data", &data), ("id", &event.id), ("retry", &event.retry)];
        let present = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), json!(value.as_ref()?))));
        let present: Map<String, Value> = present.collect();
        if self.events.len() < EVENTS && !present.is_empty() {
            self.events.push(Value::Object(present));
        }
    }

    /// Note a message that came on it; gives what a watch of messages sees of that.
    pub(super) fn note(&mut self, message: &Message) -> Value {
        self.messages += 1;
        let is_response = matches!(message.kind, Kind::Result { .. } | Kind::Error { .. });
        let id = message.value.get("id");
        let answers = is_response && self.asked.id.is_some() && self.asked.id.as_ref() == id;
        if self.answered.is_some() {
            self.after += 1;
        } else if answers {
            self.answered = Some(Instant::now());
        }
        if is_response {
            self.of_others += u64::from(!answers && id.is_some_and(|id| !id.is_null()) && !self.may_carry_others());
            self.response.get_or_insert_with(|| message.value.clone());
        }
        json!({
            "stream": self.asked.stream(), "rpc": self.asked.rpc, "answers_it": answers, "resumed": self.resumes(),
        })
    }

    /// Batches and bytes that only the server can read may be answered under any id; a resumed stream under that of
    /// its beginning.
    fn may_carry_others(&self) -> bool {
        self.resumes() || matches!(self.asked.kind(), "batch" | "raw")
    }

    fn resumes(&self) -> bool {
        self.asked.has_header("last-event-id")
    }
}
