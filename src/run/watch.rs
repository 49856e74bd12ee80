//! One thing that was said or done, held against the watches: what each of them has to say of it.

use serde_json::{Value, json};

use crate::{
    checks::{Judgement, Registry, brief, brief_text, rule},
    model::{Finding, Revision, Severity},
    schema::{Problem, anywhere},
    session::{Observation, On},
    suite::{Body, Check, Outcome, Scope, Watch, WatchOn},
};

/// What every watch that applies says of one observation, as if nothing had come before it.
pub fn watch<'a>(registry: &'a Registry, observation: &Observation<'_>) -> Vec<(&'a Check, Judgement)> {
    let scope = scope(observation);
    let looking = applying(registry, observation.revision).filter(|(_, watch)| looks_at(watch, observation));
    let judged = looking.map(|(check, watch)| {
        let mut judgement = Judgement::default();
        tell(check, watch, observation, &scope, &mut judgement);
        (check, judgement)
    });
    judged.collect()
}

/// The watches that apply in a revision, in the order of the chapters.
pub(super) fn applying(registry: &Registry, revision: Revision) -> impl Iterator<Item = (&Check, &Watch)> {
    let applying = registry.checks().iter().filter(move |check| check.info.revisions.contains(revision));
    applying.filter_map(|check| match &check.body {
        Body::Watch(watch) => Some((check, watch)),
        _ => None,
    })
}

/// Whether it is of the kind that a watch looks at.
pub(super) fn looks_at(watch: &Watch, observation: &Observation<'_>) -> bool {
    let on = match watch.on {
        WatchOn::Message => On::Message,
        WatchOn::Line => On::Line,
        WatchOn::Exit => On::Exit,
        WatchOn::Sent => On::Sent,
        // No session tells of exchanges.
        WatchOn::Http => On::Http,
    };
    on == observation.on
}

/// What the patterns of a watch can refer to: the same for all of them.
pub(super) fn scope(observation: &Observation<'_>) -> Scope {
    let mut scope = Scope::new();
    scope.set("revision", json!(observation.revision));
    scope
}

/// Judge one observation, besides what was judged before.
pub(super) fn tell(
    check: &Check,
    watch: &Watch,
    observation: &Observation<'_>,
    scope: &Scope,
    judgement: &mut Judgement,
) {
    let subject: &Value = &observation.subject;
    if watch.only.as_ref().is_some_and(|only| only.fit(subject, scope).is_err()) {
        return;
    }
    let problems = observation.problems.as_ref().filter(|_| !watch.shapes.is_empty());
    let own = problems.into_iter().flatten().filter(|problem| watch.shapes.contains(&problem.rule));
    own.for_each(|problem| note(problem, check, observation, judgement));
    let ruling = (!watch.arms.is_empty()).then(|| rule(&watch.arms, subject, scope));
    let is_ruled = ruling.as_ref().is_some_and(|ruling| ruling.outcome != Outcome::Skip);
    judgement.judged += u64::from(problems.is_some() || is_ruled);
    let Some(ruling) = ruling else { return };
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
    // The same words about another member are about another mistake.
    judgement.add(Finding {
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
