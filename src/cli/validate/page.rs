//! What `validate` found, for people: a line for each kind of problem, then the counts.

use crate::{
    model::{Exit, Severity},
    report::escape::visible,
};

use super::tally::{Entry, Tally};

/// The whole page.
pub(super) fn render(tally: &Tally, exit: Exit) -> String {
    let mut page: String = tally.problems.iter().map(|entry| line(entry) + "\n").collect();
    if tally.omitted > 0 {
        page.push_str(&format!("... and {} problems of more kinds\n", tally.omitted));
    }
    if !page.is_empty() {
        page.push('\n');
    }
    page + &summary(tally, exit)
}

fn line(entry: &Entry) -> String {
    let Entry { file, line, severity, rule, place, expected, got, count, .. } = entry;
    let severity = if *severity == Severity::Fail { "fail" } else { "warn" };
    let wrong = match (expected.is_empty(), place.is_empty()) {
        (true, _) => got.clone(),
        (false, true) => format!("the message: expected {expected}, got {got}"),
        (false, false) => format!("{place}: expected {expected}, got {got}"),
    };
    let times = if *count > 1 { format!(", {count} times, here the first") } else { String::new() };
    visible(&format!("{file}:{line}: {severity} {wrong} ({rule}{times})")).into_owned()
}

fn summary(tally: &Tally, exit: Exit) -> String {
    let word = match exit {
        Exit::Findings => "FAIL",
        Exit::NothingTested => "NOTHING",
        _ => "PASS",
    };
    let mut text = format!("{word}  {}\n", checked(tally));
    for note in notes(tally) {
        text.push_str(&format!("{:width$}{}\n", "", visible(&note), width = word.len() + 2));
    }
    text
}

fn checked(tally: &Tally) -> String {
    let judged = tally.judged;
    let kinds = [
        (judged.requests, "request"),
        (judged.notifications, "notification"),
        (judged.results, "result"),
        (judged.errors, "error"),
    ];
    let kinds: Vec<_> = kinds.iter().filter(|(count, _)| *count > 0).map(|(count, word)| some(*count, word)).collect();
    let revisions: Vec<_> = tally.revisions.iter().map(ToString::to_string).collect();
    let found = [(tally.found.fail, "failure"), (tally.found.warn, "warning")];
    let found: Vec<_> = found.iter().filter(|(count, _)| *count > 0).map(|(count, word)| some(*count, word)).collect();
    let found = if found.is_empty() { "no problem".to_owned() } else { found.join(", ") };
    match judged.all() {
        0 => format!("{found}; no message was judged"),
        all => format!("{found} in {} ({}): {}", some(all, "message"), revisions.join(", "), kinds.join(", ")),
    }
}

/// What a reader should know about the counts.
fn notes(tally: &Tally) -> Vec<String> {
    let mut notes = Vec::new();
    let unknown: u64 = tally.unknown.values().sum();
    if unknown > 0 {
        let names: Vec<_> = tally.unknown.iter().map(|(name, count)| format!("{name} ({count})")).collect();
        notes.push(format!("{unknown} not described by the revision: {}", names.join(", ")));
    }
    if tally.unasked > 0 {
        let (results, they) = if tally.unasked == 1 {
            ("result without its", "it answers")
        } else {
            ("results without their", "they answer")
        };
        notes.push(format!("{} {results} request: pass `--method METHOD` to say what {they}", tally.unasked));
    }
    if tally.cut > 0 {
        notes.push(format!("{} cut off in the events, and not judged", some(tally.cut, "long message")));
    }
    if tally.followed > 0 {
        notes.push(format!(
            "{} of the other side followed; `--direction` chooses who is judged",
            some(tally.followed, "message")
        ));
    }
    if let Some(other) = tally.other_revision {
        notes.push(format!("the messages say {other}; without `--revision` they are judged by that"));
    }
    notes
}

fn some(count: u64, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
