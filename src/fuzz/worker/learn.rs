//! Before anything odd is sent: how ordinary traffic is answered, how quickly, and what of it is wrong already.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use super::flights::Worker;
use crate::model::campaign::Kind;

/// What answers slower than that is not asked again and again.
const QUICK: Duration = Duration::from_millis(100);

impl Worker {
    /// Ordinary traffic first: how it is answered, and what of it is wrong already.
    pub(super) async fn learn(&mut self) {
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
}
