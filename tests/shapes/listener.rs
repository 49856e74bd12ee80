//! Listens to a session, and asks for every problem of every message which watches tell of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError},
};

use mcp_litmus::{
    checks::{Judgement, Registry},
    model::{Finding, Severity},
    run::watch,
    schema::{Problem, anywhere},
    session::{Observation, Observer, On},
    suite::{Body, Check},
};
use serde_json::Value;

/// Somebody who counts.
pub struct Listener {
    registry: Registry,
    tally: Mutex<Tally>,
}

/// What was heard.
#[derive(Default)]
pub struct Tally {
    /// How many messages had problems, of those that something describes.
    pub broken: usize,
    /// How many messages something describes.
    pub messages: usize,
    /// How many problems there were.
    pub problems: usize,
    /// The rules that were broken.
    pub rules: BTreeSet<String>,
    /// Problems that nobody told of, or several; each with the first message that had it.
    pub wrong: BTreeMap<String, String>,
}

impl Listener {
    /// Asks the watches of these checks.
    pub fn new(registry: Registry) -> Self {
        Self { registry, tally: Mutex::default() }
    }

    /// What was heard so far.
    pub fn tally(&self) -> Tally {
        std::mem::take(&mut self.tally.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Observer for Listener {
    fn observe(&self, observation: &Observation<'_>) {
        let Some(problems) = observation.problems.as_ref().filter(|_| observation.on == On::Message) else { return };
        // A stray without an id passes for the answer to a request that the session needs for itself.
        if observation.subject.pointer("/answers/id").is_some_and(Value::is_number) {
            return;
        }
        let mut tally = self.tally.lock().unwrap_or_else(PoisonError::into_inner);
        tally.messages += 1;
        tally.broken += usize::from(!problems.is_empty());
        if problems.is_empty() {
            return;
        }
        let own = capability(&observation.subject);
        let mut told = watch(&self.registry, observation);
        told.retain(|(check, _)| has_shapes(check) && check.info.needs.iter().all(|need| need == own));
        for problem in problems.iter().filter(|problem| problem.severity >= Severity::Warn) {
            tally.problems += 1;
            tally.rules.insert(problem.rule.clone());
            let tellers: Vec<&str> =
                told.iter().filter(|told| tells(told, problem)).map(|told| told.0.info.id.as_str()).collect();
            if tellers.len() != 1 {
                let by = if tellers.is_empty() { "nobody".to_owned() } else { tellers.join(", ") };
                let cause = format!("{} {}, by {by}", problem.rule, anywhere(&problem.place));
                tally.wrong.entry(cause).or_insert_with(|| format!("{problem}\n    in {}", observation.subject));
            }
        }
    }
}

/// Whether a watch has a finding of this problem, which weighs what it should.
fn tells((check, judgement): &(&Check, Judgement), problem: &Problem) -> bool {
    let severity = problem.severity.min(check.info.level.severity());
    let is_of = |finding: &Finding| {
        let place = finding.place.split_once(": ").map_or("", |(_, place)| place);
        (finding.severity, &finding.expected, &finding.because) == (severity, &problem.expected, &problem.because)
            && anywhere(place) == anywhere(&problem.place)
    };
    judgement.findings.iter().any(is_of)
}

fn has_shapes(check: &Check) -> bool {
    matches!(&check.body, Body::Watch(watch) if !watch.shapes.is_empty())
}

/// The capability that a server has to declare to say such a thing; empty when it need not declare any.
fn capability(subject: &Value) -> &str {
    let method = subject.pointer("/answers/method").or(subject.pointer("/message/method"));
    match method.and_then(Value::as_str).unwrap_or_default().split('/').next() {
        Some(area @ ("tools" | "prompts" | "resources" | "logging")) => area,
        Some("completion") => "completions",
        _ => "",
    }
}
