//! The task that listens: chunks become lines, lines become messages, messages become answers.
//!
//! It always reads, whatever the rest of the program does, so that a server never blocks on us; but it lets the others
//! have their turn, and a flood ends it.

use std::{sync::Arc, time::Instant};

use serde_json::Value;
use tokio::{
    sync::{Semaphore, mpsc::Receiver},
    task::yield_now,
};

use super::{On, http::Came, requests::Settled, responder, state::State, stderr::StderrLines, talk::Shared};
use crate::{
    model::Direction,
    transport::{Chunk, Event, Way, http::Answered},
    wire::{Kind, Line, LineDecoder, Mark, Message, encode},
};

/// How many lines of evidence precede what is observed.
const CONTEXT: usize = 6;
/// How many bytes are looked at in one go: a flood of short lines must not keep deadlines from passing.
const SLICE: usize = 4096;
/// How many answers of ours may wait for the server to read them.
const REPLIES: usize = 256;
/// The same over HTTP, where each takes a connection.
const POSTED: usize = 32;

pub(super) struct Drain {
    shared: Arc<Shared>,
    way: Way,
    replies: Arc<Semaphore>,
}

impl Drain {
    pub(super) fn new(shared: Arc<Shared>, way: Way) -> Self {
        Self { shared, way, replies: Arc::new(Semaphore::new(REPLIES)) }
    }

    /// Listen until the server has nothing more to say. In a flood the pipe is closed: that ends most programs.
    pub(super) async fn run(self, mut chunks: Receiver<Event>) {
        let limit = self.shared.state().settings.limits.line;
        let (mut stdout, mut stderr) = (LineDecoder::new(limit), StderrLines::default());
        while let Some(Event { at, chunk }) = chunks.recv().await {
            match chunk {
                Chunk::Stdout(bytes) => self.stdout(&mut stdout, &bytes, at).await,
                Chunk::StdoutClosed => {
                    self.lines(stdout.finish(), at);
                    self.shared.state().stdout_closed = true;
                }
                Chunk::Stderr(bytes) => self.stderr(stderr.push(&bytes), at),
                Chunk::StderrClosed => self.stderr(stderr.finish(), at),
                Chunk::Exited(exited) => self.shared.state().exited = Some(exited),
                Chunk::Http { exchange, part } => self.exchange(exchange, part, at).await,
            }
            self.shared.changed.notify_waiters();
            if self.shared.state().unasked.is_over() {
                break;
            }
            yield_now().await;
        }
        self.lines(stdout.finish(), Instant::now());
        self.shared.state().stdout_closed = true;
        self.shared.changed.notify_waiters();
    }

    async fn stdout(&self, decoder: &mut LineDecoder, bytes: &[u8], at: Instant) {
        for slice in bytes.chunks(SLICE) {
            let lines = decoder.push(slice);
            self.shared.state().unasked.add(slice.len(), lines.len());
            if !lines.is_empty() {
                self.lines(lines, at);
                self.shared.changed.notify_waiters();
                yield_now().await;
            }
        }
    }

    fn lines(&self, lines: Vec<Line>, at: Instant) {
        for line in lines {
            let replies = self.line(line, at);
            self.send(replies);
        }
    }

    fn line(&self, line: Line, at: Instant) -> Vec<Value> {
        let mut state = self.shared.state();
        state.last_sound = at;
        let from = state.transcript.back(CONTEXT);
        state.record(Direction::Received, at, &line.bytes);
        state.observe(On::Line, state.line_subject(&line), from);
        if line.messages.is_empty() {
            state.keep_noise(&line.bytes);
        }
        let mut replies = Vec::new();
        for message in line.messages {
            Self::message(&mut state, message, (from, None), &mut replies);
        }
        replies
    }

    /// A part of an answer over HTTP; of a stream no more than a slice at once.
    async fn exchange(&self, exchange: u64, part: Answered, at: Instant) {
        let is_streaming = self.shared.state().link.is_streaming(exchange);
        let Answered::Body(bytes) = part else { return self.http(exchange, part, at) };
        for slice in bytes.chunks(if is_streaming { SLICE } else { usize::MAX }) {
            self.http(exchange, Answered::Body(slice.to_vec()), at);
            if self.shared.state().unasked.is_over() {
                break;
            }
            self.shared.changed.notify_waiters();
            yield_now().await;
        }
    }

