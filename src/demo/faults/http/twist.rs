//! Events on their way out: spoiled one by one, or told at the wrong time and place.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::memory::{Knock, Memory};
use crate::demo::{Fault, calls::locked, http::Event, rpc};

/// What becomes of an event.
#[derive(Debug, PartialEq, Eq)]
pub enum Told {
    /// These bytes leave; none at all is nothing.
    Bytes(Vec<u8>),
    /// The stream ends.
    Over,
    /// Nothing more leaves, and the stream stays open.
    Never,
}

/// What the faults make of one stream.
pub struct Twist {
    set: Vec<Fault>,
    memory: Arc<Mutex<Memory>>,
    name: String,
    is_modern: bool,
    is_resumed: bool,
    listens: bool,
    told: usize,
}

impl Twist {
    /// A stream of this name on which nothing was told yet.
    pub fn new(set: &[Fault], memory: Arc<Mutex<Memory>>, name: String) -> Self {
        let (is_modern, is_resumed, listens) = (false, false, false);
        Self { set: set.to_vec(), memory, name, is_modern, is_resumed, listens, told: 0 }
    }

    /// The same, with what is known of the request that opened it.
    pub fn about(mut self, is_resumed: bool, knock: &Knock) -> Self {
        self.is_resumed = is_resumed;
        self.is_modern = knock.is_modern;
        self.listens = knock.method() == "subscriptions/listen";
        self
    }

    /// What to tell for the next event, or for the end of the stream.
    pub fn tell(&mut self, event: Option<Event>) -> Told {
        let Some(mut event) = event else { return self.end() };
        self.told += 1;
        let message = event.data.as_ref().and_then(|data| serde_json::from_slice(data).ok()).unwrap_or(Value::Null);
        let is_answer = message.get("result").is_some() || message.get("error").is_some();
        let mut bytes = Vec::new();
        for fault in self.set.clone() {
            if let Some(told) = self.place(fault, &event, is_answer, &mut bytes) {
                return told;
            }
            spoil(fault, &mut event, is_answer);
        }
        self.remember(&event, &message);
        let own = self.set.iter().fold(event.bytes(), |bytes, fault| frame(*fault, bytes, &message, self.told));
        bytes.extend(own);
        Told::Bytes(bytes)
    }

    fn end(&self) -> Told {
        let stays = self.set.contains(&Fault::SseStaysOpen) && self.told > 0;
        if stays { Told::Never } else { Told::Over }
    }

    /// Moves a message to another time or place. What leaves before it is added to `before`.
    fn place(&mut self, fault: Fault, event: &Event, is_answer: bool, before: &mut Vec<u8>) -> Option<Told> {
        let mut memory = locked(&self.memory);
        let is_first = self.told == 1;
        let again = |data: Vec<u8>| Event { data: Some(data), ..Event::default() }.bytes();
        match fault {
            Fault::SseEndsEarly if is_answer => return Some(Told::Over),
            Fault::SseAnswerElsewhere if is_answer => {
                let earlier = memory.parked.replace(event.data.clone().unwrap_or_default());
                before.extend(earlier.into_iter().flat_map(again));
                return Some(Told::Bytes(std::mem::take(before)));
            }
            Fault::SseForeignProgress if is_answer => before.extend(memory.progress.take().into_iter().flat_map(again)),
            Fault::SseReplaysOthers if self.is_resumed && is_first => {
                let other = memory.told.take().filter(|(name, _)| *name != self.name);
                before.extend(other.into_iter().flat_map(|(_, data)| again(data)));
            }
            Fault::SseModernRequest if self.is_modern && is_answer => {
                let request = json!({ "jsonrpc": "2.0", "id": "demo-roots", "method": "roots/list" });
                before.extend(again(request.to_string().into_bytes()));
            }
            Fault::HttpListenHeldBack if self.listens => return Some(Told::Bytes(Vec::new())),
            Fault::SseEndpointMissing if is_endpoint(event) => return Some(Told::Bytes(Vec::new())),
            Fault::SseEndpointLate if is_endpoint(event) => {
                let log = rpc::notification("notifications/message", &json!({ "level": "info", "data": "hello" }));
                before.extend(again(log.to_string().into_bytes()));
            }
            _ => {}
        }
        None
    }

    fn remember(&self, event: &Event, message: &Value) {
        let mut memory = locked(&self.memory);
        let Some(data) = event.data.clone().filter(|data| !data.is_empty()) else { return };
        if message["method"] == "notifications/progress" {
            memory.progress = Some(data.clone());
        }
        memory.told = Some((self.name.clone(), data));
    }
}

fn is_endpoint(event: &Event) -> bool {
    event.name.as_deref() == Some("endpoint")
}

/// Changes the fields of an event.
fn spoil(fault: Fault, event: &mut Event, is_answer: bool) {
    match fault {
        Fault::SseEndpointForeign if is_endpoint(event) => {
            let path = event.data.take().unwrap_or_default();
            event.data = Some([b"http://other.example".as_slice(), &path].concat());
        }
        Fault::SseEndpointName if is_endpoint(event) => event.name = Some("url".to_owned()),
        Fault::SseEventName if is_answer => event.name = Some("response".to_owned()),
        Fault::SseDuplicateIds if event.id.is_some() => event.id = Some("event-1".to_owned()),
        Fault::SseNulId => {
            if let Some(id) = &mut event.id {
                id.push('\0');
            }
        }
        Fault::SseNoPriming if event.data.as_ref().is_some_and(Vec::is_empty) => *event = Event::default(),
        _ => change(fault, event),
    }
}

/// Changes the message in an event.
fn change(fault: Fault, event: &mut Event) {
    let Some(data) = event.data.as_mut().filter(|data| data.starts_with(b"{")) else { return };
    match fault {
        Fault::SseNotJson => *data = [b"ok ".as_slice(), data].concat(),
        // The line is broken in the middle of the first name.
        Fault::SseSplitData => data.insert(4.min(data.len()), b'\n'),
        _ => {}
    }
}

/// Changes the bytes of an event.
fn frame(fault: Fault, mut bytes: Vec<u8>, message: &Value, told: usize) -> Vec<u8> {
    match fault {
        Fault::SseNoBlankLine if message.is_object() => {
            bytes.pop();
            bytes
        }
        Fault::SseBomInside if told > 1 || message.is_object() => [b"\xEF\xBB\xBF".as_slice(), &bytes].concat(),
        Fault::SseCarriageReturn => {
            if let Some(at) = bytes.iter().position(|byte| *byte == b'{') {
                bytes.insert(at + 1, b'\r');
            }
            bytes
        }
        _ => bytes,
    }
}
