//! A request of ours: what was sent, and what has come for it.

use std::time::{Duration, Instant};

use serde_json::Value;

use super::Answer;

/// A request that is not forgotten, so that a second answer is recognised.
pub(super) struct Open {
    pub(super) id: Value,
    pub(super) method: String,
    pub(super) params: Value,
    pub(super) raw: bool,
    pub(super) plain_id: bool,
    pub(super) sent: Instant,
    pub(super) reply: Reply,
    /// How long its answer took.
    pub(super) took: Option<Duration>,
    pub(super) given_up: bool,
}

/// What has come for a request.
pub(super) enum Reply {
    Nothing,
    Answer(Answer),
    /// An answer that nobody asks for any more.
    Released,
}

impl Open {
    pub(super) fn is_answered(&self) -> bool {
        !matches!(self.reply, Reply::Nothing)
    }

    pub(super) fn release(&mut self) {
        if self.is_answered() {
            self.reply = Reply::Released;
        }
    }

    /// How it stands, for those who hear of its progress.
    pub(super) const fn stands(&self) -> &'static str {
        match (&self.reply, self.given_up) {
            (Reply::Nothing, false) => "active",
            (Reply::Nothing, true) => "spared",
            _ => "finished",
        }
    }

    /// A subscription stays open; what was met with silence before is not waited for again.
    pub(super) fn is_awaited(&self) -> bool {
        !self.is_answered() && !self.given_up && !self.raw && self.method != LISTEN
    }
}

/// The request that is answered when its subscription ends.
const LISTEN: &str = "subscriptions/listen";
