//! Cases in the air: what is owed for them, and what has come.

use std::{collections::HashMap, sync::Arc, time::Instant};

use serde_json::Value;

use crate::fuzz::{
    case::Case,
    frame::{Asks, Frame},
    lane::Outcome,
};

/// Cases that were sent together.
pub struct Flight {
    /// Tells it from others.
    pub number: u64,
    /// What has come for each case.
    pub outcomes: Vec<Outcome>,
    /// The id of the request behind all of them; its answer says that they were read.
    pub fence: u64,
    /// When it was sent.
    pub sent: Instant,
    /// Whether something in it may be answered without a name.
    pub is_broken: bool,
}

/// An answer that is owed.
#[derive(Clone, Debug)]
pub struct Owed {
    /// The flight, the case in it, and the frame in that.
    pub place: (u64, usize, usize),
    /// When it was asked for.
    pub sent: Instant,
    /// How many answers have come, and how many requests had this id.
    pub answered: u32,
    /// How many may come.
    pub asked: u32,
    /// Whether nobody waits for it any more.
    pub excused: bool,
}

/// What is owed, by id.
#[derive(Default)]
pub struct Debts {
    numbered: HashMap<u64, Owed>,
    named: HashMap<String, Vec<Owed>>,
}

impl Debts {
    /// Expect what a frame asks for. `base` is the first id of its case.
    pub fn expect(&mut self, frame: &Frame, base: u64, place: (u64, usize, usize), sent: Instant) {
        if frame.asks == Asks::Anything {
            return self.allow(frame, base, place, sent);
        }
        let Asks::Answer { method, id: own, place: at, .. } = &frame.asks else { return };
        // A subscription is answered when it ends.
        let excused = method == "subscriptions/listen";
        let owed = Owed { place, sent, answered: 0, asked: 1, excused };
        match own {
            None => {
                self.numbered.entry(base + at).and_modify(|known| known.asked += 1).or_insert(owed);
            }
            Some(own) => self.named.entry(own.to_string()).or_default().push(owed),
        }
    }

    /// What is broken may be answered with any id that it holds, or not at all.
    fn allow(&mut self, frame: &Frame, base: u64, place: (u64, usize, usize), sent: Instant) {
        for at in frame.ids() {
            let owed = Owed { place, sent, answered: 0, asked: 2, excused: true };
            self.numbered.entry(base.saturating_add(at)).and_modify(|known| known.asked += 1).or_insert(owed);
        }
    }

    /// The fence of a flight.
    pub fn expect_fence(&mut self, id: u64, flight: u64, sent: Instant) {
        self.numbered.insert(id, Owed { place: (flight, usize::MAX, 0), sent, answered: 0, asked: 1, excused: false });
    }

    /// What a number answers.
    pub fn numbered(&mut self, id: u64) -> Option<&mut Owed> {
        self.numbered.get_mut(&id)
    }

    /// What another id answers: the first request with it that has no answer, or the last one.
    pub fn named(&mut self, id: &Value) -> Option<&mut Owed> {
        let debts = self.named.get_mut(&id.to_string())?;
        let open = debts.iter().position(|owed| owed.answered == 0).unwrap_or(debts.len().saturating_sub(1));
        debts.get_mut(open)
    }

    /// A cancelled request may stay without an answer.
    pub fn excuse(&mut self, id: u64) {
        if let Some(owed) = self.numbered.get_mut(&id) {
            owed.excused = true;
        }
    }

    /// Nobody waits for these any more.
    pub fn excuse_all(&mut self, late: &[Owed]) {
        let all = self.numbered.values_mut().chain(self.named.values_mut().flatten());
        all.filter(|owed| late.iter().any(|late| late.place == owed.place)).for_each(|owed| owed.excused = true);
    }

    /// What is still open.
    pub fn open(&self) -> impl Iterator<Item = &Owed> {
        let all = self.numbered.values().chain(self.named.values().flatten());
        all.filter(|owed| owed.answered == 0 && !owed.excused)
    }

    /// Forget what belongs to flights before this one and is not open.
    pub fn forget_before(&mut self, flight: u64) {
        self.numbered.retain(|_, owed| owed.place.0 >= flight || (owed.answered == 0 && !owed.excused));
        self.named.retain(|_, debts| debts.iter().any(|owed| owed.place.0 >= flight));
    }
}

impl Flight {
    /// A flight with nothing heard yet.
    pub fn new(number: u64, cases: Vec<Arc<Case>>, fence: u64) -> Self {
        let loose = |case: &Arc<Case>| case.frames.iter().any(|frame| frame.asks == Asks::Anything);
        let is_broken = cases.iter().any(loose);
        let outcomes = cases.into_iter().map(Outcome::of).collect();
        Self { number, outcomes, fence, sent: Instant::now(), is_broken }
    }
}
