//! The requests of a conversation: what was asked, what has come for it, and which response belongs to which.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::{
    Answer,
    answer::{Ticket, TicketKind, key, key_on},
    heard::weight,
    open::{Open, Reply},
    progress::Progress,
    responder::Sent,
};

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

/// What a response turned out to be.
#[derive(Default)]
pub(super) struct Settled {
    /// What the arms of a watch see of its request.
    pub(super) answers: Option<Value>,
    /// Whether the request had been answered before.
    pub(super) repeated: bool,
    /// How long a sentinel took; tools take as long as they take.
    pub(super) round_trip: Option<Duration>,
}

/// Every request, by the key of its id, and the answers that name none.
#[derive(Default)]
pub(super) struct Requests {
    open: HashMap<String, Open>,
    nameless: Vec<Answer>,
    nameless_weight: usize,
    raw_probes: usize,
    progress: Progress,
}

impl Requests {
    /// Expect an answer to a request.
    pub(super) fn expect(&mut self, id: &Value, method: &str, params: Value, origin: Origin) -> Ticket {
        let key = key(id);
        self.open(key.clone(), id, method, params, origin);
        Ticket::new(TicketKind::Id(key))
    }

    /// Expect an answer to a request that has an exchange of its own.
    pub(super) fn expect_on(&mut self, exchange: Option<u64>, id: &Value, request: &Value) {
        let method = request.get("method").and_then(Value::as_str).unwrap_or_default();
        let params = request.get("params").cloned().unwrap_or_default();
        let key = exchange.map_or_else(|| key(id), |exchange| key_on(exchange, id));
        self.open(key, id, method, params, Origin::Chosen);
    }

    fn open(&mut self, key: String, id: &Value, method: &str, params: Value, origin: Origin) {
        self.progress.begin(&key, &params);
        let open = Open {
            id: id.clone(),
            method: method.to_owned(),
            params,
            raw: origin == Origin::Raw,
            plain_id: origin == Origin::Ours,
            sent: Instant::now(),
            reply: Reply::Nothing,
            took: None,
            given_up: false,
        };
        self.open.insert(key, open);
    }

    /// Expect an answer that cannot name what it answers.
    pub(super) fn expect_nameless(&mut self) -> Ticket {
        self.raw_probes += 1;
        Ticket::new(TicketKind::Nameless { after: self.nameless.len() })
    }

    /// Whether something has come for a ticket, even if nobody asked for it since.
    pub(super) fn is_answered(&self, ticket: &Ticket) -> bool {
        match &ticket.kind {
            TicketKind::Id(key) => self.open.get(key).is_some_and(Open::is_answered),
            TicketKind::Nameless { after } => self.nameless.len() > *after,
        }
    }

    /// How long the answer to a ticket took.
    pub(super) fn took(&self, ticket: &Ticket) -> Option<Duration> {
        match &ticket.kind {
            TicketKind::Id(key) => self.open.get(key)?.took,
            TicketKind::Nameless { .. } => None,
        }
    }

    /// What has come for a ticket so far.
    pub(super) fn answer(&self, ticket: &Ticket) -> Option<Answer> {
        match &ticket.kind {
            TicketKind::Id(key) => match &self.open.get(key)?.reply {
                Reply::Answer(answer) => Some(answer.clone()),
                Reply::Nothing | Reply::Released => None,
            },
            TicketKind::Nameless { after } => self.nameless.get(*after).cloned(),
        }
    }

