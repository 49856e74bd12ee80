//! The end of a conversation: stdin is closed, the process ends by itself or is ended, rung by rung.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{Meta, On, Phase, Session};
use crate::{
    model::Direction,
    transport::{Ladder, Rung, Shutdown},
};

/// How long a process that has done its work may take to end by itself.
const DISMISSAL: Duration = Duration::from_millis(100);

/// How a conversation ended.
#[derive(Clone, Debug)]
pub struct Closing {
    /// What the process did.
    pub shutdown: Shutdown,
    /// The same, as the arms of a suite see it.
    pub subject: Value,
}

impl Session {
    /// Close stdin, and go on listening.
    pub fn close_input(&mut self) {
        let mut state = self.shared.state();
        state.phase = Phase::Closing;
        if let Some(input) = self.way.pipe() {
            state.record(Direction::Event, Instant::now(), b"stdin closed");
            input.close();
        }
    }

    /// Let every answer come in, then end the process, rung by rung.
    pub async fn close(&mut self) -> Closing {
        self.quiet().await;
        self.farewell().await;
        self.shutdown().await
    }

    /// End the process, rung by rung, at once.
    pub async fn shutdown(&mut self) -> Closing {
        let ladder = self.settings().limits.ladder;
        self.end(&ladder, self.is_open()).await
    }

    /// End a process that has done its work: it is given little time, and what takes longer is not held against it.
    pub async fn dismiss(&mut self) -> Closing {
        let busy = self.call_off().await;
        self.quiet().await;
        self.farewell().await;
        let patient = self.settings().limits.ladder;
        let eof = if busy { Duration::from_millis(1) } else { patient.eof.min(DISMISSAL) };
        let ladder = Ladder { eof, ..patient };
        self.end(&ladder, false).await
    }

    /// Nobody waits for these calls any more; gives whether there were any.
    async fn call_off(&mut self) -> bool {
        let running = self.shared.state().requests.running_calls();
        for id in &running {
            self.notify("notifications/cancelled", Some(json!({ "requestId": id })), &Meta::Standard).await;
        }
        !running.is_empty()
    }

    async fn end(&mut self, ladder: &Ladder, orderly: bool) -> Closing {
        let was_open = self.is_open();
        let from = self.shared.state().transcript.back(4);
        self.close_input();
        let shutdown = self.peer.shutdown(ladder).await;
        self.hear_out().await;
        let subject = exit_subject(&shutdown);
        // Over HTTP, a conversation ends and the process goes on.
        if self.client().is_some() {
            return Closing { shutdown, subject };
        }
        let mut state = self.shared.state();
        state.record(Direction::Event, Instant::now(), describe(&shutdown).as_bytes());
        if orderly || (was_open && shutdown.rung == Rung::Eof) {
            state.observe(On::Exit, subject.clone(), from);
        }
        Closing { shutdown, subject }
    }

    /// What the server had written before it ended still counts.
    async fn hear_out(&mut self) {
        if self.drain.is_finished() {
            return;
        }
        let grace = Duration::from_millis(500);
        if tokio::time::timeout(grace, &mut self.drain).await.is_err() {
            self.drain.abort();
            self.shared.state().stdout_closed = true;
        }
    }
}

fn exit_subject(shutdown: &Shutdown) -> Value {
    let exited = shutdown.exited.as_ref();
    let leftovers: Vec<&str> = shutdown.leftovers.iter().map(|process| process.name.as_str()).collect();
    json!({
        "exit": {
            "code": exited.and_then(|exited| exited.code),
            "signal": exited.and_then(|exited| exited.signal),
            "rung": shutdown.rung.as_str(),
            "millis": u64::try_from(shutdown.took.as_millis()).unwrap_or(u64::MAX),
            "leftovers": leftovers,
        }
    })
}

fn describe(shutdown: &Shutdown) -> String {
    let rung = match shutdown.rung {
        Rung::None => "before stdin was closed",
        Rung::Eof => "after stdin was closed",
        Rung::Sigterm => "after SIGTERM",
        Rung::Sigkill => "after SIGKILL",
    };
    let status = match &shutdown.exited {
        Some(exited) => exited.to_string(),
        None => "still there".to_owned(),
    };
    let mut text = format!("{status} {rung}, {} ms", shutdown.took.as_millis());
    for left in &shutdown.leftovers {
        text.push_str(&format!("; left over: {} (pid {})", left.name, left.pid));
    }
    text
}
