//! The watches of a run: every message, line and exit is held against them as it happens.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use super::{
    plan::{Ground, is_for},
    watch::{applying, looks_at, scope, tell},
};
use crate::{
    checks::{Judgement, Registry},
    model::{Excerpt, Revision, RunEvent, Skip},
    session::{Observation, Observer, On},
    suite::{Check, Watch, WatchOn},
};

/// Somebody who is told what happens.
pub(super) type Emit = Arc<dyn Fn(RunEvent) + Send + Sync>;

/// All watches, with what they have seen of each revision.
pub(super) struct Watches {
    registry: Arc<Registry>,
    seen: Mutex<BTreeMap<Revision, Vec<Judgement>>>,
    messages: AtomicU64,
    emit: Emit,
    wire: bool,
}

impl Watches {
    pub(super) fn new(registry: Arc<Registry>, emit: Emit, wire: bool) -> Self {
        Self { registry, seen: Mutex::default(), messages: AtomicU64::new(0), emit, wire }
    }

    /// How many messages of the server were held against their description.
    pub(super) fn messages(&self) -> u64 {
        self.messages.load(Ordering::Relaxed)
    }

    /// Every watch with what it has to say of a revision, in the order of the chapters.
    pub(super) fn judgements(&self, ground: &Ground<'_>) -> Vec<(&Check, Judgement)> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let mut judgements = seen.remove(&ground.revision).unwrap_or_default().into_iter();
        applying(&self.registry, ground.revision)
            .map(|(check, watch)| {
                let judgement = judgements.next().unwrap_or_default();
                let refused = ground.refuses(&check.info).map(|(skip, why)| Judgement::skipped(skip, why));
                (check, refused.unwrap_or_else(|| excused(judgement, watch)))
            })
            .collect()
    }

    /// What is wrong with what a server said over this transport before it could not be spoken to any further.
    pub(super) fn findings(&self, transport: &str) -> Vec<(Revision, &Check, Judgement)> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let mut findings = Vec::new();
        for (revision, judgements) in std::mem::take(&mut *seen) {
            let judged = applying(&self.registry, revision)
                .zip(judgements)
                .filter(|((check, _), _)| is_for(&check.info, transport))
                .filter(|(_, judgement)| !judgement.findings.is_empty());
            findings.extend(judged.map(|((check, _), judgement)| (revision, check, judgement)));
        }
        findings
    }
}

/// A watch that saw nothing says so.
fn excused(mut judgement: Judgement, watch: &Watch) -> Judgement {
    if judgement.judged == 0 {
        let what = match watch.on {
            WatchOn::Message => "message",
            WatchOn::Line => "line",
            WatchOn::Http => "exchange over HTTP",
            WatchOn::Exit => "end of a process",
            WatchOn::Sent => "message of ours",
        };
        judgement.skip = Some((Skip::NotExercised, format!("no {what} that it judges came by")));
    }
    judgement
}

impl Observer for Watches {
    fn observe(&self, observation: &Observation<'_>) {
        if observation.on == On::Message && observation.problems.is_some() {
            self.messages.fetch_add(1, Ordering::Relaxed);
        }
        let scope = scope(observation);
        let applying: Vec<_> = applying(&self.registry, observation.revision).collect();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let judgements = seen.entry(observation.revision).or_default();
        judgements.resize_with(applying.len(), Judgement::default);
        for ((check, watch), judgement) in applying.into_iter().zip(judgements) {
            if looks_at(watch, observation) {
                tell(check, watch, observation, &scope, judgement);
            }
        }
    }

    fn wire(&self, session: &str, line: Excerpt) {
        (self.emit)(RunEvent::Wire { session: session.to_owned(), line });
    }

    fn wants_wire(&self) -> bool {
        self.wire
    }
}
