//! One process after the other: cases are made, sent, and looked at; what goes wrong is looked into.

use std::{
    collections::VecDeque,
    sync::Arc,
    time::{Duration, Instant},
};

use fastrand::Rng;

use super::{
    case::{Case, Stage},
    corpus::Corpus,
    detective::{Budget, Detective, Solved},
    ground::Ground,
    judge::Judge,
    lane::Lane,
    lane::{Outcome, Trouble},
    memory::{self, Growth},
    offence::Offence,
    place,
    plan::Until,
    silence,
    source::NoProcess,
    strategy::{Palette, guard, schedule::Schedule},
    trial::{Bench, Pace, Shown},
    watchman::Watchman,
};
use crate::model::{Discovery, campaign::Kind};

/// How many cases are sent at once, and how many flights are in the air.
const FLIGHT: usize = 48;
const AIRBORNE: usize = 2;
/// What answers slower than that is not asked again and again.
const QUICK: Duration = Duration::from_millis(100);
/// How many cases are remembered for what shows late.
const HISTORY: usize = 384;
/// After so many flights, ordinary requests are tried.
const CONTROL: u64 = 6;
/// After so many flights at most, cases that want a process of their own have their turn.
const RARE: u64 = 40;
/// How many of them wait at most.
const WAITING: usize = 8;
/// What one investigation may cost.
const BUDGET: Budget = Budget { trials: 90, time: Duration::from_secs(12) };

/// Whoever plays.
pub struct Worker {
    pub(super) bench: Bench,
    pub(super) judge: Judge,
    pub(super) ground: Arc<Ground>,
    pub(super) corpus: Corpus,
    pub(super) schedule: Schedule,
    pub(super) rng: Rng,
    pub(super) until: Until,
    pub(super) began: Instant,
    pub(super) watchman: Arc<Watchman>,
    pub(super) history: VecDeque<Arc<Case>>,
    pub(super) paced: VecDeque<Arc<Case>>,
    pub(super) alone: VecDeque<Arc<Case>>,
    /// Cases of an earlier campaign, to be played first.
    pub(super) replay: VecDeque<Arc<Case>>,
    pub(super) growth: Growth,
    pub(super) flights: u64,
    pub(super) next_rare: u64,
    pub(super) seed: u64,
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

    /// Ordinary traffic first: how it is answered, and what of it is wrong already.
    async fn learn(&mut self) {
        self.time_control().await;
        for is_first in [true, false] {
            let case = Arc::clone(&self.bench.control.case);
            let Ok(mut lane) = self.bench.source.greeted(false, &mut self.judge).await else { return };
            let asked = Instant::now();
            let (outcome, _) = lane.play(&case, &mut self.judge).await;
            self.bench.source.patience = self.bench.source.patience.for_one_that_takes(asked.elapsed());
            let told = outcome.offences.iter().map(|(_, offence)| offence.clone()).chain(lane.stray());
            let told: Vec<_> = told.filter(|offence| offence.kind != Kind::Hang).collect();
            if is_first && !told.is_empty() {
                self.watchman.note(format!(
                    "{} rules are broken in ordinary traffic already and not told again: `mcp-litmus check` tells them",
                    told.len()
                ));
            }
            self.judge.excuse(&told);
            self.bench.control.learn(&outcome, is_first);
            self.watchman.sent(lane.sent());
            lane.kill();
        }
    }