    /// The request of a ticket as it was sent; none for raw bytes.
    pub(super) fn request(&self, ticket: &Ticket) -> Option<Sent> {
        let TicketKind::Id(key) = &ticket.kind else {
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
        if let TicketKind::Id(key) = &ticket.kind
            && let Some(open) = self.open.get_mut(key)
        {
            open.given_up = true;
        }
    }

    /// The request with this id was called off: it may stay without an answer.
    pub(super) fn call_off(&mut self, id: &Value) {
        self.give_up(&Ticket::of_key(id));
    }

    /// What a check has put on this exchange may stay without an answer.
    pub(super) fn call_off_on(&mut self, exchange: u64) {
        let own = key_on(exchange, &Value::Null);
        let own = own.trim_end_matches("null");
        let on_it = self.open.iter_mut().filter(|(key, _)| key.starts_with(own));
        on_it.for_each(|(_, open)| open.given_up = true);
    }

    /// The calls that are still under way.
    pub(super) fn running_calls(&self) -> Vec<Value> {
        let running = self.open.values().filter(|open| open.method == "tools/call" && !open.is_answered() && !open.raw);
        running.map(|open| open.id.clone()).collect()
    }

    /// Nobody will ask for this answer again: keep only that it came.
    pub(super) fn let_go(&mut self, ticket: &Ticket) {
        if let TicketKind::Id(key) = &ticket.kind
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
    pub(super) fn settle(&mut self, message: &Value, exchange: Option<u64>) -> Settled {
        let own = exchange.map(|exchange| key_on(exchange, message.get("id").unwrap_or(&Value::Null)));
        let own = own.filter(|key| self.open.contains_key(key));
        let Some(key) = own.or_else(|| self.request_of(message)).or_else(|| self.on_another(message)) else {
            return self.settle_nameless(message);
        };
        let Some(open) = self.open.get_mut(&key) else {
            return Settled::default();
        };
        let same_id = message.get("id").is_some_and(|id| super::answer::key(&open.id) == super::answer::key(id));
        let repeated = open.is_answered();
        if !repeated {
            open.reply = Reply::Answer(Answer::of(message));
            open.took = Some(open.sent.elapsed());
        }
        let sentinel = !repeated && matches!(open.method.as_str(), "ping" | "server/discover");
        let round_trip = open.took.filter(|_| sentinel);
        let answers = json!({
            "method": open.method, "params": open.params, "raw": open.raw, "id": open.id, "same_id": same_id,
        });
        Settled { answers: Some(answers), repeated, round_trip }
    }

    fn settle_nameless(&mut self, message: &Value) -> Settled {
        let expected = self.nameless.len() < self.raw_probes;
        if self.nameless.len() < NAMELESS && self.nameless_weight < NAMELESS_BUDGET {
            self.nameless_weight += weight(message);
            self.nameless.push(Answer::of(message));
        }
        let answers = expected.then(|| json!({ "method": "", "params": null, "raw": true, "same_id": true }));
        Settled { answers, ..Settled::default() }
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

    /// The request that a check has put on another exchange than the one that brings its answer, such as a stream that
    /// goes on with an earlier one.
    fn on_another(&self, message: &Value) -> Option<String> {
        let id = key(message.get("id").filter(|id| !id.is_null())?);
        let is_of_id = |own: &str| own.starts_with('#') && own.split_once(' ').is_some_and(|(_, rest)| rest == id);
        self.open.keys().find(|own| is_of_id(own)).cloned()
    }

    fn only_waiting(&self) -> Option<String> {
        let mut waiting = self.open.iter().filter(|(_, open)| open.is_awaited() && open.plain_id);
        match (waiting.next(), waiting.next()) {
            (Some((key, _)), None) => Some(key.clone()),
            _ => None,
        }
    }

    /// What a message refers to beyond itself.
    pub(super) fn about(&mut self, message: &Value) -> Option<Value> {
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_on_another_exchange_belongs_to_the_request_of_its_id() {
        let mut requests = Requests::default();
        requests.expect_on(Some(4), &json!("one"), &json!({ "method": "ping" }));
        for (id, known) in [(json!("one"), true), (json!("two"), false), (Value::Null, false)] {
            let settled = requests.settle(&json!({ "jsonrpc": "2.0", "id": id, "result": {} }), Some(6));
            assert_eq!(settled.answers.is_some(), known, "{id}");
        }
    }
}
