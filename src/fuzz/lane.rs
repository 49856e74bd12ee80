//! What a way to the server has to tell of the cases that were played on it, whatever carries them.

use std::{sync::Arc, time::Duration};

use super::{
    case::Case,
    judge::{Judge, Said},
    offence::Offence,
    pipe::Pipe,
    web::Web,
};
use crate::model::Excerpt;

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
    /// The most that an answer is ever waited for.
    pub limit: Duration,
}

/// Less than this is no hang, however fast a server is otherwise.
const LEAST: Duration = Duration::from_millis(600);

impl Patience {
    /// Patience with a server that takes so long for ordinary requests.
    pub fn for_one_that_takes(self, ordinary: Duration) -> Self {
        Self { answer: (ordinary * 20).max(LEAST).min(self.limit), ..self }
    }

    /// All the patience that there is.
    pub const fn whole(self) -> Self {
        Self { answer: self.limit, ..self }
    }
}

/// A way to the server: the pipes of a process, or a session over HTTP.
pub enum Lane {
    /// A process.
    Pipe(Box<Pipe>),
    /// A session.
    Web(Box<Web>),
}

impl Lane {
    /// Send cases together, without waiting for what comes of them.
    pub fn launch(&mut self, cases: Vec<Arc<Case>>) {
        match self {
            Self::Pipe(pipe) => pipe.launch(cases),
            Self::Web(web) => web.launch(cases),
        }
    }

    /// How many flights are in the air.
    pub fn airborne(&self) -> usize {
        match self {
            Self::Pipe(pipe) => pipe.airborne(),
            Self::Web(web) => web.airborne(),
        }
    }

    /// Wait for the oldest flight.
    pub async fn land(&mut self, judge: &mut Judge) -> Result<Option<Vec<Outcome>>, Trouble> {
        match self {
            Self::Pipe(pipe) => Ok(pipe.land(judge).await?.map(|flight| flight.outcomes)),
            Self::Web(web) => web.land(judge).await,
        }
    }

    /// Play one case by itself.
    pub async fn play(&mut self, case: &Arc<Case>, judge: &mut Judge) -> (Outcome, Option<Trouble>) {
        match self {
            Self::Pipe(pipe) => pipe.play(case, judge).await,
            Self::Web(web) => web.play(case, judge).await,
        }
    }

    /// Wait for what is still open.
    pub async fn settle(&mut self, judge: &mut Judge) -> Result<(), Trouble> {
        match self {
            Self::Pipe(pipe) => pipe.settle(judge).await,
            Self::Web(_) => Ok(()),
        }
    }

    /// What was heard that no case answers for.
    pub fn stray(&mut self) -> Vec<Offence> {
        match self {
            Self::Pipe(pipe) => pipe.stray(),
            Self::Web(_) => Vec::new(),
        }
    }

    /// Frames that wait for their answer for too long, with their cases.
    pub fn overdue(&mut self) -> Vec<(Arc<Case>, usize)> {
        match self {
            Self::Pipe(pipe) => pipe.overdue(),
            Self::Web(_) => Vec::new(),
        }
    }

    /// How many bytes of memory the server holds, where that can be told.
    pub fn memory(&self) -> Option<u64> {
        match self {
            Self::Pipe(pipe) => pipe.memory(),
            Self::Web(web) => web.memory(),
        }
    }

    /// How many messages were sent.
    pub fn sent(&self) -> u64 {
        match self {
            Self::Pipe(pipe) => pipe.sent,
            Self::Web(web) => web.sent,
        }
    }

    /// The conversation.
    pub fn evidence(&self) -> Vec<Excerpt> {
        match self {
            Self::Pipe(pipe) => pipe.evidence(),
            Self::Web(web) => web.evidence(),
        }
    }

    /// The last lines of stderr.
    pub fn stderr(&mut self) -> Vec<String> {
        match self {
            Self::Pipe(pipe) => pipe.stderr(),
            Self::Web(web) => web.stderr(),
        }
    }

    /// End it at once.
    pub fn kill(self) {
        if let Self::Pipe(pipe) = self {
            pipe.kill();
        }
    }
}
