//! The handle with which a check talks to a server.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tokio::{sync::Notify, task::JoinHandle, time::timeout_at};

use super::{
    Answer, Greeting, Meta, Observer, Phase, Settings, Ticket, Until, drain::Drain, heard::Heard, metadata,
    requests::Origin, responder, state::State,
};
use crate::{
    model::{Direction, Era, Excerpt, Revision},
    transport::{Connection, Peer, Way},
    wire::{Mark, encode},
};

pub(super) struct Shared {
    state: Mutex<State>,
    pub(super) changed: Notify,
}

impl Shared {
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A message of ours.
#[derive(Clone, Debug)]
pub struct Say<'a> {
    /// Its method.
    pub method: &'a str,
    /// Its parameters, without metadata.
    pub params: Option<Value>,
    /// Its metadata.
    pub meta: &'a Meta,
    /// Whether it breaks the protocol on purpose. What does not is held against the protocol as well.
    pub malformed: bool,
}

/// One conversation with one process.
pub struct Session {
    pub(super) shared: Arc<Shared>,
    pub(super) way: Way,
    pub(super) peer: Peer,
    pub(super) drain: JoinHandle<()>,
    next_id: i64,
    started: Instant,
    /// `stdio`, `memory`, `http` or `sse`.
    pub transport: &'static str,
    /// What the handshake brought, once it is over.
    pub greeting: Option<Greeting>,
    /// What the server lists, once it was asked.
    pub(super) lists: super::listing::Lists,
}

/// How long to wait until a notification is accepted before what follows it is sent.
const NOTIFIED: Duration = Duration::from_secs(2);

/// How many rounds of input a server may ask for before its answer counts as it is.
const INPUT_ROUNDS: usize = 4;

impl Session {
    /// Begin to listen to a server, and say nothing.
    pub fn begin(connection: Connection, settings: Settings, observer: Arc<dyn Observer>) -> Self {
        let Connection { way, chunks, peer, started, transport } = connection;
        let shared =
            Arc::new(Shared { state: Mutex::new(State::new(settings, observer, started)), changed: Notify::new() });
        let drain = Drain::new(Arc::clone(&shared), way.clone());
        let drain = tokio::spawn(drain.run(chunks));
        if let (Way::Http(client), "sse") = (&way, transport) {
            shared.begin_old(client);
        }
        let lists = super::listing::Lists::default();
        Self { shared, way, peer, drain, next_id: 0, started, transport, greeting: None, lists }
    }

    /// The revision that is spoken.
    pub fn revision(&self) -> Revision {
        self.shared.state().settings.revision
    }

    pub(super) fn settle_on(&mut self, revision: Revision, greeting: Greeting) {
        self.shared.state().begin(revision, greeting.capabilities.clone());
        self.greeting = Some(greeting);
    }

    /// What the session was told.
    pub fn settings(&self) -> Settings {
        self.shared.state().settings.clone()
    }

    /// How long to wait for an answer.
    pub fn patience(&self) -> Duration {
        self.shared.state().settings.limits.answer
    }

    /// How long ago the process was started.
    pub fn age(&self) -> Duration {
        self.started.elapsed()
    }

    /// Send a request and go on.
    pub async fn send(&mut self, method: &str, params: Option<Value>, meta: &Meta, id: Option<Value>) -> Ticket {
        self.say(Say { method, params, meta, malformed: false }, id).await
    }

    /// Send a request, which may break the protocol on purpose.
    pub async fn say(&mut self, say: Say<'_>, id: Option<Value>) -> Ticket {
        let Say { method, params, meta, malformed } = say;
        let origin = if id.is_some() { Origin::Chosen } else { Origin::Ours };
        let id = id.unwrap_or_else(|| self.fresh_id());
        let params = metadata::apply(&self.settings(), params, meta, true);
        let mut message = json!({ "jsonrpc": "2.0", "id": id, "method": method });
        if let Some(params) = &params {
            message["params"] = params.clone();
        }
        let ticket = self.shared.state().expect(&id, method, params.unwrap_or(Value::Null), origin);
        match self.write_message(&message, malformed).await {
            Some(exchange) => ticket.on(exchange, Until::Answer),
            None => ticket,
        }
    }

