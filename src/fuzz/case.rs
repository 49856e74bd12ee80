//! A case: frames in an order, and the process that they want.

use super::frame::Frame;

/// Which process a case is played on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
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
