//! Cases that are played by themselves, frame by frame, with all patience.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use super::{
    flight::{Flight, Owed},
    lane::Pipe,
};
use crate::fuzz::{
    case::Case,
    frame::Then,
    judge::Judge,
    lane::{Outcome, Trouble},
    offence::Offence,
    silence,
};

/// A moment in which the server reads what is there.
const MOMENT: Duration = Duration::from_millis(2);

impl Pipe {
    /// Play one case by itself, and see how it ends. Gives what came of it, even in trouble.
    pub async fn play(&mut self, case: &Arc<Case>, judge: &mut Judge) -> (Outcome, Option<Trouble>) {
        let number = self.next_flight();
        let base = self.ids(case.frames.len());
        self.flights.push_back(Flight::new(number, vec![Arc::clone(case)], 0));
        let mut ended = self.frames(case, base, number, judge).await;
        if let Ok(is_open) = ended {
            ended = if is_open {
                self.fenced(number, judge).await.map(|()| true)
            } else {
                self.ended(judge).await.map(|()| false)
            };
        }
        let trouble = ended.as_ref().err().cloned();
        let flight = self.flights.pop_back();
        self.was_broken = flight.as_ref().is_some_and(|flight| flight.is_broken);
        let outcome = flight.and_then(|mut flight| flight.outcomes.pop());
        let mut outcome = outcome.unwrap_or_else(|| Outcome::of(Arc::clone(case)));
        if ended.is_ok_and(|is_open| is_open) {
            self.unanswered(number, &mut outcome);
        }
        (outcome, trouble)
    }

    /// Write the frames; whether the input is still open behind them.
    async fn frames(&mut self, case: &Arc<Case>, base: u64, number: u64, judge: &mut Judge) -> Result<bool, Trouble> {
        let mut bytes = Vec::new();
        for (place, frame) in case.frames.iter().enumerate() {
            self.owe(case, place, base, (number, 0), Instant::now());
            frame.write(base, &mut bytes);
            match frame.then {
                Then::Go => {}
                Then::Flush => {
                    self.write(std::mem::take(&mut bytes));
                    self.pause(MOMENT, judge).await?;
                }
                Then::Settle => {
                    self.write(std::mem::take(&mut bytes));
                    self.settle_from(number, judge).await?;
                }
                Then::Close => {
                    self.write(std::mem::take(&mut bytes));
                    self.pause(MOMENT, judge).await?;
                    return Ok(false);
                }
            }
        }
        if !case.frames.last().is_some_and(|frame| frame.bytes.ends_with(b"\n")) {
            bytes.push(b'\n');
        }
        self.write(bytes);
        Ok(true)
    }

    /// Send a fence, wait for its answer, and for what is still open.
    async fn fenced(&mut self, number: u64, judge: &mut Judge) -> Result<(), Trouble> {
        if !self.greeted {
            return self.settle_from(number, judge).await;
        }
        let mut bytes = Vec::new();
        let fence = self.fence(&mut bytes, number, Instant::now());
        self.write(bytes);
        let deadline = Instant::now() + self.patience.answer;
        while self.debts.numbered(fence).is_some_and(|owed| owed.answered == 0) {
            self.hear_until(deadline, judge).await?;
        }
        self.settle_from(number, judge).await
    }

    /// The input is closed: an orderly end is none of our business.
    async fn ended(&mut self, judge: &mut Judge) -> Result<(), Trouble> {
        match self.close(judge).await {
            Some(offence) => Err(Trouble::Death(offence)),
            None => Ok(()),
        }
    }

    /// What stays without an answer, as offences. Before the handshake nothing has to be answered.
    fn unanswered(&mut self, number: u64, outcome: &mut Outcome) {
        let mut open: Vec<Owed> = self.debts.open().filter(|owed| owed.place.0 == number).cloned().collect();
        self.debts.excuse_all(&open);
        if !self.greeted || outcome.case.is_lawless() {
            return;
        }
        open.sort_unstable_by_key(|owed| owed.place.2);
        for place in open.into_iter().map(|owed| owed.place.2) {
            let Some(frame) =
                outcome.case.frames.get(place).filter(|frame| !silence::is_excused(frame, self.ground.revision))
            else {
                continue;
            };
            outcome.offences.push((Some(place), silence::of(Some(frame))));
        }
    }

    /// Whether anything was heard that no case answers for.
    pub fn stray(&mut self) -> Vec<Offence> {
        std::mem::take(&mut self.stray)
    }
}