    /// A message that a check has begun, with what it leaves to us: the version of JSON-RPC, an id, metadata.
    pub fn complete(&mut self, message: Value, meta: &Meta, notification: bool) -> Value {
        let Value::Object(mut members) = message else { return message };
        members.entry("jsonrpc").or_insert_with(|| json!("2.0"));
        let is_request = members.contains_key("method") && !notification;
        if is_request && !members.contains_key("id") {
            let id = self.fresh_id();
            members.insert("id".to_owned(), id);
        }
        if members.contains_key("method") {
            let params = metadata::apply(&self.settings(), members.shift_remove("params"), meta, is_request);
            members.extend(params.map(|params| ("params".to_owned(), params)));
        }
        Value::Object(members)
    }

    /// Use a process that has served for something else.
    pub fn reuse(&mut self, settings: Settings) {
        self.shared.state().settings = settings;
    }

    /// Declare other client capabilities in requests from now on; gives those that were declared before.
    pub fn declare(&mut self, capabilities: Value) -> Value {
        std::mem::replace(&mut self.shared.state().settings.capabilities, capabilities)
    }

    /// Send a notification.
    pub async fn notify(&mut self, method: &str, params: Option<Value>, meta: &Meta) {
        self.tell(Say { method, params, meta, malformed: false }).await;
    }

    /// Send a notification, which may break the protocol on purpose.
    pub async fn tell(&mut self, say: Say<'_>) {
        let Say { method, params, meta, malformed } = say;
        if let Some(id) = params.as_ref().and_then(|params| params.get("requestId")) {
            self.shared.state().requests.call_off(id);
            if self.hangs_up(method, id) {
                return;
            }
            self.shared.state().link.call_off(id);
        }
        if method == "notifications/initialized" {
            self.shared.state().phase = Phase::Running;
        }
        let mut message = json!({ "jsonrpc": "2.0", "method": method });
        if let Some(params) = metadata::apply(&self.settings(), params, meta, false) {
            message["params"] = params;
        }
        if let Some(exchange) = self.write_message(&message, malformed).await {
            // Requests travel on ways of their own: what follows must not overtake it.
            self.until_over(exchange, Instant::now() + self.patience().min(NOTIFIED)).await;
        }
    }

    /// Write a message; over HTTP, gives the exchange that carries it.
    async fn write_message(&self, message: &Value, malformed: bool) -> Option<u64> {
        self.until_endpoint().await;
        let exchange = self.client().map(|client| self.shared.post(client, message));
        if exchange.is_none() {
            self.write(encode(message)).await;
        }
        if !malformed {
            self.shared.state().observe_sent(message, None);
        }
        exchange
    }

    /// Write bytes as they are. `ids` are those that answers to them would carry; none means a nameless answer.
    pub async fn raw(&mut self, bytes: Vec<u8>, id: Option<&Value>) -> Ticket {
        let ticket = {
            let mut state = self.shared.state();
            match id {
                Some(id) => state.expect(id, "", Value::Null, Origin::Raw),
                None => state.expect_nameless(),
            }
        };
        self.until_endpoint().await;
        if let Some(client) = self.client() {
            let body = bytes.strip_suffix(b"\n").unwrap_or(&bytes).to_vec();
            return ticket.on(self.shared.post_bytes(client, body), Until::Answer);
        }
        if !bytes.is_empty() {
            self.write(bytes).await;
        }
        ticket
    }

    async fn write(&self, bytes: Vec<u8>) {
        let limit = self.patience();
        self.shared.state().record(Direction::Sent, Instant::now(), bytes.trim_ascii_end());
        let Some(input) = self.way.pipe() else { return };
        if let Err(not_written) = input.write(bytes, limit).await {
            let note = format!("not written: {not_written}");
            self.shared.state().record(Direction::Event, Instant::now(), note.as_bytes());
        }
    }

    fn fresh_id(&mut self) -> Value {
        self.next_id += 1;
        json!(self.next_id)
    }

    /// Wait for the answer; an interim answer that asks for input is given it.
    pub async fn answer(&mut self, ticket: &Ticket, within: Duration) -> Answer {
        let deadline = Instant::now() + within;
        let mut answer = self.first(ticket, deadline).await;
        for _ in 0..INPUT_ROUNDS {
            let Some(retry) = self.retry_of(ticket, &answer) else {
                return answer;
            };
            let again = self.again(ticket, retry).await;
            answer = self.first(&again, deadline).await;
        }
        answer
    }

