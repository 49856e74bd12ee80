//! The task that listens: chunks become lines, lines become messages, messages become answers.
//!
//! It always reads, whatever the rest of the program does, so that a server never blocks on us.

use std::{sync::Arc, time::Instant};

use serde_json::Value;
use tokio::sync::mpsc::Receiver;

use super::{
    On, responder,
    state::{Settled, State},
    talk::Shared,
};
use crate::{
    model::Direction,
    transport::{Chunk, Event, Input},
    wire::{Kind, Line, LineDecoder, Message, encode},
};

/// How many lines of evidence precede what is observed.
const CONTEXT: usize = 6;
/// A server that has said this many messages without being asked is not listened to any further.
const FLOOD: u64 = 200_000;

pub(super) struct Drain {
    pub(super) shared: Arc<Shared>,
    pub(super) input: Input,
}

impl Drain {
    /// Listen until the server has nothing more to say.
    pub(super) async fn run(self, mut chunks: Receiver<Event>) {
        let limit = self.shared.state().settings.limits.line;
        let (mut stdout, mut stderr) = (LineDecoder::new(limit), StderrLines::default());
        while let Some(Event { at, chunk }) = chunks.recv().await {
            match chunk {
                Chunk::Stdout(bytes) => self.lines(stdout.push(&bytes), at),
                Chunk::StdoutClosed => {
                    self.lines(stdout.finish(), at);
                    self.shared.state().stdout_closed = true;
                }
                Chunk::Stderr(bytes) => self.stderr(stderr.push(&bytes), at),
                Chunk::StderrClosed => self.stderr(stderr.finish(), at),
                Chunk::Exited(exited) => self.shared.state().exited = Some(exited),
            }
            self.shared.changed.notify_waiters();
        }
        self.lines(stdout.finish(), Instant::now());
        self.shared.state().stdout_closed = true;
        self.shared.changed.notify_waiters();
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
        if state.messages > FLOOD {
            return Vec::new();
        }
        let from = state.transcript.back(CONTEXT);
        state.record(Direction::Received, at, &line.bytes);
        state.observe(On::Line, state.line_subject(&line), from);
        let mut replies = Vec::new();
        for message in line.messages {
            Self::message(&mut state, message, from, &mut replies);
        }
        replies
    }

    fn message(state: &mut State, message: Message, from: crate::wire::Mark, replies: &mut Vec<Value>) {
        state.messages += 1;
        let (kind, settled) = match &message.kind {
            Kind::Request { .. } => {
                state.keep(&message.value);
                replies.extend(responder::reply(&state.settings, &message.value));
                ("request", Settled::default())
            }
            Kind::Notification { .. } => {
                state.keep(&message.value);
                ("notification", Settled::default())
            }
            Kind::Result { .. } => ("result", state.settle(&message.value)),
            Kind::Error { .. } => ("error", state.settle(&message.value)),
            Kind::Batch(_) => ("batch", Settled::default()),
            Kind::Invalid(_) => ("invalid", Settled::default()),
        };
        let parts = match message.kind {
            Kind::Batch(parts) => parts,
            _ => Vec::new(),
        };
        let subject = state.message_subject(message.value, kind, settled);
        state.observe(On::Message, subject, from);
        for part in parts {
            Self::message(state, part, from, replies);
        }
    }

    /// Answer without waiting: a server that does not read must not keep us from listening.
    fn send(&self, replies: Vec<Value>) {
        for reply in replies {
            let bytes = encode(&reply);
            self.shared
                .state()
                .record(Direction::Sent, Instant::now(), bytes.trim_ascii_end());
            let (input, limit) = (self.input.clone(), self.shared.state().settings.limits.answer);
            tokio::spawn(async move { input.write(bytes, limit).await });
        }
    }

    fn stderr(&self, lines: Vec<Vec<u8>>, at: Instant) {
        let mut state = self.shared.state();
        for line in lines {
            state.record(Direction::Stderr, at, &line);
        }
    }
}

/// Stderr is text for people: split at line ends, long lines cut, never judged.
#[derive(Default)]
struct StderrLines {
    pending: Vec<u8>,
}

/// How much of a line of stderr is kept.
const STDERR_LINE: usize = 4096;

impl StderrLines {
    fn push(&mut self, bytes: &[u8]) -> Vec<Vec<u8>> {
        let mut lines = Vec::new();
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            let room = STDERR_LINE.saturating_sub(self.pending.len());
            self.pending.extend_from_slice(&piece[..piece.len().min(room)]);
            if piece.ends_with(b"\n") {
                lines.push(std::mem::take(&mut self.pending).trim_ascii_end().to_vec());
            }
        }
        lines
    }

    fn finish(&mut self) -> Vec<Vec<u8>> {
        if self.pending.is_empty() {
            Vec::new()
        } else {
            vec![std::mem::take(&mut self.pending)]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stderr_lines_are_whole_and_bounded() {
        let mut lines = StderrLines::default();
        assert_eq!(lines.push(b"one\r\ntw"), vec![b"one".to_vec()]);
        assert_eq!(lines.push(b"o\n"), vec![b"two".to_vec()]);
        for _ in 0..1000 {
            assert!(lines.push(&[b'x'; 1000]).is_empty());
        }
        assert_eq!(lines.finish(), vec![vec![b'x'; STDERR_LINE]]);
    }
}
