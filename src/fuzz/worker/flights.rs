//! One process after the other: cases are made, sent, and looked at; what goes wrong is looked into.

use std::{collections::VecDeque, sync::Arc, time::Instant};

use fastrand::Rng;

use crate::fuzz::{
    case::{Case, Stage},
    corpus::Corpus,
    ground::Ground,
    judge::Judge,
    lane::{Lane, Outcome, Trouble},
    memory::Growth,
    plan::Until,
    source::NoProcess,
    strategy::{Palette, guard, schedule::Schedule},
    trial::Bench,
    watchman::Watchman,
};

/// How many cases are sent at once, and how many flights are in the air.
pub(super) const FLIGHT: usize = 48;
const AIRBORNE: usize = 2;
/// How many cases are remembered for what shows late.
const HISTORY: usize = 384;
/// How many of them wait at most.
const WAITING: usize = 8;

/// Whoever plays.
pub struct Worker {
    pub(in crate::fuzz) bench: Bench,
    pub(in crate::fuzz) judge: Judge,
    pub(in crate::fuzz) ground: Arc<Ground>,
    pub(in crate::fuzz) corpus: Corpus,
    pub(in crate::fuzz) schedule: Schedule,
    pub(in crate::fuzz) rng: Rng,
    pub(in crate::fuzz) until: Until,
    pub(in crate::fuzz) began: Instant,
    pub(in crate::fuzz) watchman: Arc<Watchman>,
    pub(in crate::fuzz) history: VecDeque<Arc<Case>>,
    pub(in crate::fuzz) paced: VecDeque<Arc<Case>>,
    pub(in crate::fuzz) alone: VecDeque<Arc<Case>>,
    /// Cases of an earlier campaign, to be played first.
    pub(in crate::fuzz) replay: VecDeque<Arc<Case>>,
    pub(in crate::fuzz) growth: Growth,
    pub(in crate::fuzz) flights: u64,
    pub(in crate::fuzz) next_rare: u64,
    pub(in crate::fuzz) seed: u64,
}

/// Why a worker stops.
#[derive(Debug)]
pub enum Stop {
    /// It has done what it was told.
    Done,
    /// The server cannot be started any more.
    NoProcess(NoProcess),
}

impl Worker {
    /// Learn what is ordinary, then play until the end.
    pub async fn campaign(mut self) -> (Corpus, Stop) {
        self.learn().await;
        let stop = self.work().await;
        (self.corpus, stop)
    }

    /// Play until the end.
    async fn work(&mut self) -> Stop {
        loop {
            let mut lane = match self.bench.source.greeted(false, &mut self.judge).await {
                Ok(lane) => lane,
                Err(why) => return Stop::NoProcess(why),
            };
            self.growth = Growth::default();
            self.history.clear();
            let trouble = self.live(&mut lane).await;
            self.watchman.sent(lane.sent());
            match trouble {
                None => {
                    lane.kill();
                    return Stop::Done;
                }
                Some(trouble) => {
                    let suspects = self.recent((AIRBORNE + 2) * FLIGHT);
                    let offence = trouble.offence().clone();
                    lane.kill();
                    self.investigate(&offence, &suspects).await;
                }
            }
        }
    }

    /// Use one process until it is lost, or everything is over.
    async fn live(&mut self, lane: &mut Lane) -> Option<Trouble> {
        let mut told = 0;
        while !self.is_over() {
            while lane.airborne() < AIRBORNE {
                let cases = self.gather();
                lane.launch(cases);
            }
            match lane.land(&mut self.judge).await {
                Err(trouble) => return Some(trouble),
                Ok(None) => {}
                Ok(Some(flight)) => {
                    for outcome in flight {
                        self.digest(outcome).await;
                    }
                }
            }
            self.flights += 1;
            if let Err(trouble) = self.between(lane).await {
                return Some(trouble);
            }
            self.watchman.sent(lane.sent() - told);
            told = lane.sent();
            self.watchman.pulse(&self.corpus, self.bench.source.started);
        }
        self.empty(lane).await.err()
    }

    /// Wait for everything that is in the air.
    pub(super) async fn empty(&mut self, lane: &mut Lane) -> Result<(), Trouble> {
        while lane.airborne() > 0 {
            for outcome in lane.land(&mut self.judge).await?.unwrap_or_default() {
                self.digest(outcome).await;
            }
        }
        Ok(())
    }

    fn is_over(&self) -> bool {
        let is_late = self.until.time.is_some_and(|time| self.began.elapsed() >= time);
        let is_enough = self.until.messages.is_some_and(|messages| self.watchman.messages() >= messages);
        is_late || is_enough || self.watchman.is_over(self.until.finding)
    }

    /// Cases for one flight. Those that want to be by themselves wait for their turn.
    fn gather(&mut self) -> Vec<Arc<Case>> {
        let mut cases = Vec::with_capacity(FLIGHT);
        for _ in 0..FLIGHT * 8 {
            if cases.len() == FLIGHT {
                break;
            }
            let Some(case) = self.replay.pop_front().or_else(|| self.invent().map(Arc::new)) else { continue };
            if case.is_plain() && !case.is_lawless() {
                cases.push(case);
            } else {
                let waiting =
                    if case.stage == Stage::Shared && !case.is_lawless() { &mut self.paced } else { &mut self.alone };
                if waiting.len() < WAITING {
                    waiting.push_back(case);
                }
            }
        }
        self.history.extend(cases.iter().cloned());
        while self.history.len() > HISTORY {
            self.history.pop_front();
        }
        cases
    }

    fn invent(&mut self) -> Option<Case> {
        let strategy = self.schedule.choose(&mut self.rng, self.ground.over_http);
        let palette = Palette { ground: &self.ground, words: &self.judge.words, corpus: self.corpus.cases() };
        let case = (strategy.make)(&palette, &mut self.rng)?;
        guard::is_allowed(&case, &self.ground).then(|| case.sober())
    }

    /// What came of a case.
    pub(super) async fn digest(&mut self, outcome: Outcome) {
        let is_new = self.corpus.look(&outcome, &mut self.rng);
        self.schedule.reward(outcome.case.strategy, is_new);
        self.watchman.case(outcome.case.strategy, is_new);
        for (frame, offence) in outcome.offences {
            let suspects = match frame {
                Some(_) => vec![Arc::clone(&outcome.case)],
                None => self.recent(3 * FLIGHT),
            };
            self.investigate(&offence, &suspects).await;
        }
    }
}