    fn retry_of(&self, ticket: &Ticket, answer: &Answer) -> Option<responder::Retry> {
        let state = self.shared.state();
        responder::retry(&state.settings, &state.requests.request(ticket)?, answer.result()?)
    }

    /// Send a request again, with the input that was asked for. What was malformed is no better the second time.
    async fn again(&mut self, ticket: &Ticket, retry: responder::Retry) -> Ticket {
        let malformed = self.shared.state().was_malformed(ticket);
        let responder::Retry { method, params } = retry;
        self.say(Say { method: &method, params: Some(params), meta: &Meta::None, malformed }, None).await
    }

    pub(super) async fn first(&self, ticket: &Ticket, deadline: Instant) -> Answer {
        let answer = self.wait_for(deadline, |state: &State| state.arrived(ticket)).await;
        answer.unwrap_or_else(|| {
            self.shared.state().requests.give_up(ticket);
            Answer::Silence
        })
    }

    /// Send a request and wait for its answer.
    pub async fn ask(&mut self, method: &str, params: Option<Value>) -> Answer {
        let within = self.patience();
        let ticket = self.send(method, params, &Meta::Standard, None).await;
        let answer = self.answer(&ticket, within).await;
        self.shared.state().requests.let_go(&ticket);
        answer
    }

    /// Forget the answers that are in: whoever asked for them has them.
    pub fn release(&self) {
        self.shared.state().requests.release();
    }

    /// Wait until something is so, or the deadline passes.
    pub(super) async fn wait_for<T>(&self, deadline: Instant, seen: impl Fn(&State) -> Option<T>) -> Option<T> {
        loop {
            let changed = self.shared.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            if let Some(value) = seen(&self.shared.state()) {
                return Some(value);
            }
            if timeout_at(deadline.into(), changed).await.is_err() {
                return seen(&self.shared.state());
            }
        }
    }

    pub(super) async fn sentinel(&mut self) -> Ticket {
        let method = match self.revision().era() {
            Era::Legacy => "ping",
            Era::Modern => "server/discover",
        };
        self.send(method, None, &Meta::Standard, None).await
    }

    /// Whether the server answers an ordinary request with a result.
    pub async fn alive(&mut self) -> Answer {
        let deadline = Instant::now() + self.patience();
        let sentinel = self.sentinel().await;
        self.first(&sentinel, deadline).await
    }

    /// Whether an answer comes in time; one that does not is not waited for any more.
    pub async fn is_answered(&self, ticket: &Ticket, within: Duration) -> bool {
        let arrived =
            |state: &State| (state.requests.is_answered(ticket) || state.arrived(ticket).is_some()).then_some(());
        let came = self.wait_for(Instant::now() + within, arrived).await.is_some();
        if !came {
            self.shared.state().requests.give_up(ticket);
        }
        came
    }

    /// How long an answer took that is in.
    pub fn took(&self, ticket: &Ticket) -> Option<Duration> {
        self.shared.state().requests.took(ticket)
    }

    /// The order of the next thing that is heard, to look back to.
    pub fn now(&self) -> u64 {
        self.shared.state().heard.order()
    }

    /// The notifications and requests of the server since then.
    pub fn heard_since(&self, order: u64) -> Vec<Heard> {
        self.shared.state().heard.iter().filter(|heard| heard.order > order).cloned().collect()
    }

    /// A place in the transcript, to show what came after it.
    pub fn mark(&self) -> Mark {
        self.shared.state().transcript.mark()
    }

    /// The transcript since then.
    pub fn since(&self, mark: Mark) -> Vec<Excerpt> {
        self.shared.state().transcript.since(mark)
    }

    /// The end of the transcript.
    pub fn last(&self, lines: usize) -> Vec<Excerpt> {
        self.shared.state().transcript.last(lines)
    }

    /// The last lines that the server wrote to its stderr.
    pub fn stderr(&self, lines: usize) -> Vec<String> {
        self.shared.state().stderr.last(lines)
    }

    /// Whether the server can still be talked to.
    pub fn is_open(&self) -> bool {
        let state = self.shared.state();
        !state.stdout_closed && state.exited.is_none() && state.link.gone.is_none()
    }

    /// How many bytes of memory its processes hold, where that can be told.
    pub fn memory(&self) -> Option<u64> {
        self.peer.memory()
    }

    /// How the process ended by itself, if it did.
    pub fn exited(&self) -> Option<crate::transport::Exited> {
        self.shared.state().exited.clone()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.drain.abort();
    }
}
