//! Trying again: cases on a fresh process, one after the other or all at once, with everything that is said kept as
//! evidence.

use std::sync::Arc;

use super::{
    case::{Case, Stage},
    control::Control,
    judge::Judge,
    lane::Lane,
    lane::Trouble,
    offence::Offence,
    source::{NoProcess, Source},
};
use crate::model::{Excerpt, campaign::Kind};

/// How cases are played again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Each waits until the one before it is answered.
    Single,
    /// All of them at once.
    Bulk,
}

/// What a trial showed.
#[derive(Debug, Default)]
pub struct Shown {
    /// What the server did wrong, and in which case and frame, where that is known.
    pub offences: Vec<(Option<usize>, Option<usize>, Offence)>,
    /// The conversation.
    pub transcript: Vec<Excerpt>,
    /// The last lines of stderr.
    pub stderr: Vec<String>,
    /// Whether the process came through.
    pub survived: bool,
}

impl Shown {
    /// The first of these offences.
    pub fn find(&self, wanted: &Offence) -> Option<&(Option<usize>, Option<usize>, Offence)> {
        self.offences.iter().find(|(_, _, offence)| offence.is(wanted))
    }

    /// The first of this kind.
    pub fn kind(&self, kind: Kind) -> Option<&(Option<usize>, Option<usize>, Offence)> {
        self.offences.iter().find(|(_, _, offence)| offence.kind == kind)
    }
}

/// Whoever tries again.
pub struct Bench {
    /// Where processes come from.
    pub source: Source,
    /// Ordinary requests.
    pub control: Control,
}

impl Bench {
    /// Play cases on a fresh process.
    pub async fn trial(&mut self, cases: &[Arc<Case>], pace: Pace, judge: &mut Judge) -> Shown {
        let bare = cases.iter().any(|case| case.stage == Stage::Bare);
        let opened = if bare { self.source.bare(true).await } else { self.source.greeted(true, judge).await };
        let mut lane = match opened {
            Ok(lane) => lane,
            Err(NoProcess::Greeting(_) | NoProcess::Launch(_)) => return Shown::default(),
        };
        let mut shown = Shown::default();
        let trouble = match pace {
            Pace::Single => single(&mut lane, cases, judge, &mut shown).await,
            Pace::Bulk => bulk(&mut lane, cases, judge, &mut shown).await,
        };
        shown.survived = trouble.is_none();
        if let Some((case, trouble)) = trouble {
            shown.offences.push((case, None, trouble.offence().clone()));
        } else if !bare {
            self.look(&mut lane, judge, &mut shown).await;
        }
        shown.offences.extend(lane.stray().into_iter().map(|offence| (None, None, offence)));
        if cases.iter().any(|case| case.is_lawless()) {
            shown.offences.retain(|(_, _, offence)| offence.kind != Kind::Violation);
        }
        (shown.transcript, shown.stderr) = (lane.evidence(), lane.stderr());
        lane.kill();
        shown
    }

    /// Whether ordinary requests still work.
    async fn look(&self, lane: &mut Lane, judge: &mut Judge, shown: &mut Shown) {
        let (outcome, trouble) = lane.play(&self.control.case, judge).await;
        if let Some(trouble) = trouble {
            shown.offences.push((None, None, trouble.offence().clone()));
            shown.survived = false;
        } else if let Some((_, offence)) = self.control.damage(&outcome) {
            shown.offences.push((None, None, offence));
        }
    }
}

async fn single(
    lane: &mut Lane,
    cases: &[Arc<Case>],
    judge: &mut Judge,
    shown: &mut Shown,
) -> Option<(Option<usize>, Trouble)> {
    for (at, case) in cases.iter().enumerate() {
        let (outcome, trouble) = lane.play(case, judge).await;
        shown.offences.extend(outcome.offences.into_iter().map(|(frame, offence)| (Some(at), frame, offence)));
        if let Some(trouble) = trouble {
            return Some((Some(at), trouble));
        }
    }
    None
}

async fn bulk(
    lane: &mut Lane,
    cases: &[Arc<Case>],
    judge: &mut Judge,
    shown: &mut Shown,
) -> Option<(Option<usize>, Trouble)> {
    lane.launch(cases.to_vec());
    let landed = lane.land(judge).await;
    if let Ok(Some(flight)) = &landed {
        for (at, outcome) in flight.iter().enumerate() {
            let told = outcome.offences.iter().map(|(frame, offence)| (Some(at), *frame, offence.clone()));
            shown.offences.extend(told);
        }
    }
    let settled = match landed {
        Ok(_) => lane.settle(judge).await,
        Err(trouble) => Err(trouble),
    };
    settled.err().map(|trouble| (None, trouble))
}
