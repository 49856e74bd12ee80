//! Offences: looked into, unless they are known, and written down.

use std::{sync::Arc, time::Duration};

use super::flights::Worker;
use crate::{
    fuzz::{
        case::Case,
        detective::{Budget, Detective, Solved},
        memory,
        offence::Offence,
        place,
        trial::{Pace, Shown},
    },
    model::{Discovery, campaign::Kind},
};

/// What one investigation may cost.
const BUDGET: Budget = Budget { trials: 90, time: Duration::from_secs(12) };

impl Worker {
    /// Memory seems to grow: find out with what.
    pub(super) async fn leak(&mut self) {
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

    pub(super) fn recent(&self, count: usize) -> Vec<Arc<Case>> {
        self.history.iter().skip(self.history.len().saturating_sub(count)).cloned().collect()
    }

    /// Look into an offence, unless it is known.
    pub(super) async fn investigate(&mut self, offence: &Offence, suspects: &[Arc<Case>]) {
        // What comes at the very end is not looked into for longer than a part of the time that was given.
        let is_late = self.until.time.is_some_and(|time| self.began.elapsed() > time + time / 4);
        if suspects.is_empty() || is_late || !self.watchman.wants(offence) {
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
