//! Who did it: of the cases under suspicion, the smallest that shows the offence again, and again.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use super::{
    case::Case,
    judge::Judge,
    offence::Offence,
    shrink,
    trial::{Bench, Pace, Shown},
};
use crate::model::campaign::Kind;

/// How often a finding is tried again before it counts.
const CONFIRMATIONS: u32 = 3;

/// How much one investigation may cost.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// How many processes.
    pub trials: u32,
    /// How long.
    pub time: Duration,
}

/// What an investigation found out.
pub struct Solved {
    /// What was shown, which may be something else than what was looked for.
    pub offence: Offence,
    /// The smallest case that shows it; what was suspected, when none does.
    pub case: Case,
    /// How it has to be played.
    pub pace: Pace,
    /// How often it was tried in the end, and how often it happened.
    pub tried: (u32, u32),
    /// The last time.
    pub shown: Shown,
}

/// Looks for the culprit.
pub struct Detective<'a> {
    bench: &'a mut Bench,
    judge: &'a mut Judge,
    wanted: Offence,
    left: u32,
    until: Instant,
}

impl<'a> Detective<'a> {
    /// Look for what did this.
    pub fn new(bench: &'a mut Bench, judge: &'a mut Judge, wanted: Offence, budget: Budget) -> Self {
        // Each try that shows a hang takes all the patience.
        let part = if wanted.kind == Kind::Hang { 2 } else { 1 };
        Self { bench, judge, wanted, left: budget.trials / part, until: Instant::now() + budget.time / part }
    }

    /// Find it among the suspects; `None` when there was nothing but slowness.
    pub async fn solve(mut self, suspects: &[Arc<Case>]) -> Option<Solved> {
        if self.wanted.kind == Kind::Hang && !self.hangs(suspects).await {
            return None;
        }
        let Some((mut case, pace)) = self.culprit(suspects).await else {
            return Some(self.unsolved(suspects));
        };
        self.shrink(&mut case, pace).await;
        let (mut again, mut last) = (0, Shown::default());
        let patience = self.bench.source.patience;
        self.bench.source.patience = patience.whole();
        for _ in 0..CONFIRMATIONS {
            let shown = self.bench.trial(&[Arc::new(case.clone())], pace, self.judge).await;
            if self.shows(&shown) {
                again += 1;
                last = shown;
            }
        }
        self.bench.source.patience = patience;
        Some(Solved { offence: self.wanted, case, pace, tried: (CONFIRMATIONS, again), shown: last })
    }

    /// Whether it hangs for somebody with all the patience there is, too. A slow answer is none that stays away.
    async fn hangs(&mut self, suspects: &[Arc<Case>]) -> bool {
        let patience = self.bench.source.patience;
        self.bench.source.patience = patience.whole();
        let pace = if suspects.len() == 1 { Pace::Single } else { Pace::Bulk };
        let mut hangs = self.attempt(suspects, pace).await.is_some();
        if !hangs && pace == Pace::Bulk {
            hangs = self.attempt(suspects, Pace::Single).await.is_some();
        }
        self.bench.source.patience = patience;
        hangs
    }

    fn unsolved(self, suspects: &[Arc<Case>]) -> Solved {
        let last = suspects.len().saturating_sub(4);
        let case = Case::join(suspects.get(last..).unwrap_or_default(), false);
        Solved { offence: self.wanted, case, pace: Pace::Bulk, tried: (CONFIRMATIONS, 0), shown: Shown::default() }
    }

    /// The last suspect alone, all of them one by one, all of them at once: whatever shows it first.
    async fn culprit(&mut self, suspects: &[Arc<Case>]) -> Option<(Case, Pace)> {
        let last = suspects.last()?;
        if let Some(shown) = self.attempt(std::slice::from_ref(last), Pace::Single).await {
            self.adopt(&shown);
            return Some((last.as_ref().clone(), Pace::Single));
        }
        if let Some(shown) = self.attempt(suspects, Pace::Single).await {
            let at = self.adopt(&shown).unwrap_or(suspects.len() - 1);
            let suspects = suspects.get(..=at)?;
            let alone = suspects.last()?;
            if self.attempt(std::slice::from_ref(alone), Pace::Single).await.is_some() {
                return Some((alone.as_ref().clone(), Pace::Single));
            }
            return Some((Case::join(&self.fewer(suspects, Pace::Single).await, true), Pace::Single));
        }
        let shown = self.attempt(suspects, Pace::Bulk).await?;
        self.adopt(&shown);
        Some((Case::join(&self.fewer(suspects, Pace::Bulk).await, false), Pace::Bulk))
    }

    /// Fewer cases that still show it.
    async fn fewer(&mut self, suspects: &[Arc<Case>], pace: Pace) -> Vec<Arc<Case>> {
        let mut kept = suspects.to_vec();
        let mut length = kept.len() / 2;
        while length >= 1 && kept.len() > 1 {
            let mut start = 0;
            while start < kept.len() && kept.len() > 1 {
                let end = (start + length).min(kept.len());
                let fewer: Vec<_> = kept.iter().take(start).chain(kept.iter().skip(end)).cloned().collect();
                if !fewer.is_empty() && self.attempt(&fewer, pace).await.is_some() {
                    kept = fewer;
                } else {
                    start = end;
                }
                if self.is_spent() {
                    return kept;
                }
            }
            length /= 2;
        }
        kept
    }

    /// Smaller as long as that helps.
    async fn shrink(&mut self, case: &mut Case, pace: Pace) {
        loop {
            let proposals = [shrink::fewer_frames(case), shrink::smaller_frames(case)].concat();
            let mut helped = false;
            for smaller in proposals {
                if self.is_spent() {
                    return;
                }
                if shrink::size(&smaller) < shrink::size(case)
                    && self.attempt(&[Arc::new(smaller.clone())], pace).await.is_some()
                {
                    *case = smaller;
                    helped = true;
                    break;
                }
            }
            if !helped {
                return;
            }
        }
    }

    fn is_spent(&self) -> bool {
        self.left == 0 || Instant::now() > self.until
    }

    /// Try, as long as the budget lasts; what was shown, if that is it.
    async fn attempt(&mut self, cases: &[Arc<Case>], pace: Pace) -> Option<Shown> {
        if self.is_spent() {
            return None;
        }
        self.left -= 1;
        let shown = self.bench.trial(cases, pace, self.judge).await;
        self.shows(&shown).then_some(shown)
    }

    /// Whether this is it. Deaths are alike until the first one is understood.
    fn shows(&self, shown: &Shown) -> bool {
        shown.find(&self.wanted).is_some() || (self.is_vague() && shown.kind(self.wanted.kind).is_some())
    }

    /// A death or a silence in the middle of many cases may look otherwise by itself.
    fn is_vague(&self) -> bool {
        self.wanted.kind == Kind::Crash || self.wanted.key == "server"
    }

    /// Look for what was really shown from now on; gives the case in which it was.
    fn adopt(&mut self, shown: &Shown) -> Option<usize> {
        let found = shown.find(&self.wanted).or_else(|| shown.kind(self.wanted.kind).filter(|_| self.is_vague()));
        let (case, _, offence) = found?;
        self.wanted = offence.clone();
        *case
    }
}
