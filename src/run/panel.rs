//! The watches of one revision, for whoever has a great many things to judge.

use std::sync::Arc;

use super::watch::{applying, looks_at, scope, tell};
use crate::{
    checks::{Judgement, Registry},
    model::Revision,
    session::Observation,
    suite::{Body, Check},
};

/// The watches that apply in one revision.
#[derive(Clone)]
pub struct Panel {
    registry: Arc<Registry>,
    /// Their places in the registry.
    sitting: Arc<[usize]>,
}

impl Panel {
    /// Those of a revision.
    pub fn new(registry: &Arc<Registry>, revision: Revision) -> Self {
        let names: Vec<_> = applying(registry, revision).map(|(check, _)| &check.info.id).collect();
        let places = registry.checks().iter().enumerate().filter(|(_, check)| names.contains(&&check.info.id));
        Self { sitting: places.map(|(place, _)| place).collect(), registry: Arc::clone(registry) }
    }

    /// What those say that find something, as if nothing had come before it.
    pub fn judge(&self, observation: &Observation<'_>) -> Vec<(&Check, Judgement)> {
        let scope = scope(observation);
        let mut told = Vec::new();
        for check in self.sitting.iter().filter_map(|place| self.registry.checks().get(*place)) {
            let Body::Watch(watch) = &check.body else { continue };
            if !looks_at(watch, observation) {
                continue;
            }
            let mut judgement = Judgement::default();
            tell(check, watch, observation, &scope, &mut judgement);
            if !judgement.findings.is_empty() {
                told.push((check, judgement));
            }
        }
        told
    }
}
