//! What is done between two flights: answers that are overdue, cases that want to be by themselves, ordinary requests, a
//! look at the memory.

use std::sync::Arc;

use super::flights::{FLIGHT, Worker};
use crate::{
    fuzz::{
        case::{Case, Stage},
        lane::{Lane, Trouble},
        silence,
    },
    model::campaign::Kind,
};

/// After so many flights, ordinary requests are tried.
const CONTROL: u64 = 6;
/// After so many flights at most, cases that want a process of their own have their turn.
const RARE: u64 = 40;

impl Worker {
    /// What is done between two flights: overdue answers, cases that want to be by themselves, ordinary requests,
    /// the memory.
    pub(super) async fn between(&mut self, lane: &mut Lane) -> Result<(), Trouble> {
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
        let Some(asked) = case.frames.get(frame).filter(|frame| !silence::is_excused(frame, self.ground.revision))
        else {
            return;
        };
        let offence = silence::of(Some(asked));
        self.investigate(&offence, std::slice::from_ref(case)).await;
    }

    /// A case that needs the process for itself, for a moment.
    async fn alone_on(&mut self, lane: &mut Lane, case: &Arc<Case>) -> Result<(), Trouble> {
        self.empty(lane).await?;
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
        self.empty(lane).await?;
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
}
