//! Cases that showed something new, to be varied; and every behaviour that was seen.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
};

use fastrand::Rng;

use super::{
    case::Case,
    frame::{Asks, Frame},
    lane::Outcome,
    silence,
};

/// How many cases are kept, and how big one may be.
const KEPT: usize = 1000;
const SIZE: usize = 16 * 1024;

/// What was seen.
#[derive(Default)]
pub struct Corpus {
    cases: Vec<Case>,
    behaviours: HashSet<u64>,
}

impl Corpus {
    /// Look at what came of a case; whether the server did something that it had not done before.
    pub fn look(&mut self, outcome: &Outcome, rng: &mut Rng) -> bool {
        let mut is_new = false;
        for (place, said) in &outcome.said {
            let mut hasher = DefaultHasher::new();
            outcome.case.frames.get(*place).map(asked).hash(&mut hasher);
            said.signature.hash(&mut hasher);
            is_new |= self.behaviours.insert(hasher.finish());
        }
        if is_new && outcome.case.size() <= SIZE {
            self.keep(outcome.case.as_ref().clone(), rng);
        }
        is_new
    }

    fn keep(&mut self, case: Case, rng: &mut Rng) {
        if self.cases.len() < KEPT {
            self.cases.push(case);
        } else if let Some(old) = self.cases.get_mut(rng.usize(..KEPT)) {
            *old = case;
        }
    }

    /// The cases.
    pub fn cases(&self) -> &[Case] {
        &self.cases
    }

    /// Put in cases of an earlier campaign.
    pub fn seed(&mut self, cases: &[Case]) {
        self.cases.extend(cases.iter().take(KEPT).cloned());
    }

    /// The cases, for whoever keeps them.
    pub fn into_cases(self) -> Vec<Case> {
        self.cases
    }

    /// How many different behaviours were seen.
    pub fn behaviours(&self) -> usize {
        self.behaviours.len()
    }
}

/// What was asked, as far as it makes another behaviour.
fn asked(frame: &Frame) -> String {
    match &frame.asks {
        Asks::Answer { .. } => silence::named(frame).1,
        Asks::Silence { method } => method.clone().unwrap_or_default(),
        Asks::Anything => "broken".to_owned(),
    }
}
