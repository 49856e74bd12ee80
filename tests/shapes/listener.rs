//! Listens to a session, and asks for every problem of every message which watches tell of it.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Mutex, PoisonError},
};

use mcp_litmus::{
    checks::{Judgement, Registry},
    model::{Finding, Severity},
    run::watch,
    schema::{Problem, anywhere},
    session::{Observation, Observer, On},
    suite::Check,
};
use serde_json::Value;

use crate::sayings::Saying;

/// Where a section has something to say for itself of what breaks a rule, and why that is another cause.
const BESIDES: [(&str, &str, &str); 5] = [
    ("meta-key-", "metadata/server-info", "the key is missing under its own name"),
    ("meta-key-", "metadata/scoped-notifications", "the key is missing under its own name"),
    (
        "JSONRPCMessage",
        "metadata/scoped-notifications",
        "without parameters, the id of the subscription is missing as well",
    ),
    (
        "SubscriptionsListenResult",
        "metadata/server-info",
        "its metadata is required, and that of every result names the server",
    ),
    ("image-type", "prompts/messages", "prompts have a sentence of their own on pictures"),
];

/// Somebody who counts.
pub struct Listener {
    registry: Registry,
    /// Messages before they were broken, by what they are now.
    wholes: HashMap<String, Value>,
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
    pub fn new(registry: Registry, sayings: &[Saying]) -> Self {
        let wholes = sayings.iter().filter_map(|saying| Some((saying.message.to_string(), saying.whole.clone()?)));
        Self { registry, wholes: wholes.collect(), tally: Mutex::default() }
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
        let told = self.told(observation);
        for problem in problems.iter().filter(|problem| problem.severity >= Severity::Warn) {
            tally.problems += 1;
            tally.rules.insert(problem.rule.clone());
            let tellers: Vec<&str> = ids(told.iter().filter(|told| tells(told, problem))).collect();
            if tellers.len() != 1 {
                let by = if tellers.is_empty() { "nobody".to_owned() } else { tellers.join(", ") };
                tally.note(problem, &format!("told by {by}"), observation);
            }
        }
        if let [problem] = problems.as_slice() {
            for id in self.besides(&told, problem, observation) {
                tally.note(problem, &format!("told by {id} as well"), observation);
            }
        }
    }
}

impl Listener {
    /// What the watches say that judge such a thing, whatever else the server declares.
    fn told(&self, observation: &Observation<'_>) -> Vec<(&Check, Judgement)> {
        let own = capability(&observation.subject);
        let mut told = watch(&self.registry, observation);
        told.retain(|(check, _)| check.info.needs.iter().all(|need| need == own));
        told
    }

    /// The sections that find something else in a message with one problem, and did not before it was broken.
    fn besides<'a>(
        &self,
        told: &'a [(&Check, Judgement)],
        problem: &Problem,
        observation: &Observation<'_>,
    ) -> Vec<&'a str> {
        let Some(whole) = self.wholes.get(&observation.subject["message"].to_string()) else { return Vec::new() };
        let mut subject = observation.subject.clone();
        subject["message"] = whole.clone();
        let Observation { on, session, revision, evidence, .. } = *observation;
        let before = self.told(&Observation { on, session, revision, subject, problems: Some(Vec::new()), evidence });
        let known: BTreeSet<&str> =
            ids(before.iter().filter(|(_, judgement)| !judgement.findings.is_empty())).collect();
        let others = told.iter().filter(|told| told.1.findings.len() > usize::from(tells(told, problem)));
        let is_another =
            |id: &&str| BESIDES.iter().any(|(rule, section, _)| problem.rule.starts_with(rule) && id == section);
        ids(others).filter(|id| !known.contains(id) && !is_another(id)).collect()
    }
}

impl Tally {
    fn note(&mut self, problem: &Problem, told: &str, observation: &Observation<'_>) {
        let cause = format!("{} {}, {told}", problem.rule, anywhere(&problem.place));
        self.wrong.entry(cause).or_insert_with(|| format!("{problem}\n    in {}", observation.subject));
    }
}

/// The names of sections.
fn ids<'a, 'b: 'a>(told: impl Iterator<Item = &'a (&'b Check, Judgement)>) -> impl Iterator<Item = &'a str> {
    told.map(|(check, _)| check.info.id.as_str())
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

/// The capability that a server has to declare to say such a thing; empty when it need not declare any.
fn capability(subject: &Value) -> &str {
    let method = subject.pointer("/answers/method").or(subject.pointer("/message/method"));
    match method.and_then(Value::as_str).unwrap_or_default().split('/').next() {
        Some(area @ ("tools" | "prompts" | "resources" | "logging")) => area,
        Some("completion") => "completions",
        _ => "",
    }
}
