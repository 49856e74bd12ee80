//! A case: frames in an order, and the process that they want.

use super::frame::{Asks, Frame, Then};

/// Which process a case is played on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Any, between other cases.
    #[default]
    Shared,
    /// One of its own, behind the handshake.
    Fresh,
    /// One of its own, to which nothing has been said.
    Bare,
}

/// Something to try.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The strategy that made it.
    pub strategy: &'static str,
    /// The process it wants.
    pub stage: Stage,
    /// What is sent, in this order.
    pub frames: Vec<Frame>,
}

impl Case {
    /// Frames for any process.
    pub const fn new(strategy: &'static str, frames: Vec<Frame>) -> Self {
        Self { strategy, stage: Stage::Shared, frames }
    }

    /// Frames for a process of their own.
    #[must_use]
    pub const fn on(mut self, stage: Stage) -> Self {
        self.stage = stage;
        self
    }

    /// How many bytes it has.
    pub fn size(&self) -> usize {
        self.frames.iter().map(|frame| frame.bytes.len()).sum()
    }
}

impl Case {
    /// Whether the conversation is begun anew in it, so that the rules of the one that was are not those that hold.
    pub fn is_lawless(&self) -> bool {
        let begins = |frame: &Frame| frame.bytes.windows(b"initialize".len()).any(|word| word == b"initialize");
        self.stage == Stage::Bare || self.frames.iter().any(begins)
    }

    /// Whether it can be sent together with others.
    pub fn is_plain(&self) -> bool {
        self.stage == Stage::Shared && self.frames.iter().all(|frame| frame.then == Then::Go)
    }

    /// The same, with nothing owed for a message that stands behind what has no end, because they are one line, nor for
    /// one whose id is not the one that is written.
    #[must_use]
    pub fn sober(mut self) -> Self {
        let mut is_open = false;
        for frame in &mut self.frames {
            if !frame.is_consistent() || (is_open && Frame::raw(frame.bytes.clone()).asks != Asks::Anything) {
                frame.asks = Asks::Anything;
            }
            is_open = !frame.bytes.ends_with(b"\n") && (is_open || !frame.bytes.is_empty());
        }
        self
    }

    /// Several cases as one: each waits for the one before it, as far as `settled`.
    pub fn join(cases: &[std::sync::Arc<Self>], settled: bool) -> Self {
        let mut joined = Self::new(cases.last().map_or("havoc", |case| case.strategy), Vec::new());
        for case in cases {
            let base = joined.frames.len();
            joined.stage = joined.stage.max(case.stage);
            joined.frames.extend(case.frames.iter().map(|frame| frame.moved(|place| place + base)));
            if let Some(last) = joined.frames.last_mut().filter(|last| settled && last.then == Then::Go) {
                last.then = Then::Settle;
            }
        }
        joined
    }
}
