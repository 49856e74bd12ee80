//! The watches of a run: every message, line and exit is held against them as it happens.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use serde_json::{Value, json};

use super::plan::Ground;
use crate::{
    checks::{Judgement, Registry, brief, brief_text, rule},
    model::{Excerpt, Finding, Revision, RunEvent, Severity, Skip},
    schema::{Problem, anywhere},
    session::{Observation, Observer, On},
    suite::{Body, Check, Outcome, Scope, Watch, WatchOn},
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
        let applying = self.watches().filter(|(check, _)| check.info.revisions.contains(ground.revision));
        applying
            .map(|(check, watch)| {
                let judgement = judgements.next().unwrap_or_default();
                let refused = ground.refuses(&check.info).map(|(skip, why)| Judgement::skipped(skip, why));
                (check, refused.unwrap_or_else(|| excused(judgement, watch)))
            })
            .collect()
    }

    /// What is wrong with what a server said before it could not be spoken to any further.
    pub(super) fn findings(&self) -> Vec<(Revision, &Check, Judgement)> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let mut findings = Vec::new();
        for (revision, judgements) in std::mem::take(&mut *seen) {
            let applying = self.watches().filter(|(check, _)| check.info.revisions.contains(revision));
            let judged = applying.zip(judgements).filter(|(_, judgement)| !judgement.findings.is_empty());
            findings.extend(judged.map(|((check, _), judgement)| (revision, check, judgement)));
        }
        findings
    }

    fn watches(&self) -> impl Iterator<Item = (&Check, &Watch)> {
        self.registry.checks().iter().filter_map(|check| match &check.body {
            Body::Watch(watch) => Some((check, watch)),
            _ => None,
        })
    }
}

/// A watch that saw nothing says so.
fn excused(mut judgement: Judgement, watch: &Watch) -> Judgement {
    if judgement.judged == 0 {
        let what = match watch.on {
            WatchOn::Message => "message",
            WatchOn::Line => "line",
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
        let applying: Vec<_> =
            self.watches().filter(|(check, _)| check.info.revisions.contains(observation.revision)).collect();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let judgements = seen.entry(observation.revision).or_default();
        judgements.resize_with(applying.len(), Judgement::default);
        for ((check, watch), judgement) in applying.into_iter().zip(judgements) {
            if on(watch.on) == observation.on {
                judge(check, watch, observation, judgement);
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

const fn on(watch: WatchOn) -> On {
    match watch {
        WatchOn::Message => On::Message,
        WatchOn::Line => On::Line,
        WatchOn::Exit => On::Exit,
        WatchOn::Sent => On::Sent,
    }
}

fn judge(check: &Check, watch: &Watch, observation: &Observation<'_>, judgement: &mut Judgement) {
    let mut scope = Scope::new();
    scope.set("revision", json!(observation.revision));
    let subject: &Value = &observation.subject;
    if watch.only.as_ref().is_some_and(|only| only.fit(subject, &scope).is_err()) {
        return;
    }
    let known = judgement.judged;
    if let Some(problems) = observation.problems.as_ref().filter(|_| !watch.shapes.is_empty()) {
        judgement.judged += 1;
        let own = problems.iter().filter(|problem| watch.shapes.contains(&problem.rule));
        own.for_each(|problem| note(problem, check, observation, judgement));
    }
    if watch.arms.is_empty() {
        return;
    }
    let ruling = rule(&watch.arms, subject, &scope);
    if ruling.outcome != Outcome::Skip {
        judgement.judged = known + 1;
    }
    // A line is shown as it is: which of its defects the rule is about stands in the reason.
    let whole = ruling.place.is_empty() || observation.on == On::Line;
    let Some(mut finding) = ruling.finding(check.info.level) else { return };
    if let Ok(because) = scope.fill_text(&finding.because) {
        finding.because = because;
    }
    // The same mistake is counted, not told again: a server that makes it once makes it everywhere.
    if let Some(known) = judgement.findings.iter_mut().find(|known| known.because == finding.because) {
        known.count += 1;
        return;
    }
    if whole {
        (finding.expected, finding.got) = (check.info.title.to_string(), said(subject));
        finding.place.clear();
    }
    finding.place = place(observation, &finding.place);
    finding.transcript = (observation.evidence)();
    judgement.find(finding);
}

/// What the description of messages finds wrong. In a message of ours that is our mistake, and nobody else's.
fn note(problem: &Problem, check: &Check, observation: &Observation<'_>, judgement: &mut Judgement) {
    let place = place(observation, &problem.place);
    if observation.on == On::Sent {
        // A server's own texts come back to it as they are, whatever their form.
        if problem.severity == Severity::Fail && !problem.is_of_format() {
            blame(judgement, &place, problem);
        }
        return;
    }
    let severity = problem.severity.min(check.info.level.severity());
    // The same mistake in another answer is counted, not told again.
    let same = |known: &&mut Finding| {
        (known.severity, &known.expected, &known.because) == (severity, &problem.expected, &problem.because)
            && anywhere(member(&known.place)) == anywhere(&problem.place)
    };
    if let Some(known) = judgement.findings.iter_mut().find(same) {
        known.count += problem.count;
        return;
    }
    judgement.find(Finding {
        severity,
        expected: problem.expected.clone(),
        got: problem.got.clone(),
        because: problem.because.clone(),
        place,
        count: problem.count,
        transcript: (observation.evidence)(),
    });
}

/// Our own mistake ends the check as an error; each is told once, and not too many of them.
fn blame(judgement: &mut Judgement, place: &str, problem: &Problem) {
    const LENGTH: usize = 2000;
    let mistake = format!("{place}: expected {}, got {}", problem.expected, problem.got);
    match &mut judgement.error {
        None => judgement.error = Some(format!("litmus itself said it wrong: {mistake}")),
        Some(error) if error.contains(&mistake) || error.len() > LENGTH => {}
        Some(error) => error.push_str(&format!("; {mistake}")),
    }
}

/// What the server said or did, without what we add to it.
fn said(subject: &Value) -> String {
    let own = ["message", "text", "exit"].into_iter().find_map(|member| subject.get(member));
    match own {
        Some(Value::String(text)) => brief_text(text),
        own => brief(own.unwrap_or(subject)),
    }
}

/// The part of a place that is inside of the message.
fn member(place: &str) -> &str {
    place.split_once(": ").map_or("", |(_, member)| member)
}

/// Where it was seen: the answer to which method, in which session.
fn place(observation: &Observation<'_>, member: &str) -> String {
    let asked = observation.subject.pointer("/answers/method").and_then(Value::as_str);
    let said = observation.subject.pointer("/message/method").and_then(Value::as_str);
    let context = match (asked, said) {
        (Some(method), _) if !method.is_empty() => format!("answer to {method}"),
        (_, Some(method)) => method.chars().take(80).collect(),
        _ => format!("session {}", observation.session),
    };
    if member.is_empty() { context } else { format!("{context}: {member}") }
}