    /// Leave out of the control conversation what takes its time: it is tried often.
    async fn time_control(&mut self) {
        let Ok(mut lane) = self.bench.source.greeted(false, &mut self.judge).await else { return };
        let mut quick = Vec::new();
        for part in self.bench.control.parts() {
            let asked = Instant::now();
            let (_, trouble) = lane.play(&part, &mut self.judge).await;
            quick.push(trouble.is_none() && asked.elapsed() < QUICK);
        }
        self.bench.control.keep(&quick);
        lane.kill();
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
        while !self.is_over(lane.sent()) {
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
        while lane.airborne() > 0 {
            match lane.land(&mut self.judge).await {
                Ok(Some(flight)) => {
                    for outcome in flight {
                        self.digest(outcome).await;
                    }
                }
                Ok(None) => break,
                Err(trouble) => return Some(trouble),
            }
        }
        None
    }

    fn is_over(&self, _sent: u64) -> bool {
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
    async fn digest(&mut self, outcome: Outcome) {
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

    /// What is done between two flights: overdue answers, cases that want to be by themselves, ordinary requests,
    /// the memory.
    async fn between(&mut self, lane: &mut Lane) -> Result<(), Trouble> {
        for offence in lane.stray() {
            let suspects = self.recent(3 * FLIGHT);
            self.investigate(&offence, &suspects).await;
        }
        for (case, frame) in lane.overdue() {
            self.overdue(&case, frame).await;
        }
        if self.flights % 4 == 1
            && let Some(case) = self.paced.pop_front()
        {
            self.alone_on(lane, &case).await?;
        }
        if self.flights >= self.next_rare && !self.alone.is_empty() {
            self.next_rare = self.flights + RARE.min(self.flights.max(2));
            for _ in 0..2 {
                self.rare().await;
            }
        }
        if self.flights.is_multiple_of(CONTROL) {
            self.control(lane).await?;
        }
        if self.growth.is_due() && lane.memory().is_some_and(|held| self.growth.note(held)) {
            self.growth.reset();
            self.leak().await;
        }
        Ok(())
    }

    /// A request without an answer, while others were answered.
    async fn overdue(&mut self, case: &Arc<Case>, frame: usize) {
        let Some(asked) = case.frames.get(frame).filter(|frame| !silence::is_asked_for(frame)) else { return };
        let offence = silence::of(Some(asked));
        self.investigate(&offence, std::slice::from_ref(case)).await;
    }

    /// A case that needs the process for itself, for a moment.
    async fn alone_on(&mut self, lane: &mut Lane, case: &Arc<Case>) -> Result<(), Trouble> {
        while lane.airborne() > 0 {
            if let Some(flight) = lane.land(&mut self.judge).await? {
                for outcome in flight {
                    self.digest(outcome).await;
                }
            }
        }
        self.history.push_back(Arc::clone(case));
        let (outcome, trouble) = lane.play(case, &mut self.judge).await;
        self.digest(outcome).await;
        trouble.map_or(Ok(()), Err)
    }

    /// A case that wants a process of its own.
    async fn rare(&mut self) {
        let Some(case) = self.alone.pop_front() else { return };
        let opened = match case.stage {
            Stage::Bare => self.bench.source.bare(false).await,
            _ => self.bench.source.greeted(false, &mut self.judge).await,
        };
        let Ok(mut lane) = opened else { return };
        let (mut outcome, trouble) = lane.play(&case, &mut self.judge).await;
        if case.is_lawless() {
            outcome.offences.retain(|(_, offence)| offence.kind != Kind::Violation);
        }
        self.watchman.sent(lane.sent());
        lane.kill();
        self.digest(outcome).await;
        if let Some(trouble) = trouble {
            self.investigate(trouble.offence(), std::slice::from_ref(&case)).await;
        }
    }

    /// Whether ordinary requests still work.
    async fn control(&mut self, lane: &mut Lane) -> Result<(), Trouble> {
        while lane.airborne() > 0 {
            if let Some(flight) = lane.land(&mut self.judge).await? {
                for outcome in flight {
                    self.digest(outcome).await;
                }
            }
        }
        let case = Arc::clone(&self.bench.control.case);
        let (outcome, trouble) = lane.play(&case, &mut self.judge).await;
        if let Some(trouble) = trouble {
            return Err(trouble);
        }
        if let Some((_, offence)) = self.bench.control.damage(&outcome) {
            let suspects: Vec<_> = self.history.iter().cloned().collect();
            self.investigate(&offence, &suspects).await;
            // What is damaged stays so: go on with another one.
            return Err(Trouble::Death(offence));
        }
        Ok(())
    }

    /// Memory seems to grow: find out with what.
    async fn leak(&mut self) {
        self.watchman.doing("measuring memory");
        let mut kinds: Vec<(String, Arc<Case>)> = Vec::new();
        for case in &self.history {
            let name = place::of(case);
            if !kinds.iter().any(|(known, _)| *known == name) {
                kinds.push((name, Arc::clone(case)));
            }
        }
        let suspects: Vec<_> = kinds.into_iter().map(|(_, case)| case).collect();
        let Some((culprits, rate)) = memory::culprit(&mut self.bench, &suspects, &mut self.judge).await else { return };
        let case = Case::join(&culprits, false);
        let offence = memory::offence(&place::of(&case), rate);
        if self.watchman.wants(&offence) {
            let solved =
                Solved { offence: offence.clone(), case, pace: Pace::Bulk, tried: (1, 1), shown: Shown::default() };
            self.report(&offence, solved).await;
        }
    }

    fn recent(&self, count: usize) -> Vec<Arc<Case>> {
        self.history.iter().skip(self.history.len().saturating_sub(count)).cloned().collect()
    }

    /// Look into an offence, unless it is known.
    pub(super) async fn investigate(&mut self, offence: &Offence, suspects: &[Arc<Case>]) {
        if suspects.is_empty() || !self.watchman.wants(offence) {
            return;
        }
        self.watchman.doing(&format!("looking into a {}", offence.kind));
        let detective = Detective::new(&mut self.bench, &mut self.judge, offence.clone(), BUDGET);
        if let Some(solved) = detective.solve(suspects).await {
            self.report(offence, solved).await;
        }
    }

    /// Write down what was found out.
    async fn report(&mut self, seen: &Offence, solved: Solved) {
        let place = place::of(&solved.case);
        let confirmed = solved.tried.0 == solved.tried.1;
        let offence = &solved.offence;
        let key = match offence.kind {
            Kind::Crash => format!("{}@{place}", offence.key),
            Kind::Hang if offence.key == "server" => format!("server@{place}"),
            _ => offence.key.clone(),
        };
        let reproducer =
            if confirmed { self.watchman.shelve(&solved, &place, &self.ground, self.seed).await } else { None };
        let finding = Discovery {
            kind: offence.kind,
            key,
            title: format!("{}, after {place}", offence.title),
            severity: offence.severity,
            strategy: solved.case.strategy.to_owned(),
            check: offence.check.clone(),
            because: offence.because.clone(),
            reproducer,
            confirmed,
            tried: solved.tried,
            count: 1,
            size: (solved.case.frames.len(), solved.case.size()),
            after: self.began.elapsed().as_secs_f64(),
            transcript: solved.shown.transcript,
            first: Vec::new(),
            stderr: solved.shown.stderr,
        };
        self.watchman.found(seen, finding, self.bench.source.started);
    }
}
