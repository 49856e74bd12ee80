//! All checks of a run, by name.

use std::{collections::HashMap, sync::Arc};

use super::{CHAPTERS, code};
use crate::{
    model::{CheckId, glob},
    suite::{Body, Check, Suite, SuiteError},
};

/// All checks of a run.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    checks: Vec<Check>,
}

/// Why suites cannot be used: their errors, with the text that they point into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadError {
    /// Each error, with its line shown.
    pub rendered: Vec<String>,
}

impl Registry {
    /// The chapters that are built in.
    pub fn builtin() -> Result<Self, LoadError> {
        Self::load(CHAPTERS.iter().map(|chapter| (chapter.file, chapter.text)))
    }

    /// Suites by file name and text.
    pub fn load<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, LoadError> {
        let (mut registry, mut rendered, mut watches) = (Self::default(), Vec::new(), Vec::new());
        for (file, text) in files {
            match Suite::parse(file, text) {
                Ok(suite) => {
                    watches.extend(suite.watches.into_iter().map(|name| (Arc::clone(&suite.file), name)));
                    registry.checks.extend(suite.checks);
                }
                Err(errors) => rendered.extend(errors.iter().map(|error| error.render(text))),
            }
        }
        rendered.extend(registry.borrow(&watches));
        rendered.extend(registry.conflicts());
        if rendered.is_empty() { Ok(registry) } else { Err(LoadError { rendered }) }
    }

    /// Take in the built-in watches that suites name; gives what is wrong with the names.
    fn borrow(&mut self, watches: &[(Arc<str>, String)]) -> Vec<String> {
        if watches.is_empty() {
            return Vec::new();
        }
        let Ok(builtin) = Self::builtin() else { return Vec::new() };
        let mut unknown = Vec::new();
        for (file, name) in watches {
            match builtin.find(name).filter(|check| matches!(check.body, Body::Watch(_))) {
                None => unknown.push(format!("{file}: `watches` names `{name}`, which is no built-in watch")),
                Some(check) if self.checks.iter().any(|known| known.info.id == check.info.id) => {}
                Some(check) => self.checks.push(check.clone()),
            }
        }
        unknown
    }

    /// Names that are taken twice, and checks that name code which does not exist.
    fn conflicts(&self) -> Vec<String> {
        let mut seen: HashMap<&CheckId, &Check> = HashMap::new();
        let mut conflicts = Vec::new();
        for check in &self.checks {
            if let Some(first) = seen.insert(&check.info.id, check) {
                let (id, source, other) = (&check.info.id, &check.info.source, &first.info.source);
                conflicts.push(format!("{source}: `{id}` is taken by {other}; give the suite another `name`"));
            }
            if let Some(name) = coded(check).filter(|name| code::find(name).is_none()) {
                let (column, known) = (1, code::names().join(", "));
                let message = format!("there is no code `{name}`; there are {known}");
                let (file, line) = (check.info.source.file.clone(), check.info.source.line);
                conflicts.push(SuiteError { file, line, column, message }.to_string());
            }
        }
        conflicts
    }

    /// One check.
    pub fn of(check: Check) -> Self {
        Self { checks: vec![check] }
    }

    /// Every check, in the order of the chapters.
    pub fn checks(&self) -> &[Check] {
        &self.checks
    }

    /// A check by its name, or by a name that it had before.
    pub fn find(&self, name: &str) -> Option<&Check> {
        let named = |check: &&Check| check.info.id.as_str() == name;
        let formerly = |check: &&Check| check.info.formerly.iter().any(|id| id.as_str() == name);
        self.checks.iter().find(named).or_else(|| self.checks.iter().find(formerly))
    }

    /// The name that is most like this one.
    pub fn nearest(&self, name: &str) -> Option<&CheckId> {
        let ids = self.checks.iter().map(|check| &check.info.id);
        ids.map(|id| (strsim::jaro_winkler(name, id.as_str()), id))
            .filter(|(likeness, _)| *likeness > 0.75)
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, id)| id)
    }

    /// Keep the checks that fit one of the patterns `only`, if there are any, and none of the patterns `skip`.
    #[must_use]
    pub fn select(mut self, only: &[String], skip: &[String]) -> Self {
        let fits = |check: &Check, patterns: &[String]| {
            let names = || std::iter::once(&check.info.id).chain(&check.info.formerly);
            patterns.iter().any(|pattern| names().any(|name| glob::matches(pattern, name.as_str())))
        };
        self.checks.retain(|check| (only.is_empty() || fits(check, only)) && !fits(check, skip));
        self
    }
}

fn coded(check: &Check) -> Option<&str> {
    match &check.body {
        Body::Code(name) => Some(name),
        Body::Watch(_) | Body::Script(_) => None,
    }
}
