//! What a way to the server has to tell of the cases that were played on it, whatever carries them.

use std::{sync::Arc, time::Duration};

use super::{case::Case, judge::Said, offence::Offence};

/// What came of one case.
#[derive(Debug)]
pub struct Outcome {
    /// The case.
    pub case: Arc<Case>,
    /// What the server answered to each frame, by its place in the case.
    pub said: Vec<(usize, Arc<Said>)>,
    /// What the server did wrong meanwhile, with the frame, where that is known.
    pub offences: Vec<(Option<usize>, Offence)>,
}

impl Outcome {
    /// Nothing has come yet.
    pub const fn of(case: Arc<Case>) -> Self {
        Self { case, said: Vec::new(), offences: Vec::new() }
    }
}

/// Why a process can be played on no longer.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// It died, or closed its output.
    Death(Offence),
    /// It answers nothing any more.
    Hang(Offence),
}

impl Trouble {
    /// What it is, as an offence.
    pub const fn offence(&self) -> &Offence {
        match self {
            Self::Death(offence) | Self::Hang(offence) => offence,
        }
    }
}

/// How long to wait for what.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For the first answer of a process.
    pub startup: Duration,
    /// For an answer, whatever is asked.
    pub answer: Duration,
}