    /// A part of an answer over HTTP.
    fn http(&self, exchange: u64, part: Answered, at: Instant) {
        let mut state = self.shared.state();
        state.last_sound = at;
        let limit = state.settings.limits.line;
        let from = state.link.from(exchange).unwrap_or_else(|| state.transcript.back(CONTEXT));
        let mut replies = Vec::new();
        for came in state.link.hear(exchange, part, limit) {
            match came {
                Came::Line(line) => state.record(Direction::Event, at, line.as_bytes()),
                Came::Heard(heard) => {
                    state.record(Direction::Received, at, &heard.bytes);
                    state.unasked.add(heard.bytes.len(), heard.messages.len().max(1));
                    if heard.messages.is_empty() {
                        state.keep_noise(&heard.bytes);
                    }
                    for message in heard.messages {
                        Self::message(&mut state, message, (from, Some(exchange)), &mut replies);
                    }
                }
                Came::Over => {
                    state.wait_no_longer(exchange);
                    state.observe_exchange(exchange, from);
                }
                Came::Resume { after, cursor } => self.resume(&mut state, exchange, after, cursor),
            }
        }
        drop(state);
        self.send(replies);
    }

    /// Go on with a stream that ended, without waiting here.
    fn resume(&self, state: &mut State, exchange: u64, after: u64, cursor: String) {
        let Way::Http(client) = &self.way else { return };
        // Until the number of what goes on with it is known, the exchange is not over.
        state.link.goes_on(exchange, 0);
        let (shared, client) = (Arc::clone(&self.shared), client.clone());
        tokio::spawn(async move { shared.resume(client, exchange, after, cursor).await });
    }

    /// `place` is where its evidence begins, and the exchange that brought it.
    fn message(state: &mut State, message: Message, place: (Mark, Option<u64>), replies: &mut Vec<Value>) {
        let over = place.1.map(|exchange| state.link.note(exchange, &message));
        let settled = match &message.kind {
            Kind::Request { method, id } => {
                // No server asks us to initialize; one that does sends back our own request.
                state.echoes |= matches!(method.as_str(), "initialize" | "server/discover");
                state.heard.keep(&message.value);
                if let Some(reply) = responder::reply(&state.settings, &message.value) {
                    // An id that no request may have is the server's, in the answer as well.
                    if id.is_string() || id.is_i64() || id.is_u64() {
                        state.observe_sent(&reply, Some(method));
                    }
                    replies.push(reply);
                }
                Settled::default()
            }
            Kind::Notification { .. } => {
                state.heard.keep(&message.value);
                Settled::default()
            }
            Kind::Result { .. } | Kind::Error { .. } => state.settle(&message.value, place.1),
            Kind::Batch(_) | Kind::Invalid(_) => Settled::default(),
        };
        let problems = state.problems(&message, &settled);
        let (kind, parts) = (message.kind.name(), message.kind.into_parts());
        let mut subject = state.message_subject(message.value, kind, problems.is_some(), settled);
        if let Some(over) = over {
            subject["over"] = over;
        }
        state.observe_judged(On::Message, subject, problems, place.0);
        for part in parts {
            Self::message(state, part, place, replies);
        }
    }

    /// Answer without waiting: a server that does not read must not keep us from listening.
    fn send(&self, replies: Vec<Value>) {
        for reply in replies {
            if let Way::Http(client) = &self.way {
                if self.shared.state().link.open_replies() >= POSTED {
                    return;
                }
                self.shared.post(client, &reply);
                continue;
            }
            // Whoever does not read so many answers will not miss this one.
            let Ok(permit) = Arc::clone(&self.replies).try_acquire_owned() else {
                return;
            };
            let bytes = encode(&reply);
            self.shared.state().record(Direction::Sent, Instant::now(), bytes.trim_ascii_end());
            let Some(input) = self.way.pipe().cloned() else { return };
            let limit = self.shared.state().settings.limits.answer;
            tokio::spawn(async move {
                let _permit = permit;
                input.write(bytes, limit).await
            });
        }
    }

    fn stderr(&self, lines: Vec<Vec<u8>>, at: Instant) {
        let mut state = self.shared.state();
        for line in lines {
            state.record_stderr(at, &line);
        }
    }
}
