//! What came of all messages: counts, and the problems, one of a kind. Bounded: what is beyond is only counted. Secrets
//! are masked before anything is kept.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    cli::secrets::Secrets,
    model::{Exit, Revision, Severity, Totals},
    schema::{Heard, Problem, Side, What, anywhere},
};

/// How many kinds of problems are kept.
const KEPT: usize = 1000;
/// How many methods are named that nobody describes.
const NAMED: usize = 100;
/// How long a text is kept.
const LONGEST: usize = 300;

/// What came of all messages.
pub(super) struct Tally {
    secrets: Secrets,
    file: String,
    seen: HashMap<String, usize>,
    /// The messages that were judged, by what they are.
    pub(super) judged: Judged,
    /// The revisions that they were judged by.
    pub(super) revisions: BTreeSet<Revision>,
    /// The problems, one of a kind.
    pub(super) problems: Vec<Entry>,
    /// How many problems there are of each weight.
    pub(super) found: Found,
    /// Problems of kinds that are not kept.
    pub(super) omitted: u64,
    /// Results that nobody knows the request of.
    pub(super) unasked: u64,
    /// Messages that their revision does not describe, by name.
    pub(super) unknown: BTreeMap<String, u64>,
    /// Messages that the events hold only the beginning of.
    pub(super) cut: u64,
    /// What the other side of a run said.
    pub(super) followed: u64,
    /// A revision that is spoken, although the user names another.
    pub(super) other_revision: Option<Revision>,
}

/// How many messages were judged.
#[derive(Clone, Copy, Debug, Default, Serialize, JsonSchema)]
pub(super) struct Judged {
    /// Requests.
    pub(super) requests: u64,
    /// Notifications.
    pub(super) notifications: u64,
    /// Results.
    pub(super) results: u64,
    /// Errors.
    pub(super) errors: u64,
}

/// How many problems there are, every place counted.
#[derive(Clone, Copy, Debug, Default, Serialize, JsonSchema)]
pub(super) struct Found {
    /// A binding sentence is broken.
    pub(super) fail: u64,
    /// Worth saying.
    pub(super) warn: u64,
}

/// Problems of one kind.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub(super) struct Entry {
    /// The file, as the user named it.
    pub(super) file: String,
    /// The line of the first one.
    pub(super) line: u64,
    /// How much it weighs.
    pub(super) severity: Severity,
    /// The message: `tools/list`, `result of tools/list`, `result`, `error`, or `line` for bytes that are no message.
    pub(super) message: String,
    /// Who said it: `client` or `server`; absent when nobody can know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) from: Option<&'static str>,
    /// The revision that it was judged by; absent for a line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) revision: Option<Revision>,
    /// The type whose rule is broken (`Tool`), the format (`uri`), or the defect of a line (`not-json`).
    pub(super) rule: String,
    /// The place, as a JSON pointer into the message.
    pub(super) pointer: String,
    /// The place as a person would write it: `tools[3].inputSchema.type`.
    #[serde(rename = "where")]
    pub(super) place: String,
    /// What should stand there; empty for a line.
    pub(super) expected: String,
    /// What stands there.
    pub(super) got: String,
    /// How often the same was found.
    pub(super) count: u64,
}

impl Judged {
    /// All of them.
    pub(super) const fn all(self) -> u64 {
        self.requests + self.notifications + self.results + self.errors
    }
}

impl Tally {
    /// Nothing yet.
    pub(super) fn new(secrets: Secrets) -> Self {
        Self {
            secrets,
            file: String::new(),
            seen: HashMap::new(),
            judged: Judged::default(),
            revisions: BTreeSet::new(),
            problems: Vec::new(),
            found: Found::default(),
            omitted: 0,
            unasked: 0,
            unknown: BTreeMap::new(),
            cut: 0,
            followed: 0,
            other_revision: None,
        }
    }

    /// What follows is of this file.
    pub(super) fn begin(&mut self, file: String) {
        self.file = file;
        self.seen.clear();
    }

    /// A line has something wrong with it.
    pub(super) fn flaw(&mut self, line: u64, problem: Problem) {
        self.note(line, "line", None, None, problem);
    }

    /// A message was judged.
    pub(super) fn heard(&mut self, line: u64, heard: Heard) {
        let Heard { what, name, revision, from, unasked, problems } = heard;
        let Some(problems) = problems else {
            let name = self.harmless(&name);
            let has_room = self.unknown.len() < NAMED || self.unknown.contains_key(&name);
            *self.unknown.entry(if has_room { name } else { "others".to_owned() }).or_default() += 1;
            return;
        };
        self.revisions.insert(revision);
        self.unasked += u64::from(unasked);
        match what {
            What::Request => self.judged.requests += 1,
            What::Notification => self.judged.notifications += 1,
            What::Result => self.judged.results += 1,
            What::Error => self.judged.errors += 1,
            What::Batch | What::Nothing => {}
        }
        let from = from.map(|side| if side == Side::Client { "client" } else { "server" });
        for problem in problems {
            self.note(line, &name, from, Some(revision), problem);
        }
    }

    /// The exit code that all of this deserves.
    pub(super) fn exit(&self, deny_warnings: bool) -> Exit {
        let Found { fail, warn } = self.found;
        Exit::of(&Totals { pass: self.judged.all(), fail, warn, ..Totals::default() }, deny_warnings)
    }

    fn note(
        &mut self,
        line: u64,
        message: &str,
        from: Option<&'static str>,
        revision: Option<Revision>,
        problem: Problem,
    ) {
        let Problem { severity, rule, pointer, place, expected, got, count, .. } = problem;
        match severity {
            Severity::Fail => self.found.fail += count,
            Severity::Warn => self.found.warn += count,
        }
        let [pointer, place, expected, got] = [pointer, place, expected, got].map(|text| self.harmless(&text));
        let message = self.harmless(message);
        let kind = format!("{severity:?} {message} {revision:?} {rule} {} {expected}", anywhere(&place));
        if let Some(known) = self.seen.get(&kind).and_then(|known| self.problems.get_mut(*known)) {
            known.count += count;
        } else if self.problems.len() < KEPT {
            self.seen.insert(kind, self.problems.len());
            let file = self.file.clone();
            let entry =
                Entry { file, line, severity, message, from, revision, rule, pointer, place, expected, got, count };
            self.problems.push(entry);
        } else {
            self.omitted += count;
        }
    }

    /// Without secrets, and not longer than anyone reads.
    fn harmless(&self, text: &str) -> String {
        let mut text = text.to_owned();
        self.secrets.mask(&mut text);
        match text.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", text.split_at(end).0),
            None => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(place: &str, got: &str) -> Problem {
        let plain = Problem::new(Severity::Fail, "Tool", String::new(), "a string".to_owned(), got.to_owned());
        Problem { place: place.to_owned(), ..plain }
    }

    #[test]
    fn the_same_is_told_once_in_each_file_and_counted() {
        let mut tally = Tally::new(Secrets::default());
        for file in ["a", "b"] {
            tally.begin(file.to_owned());
            for place in ["tools[0].name", "tools[17].name", "tools[1].title"] {
                tally.flaw(1, problem(place, "5"));
            }
        }
        let counts: Vec<_> = tally.problems.iter().map(|entry| (entry.file.as_str(), entry.count)).collect();
        assert_eq!(counts, [("a", 2), ("a", 1), ("b", 2), ("b", 1)]);
        assert_eq!((tally.found.fail, tally.exit(false)), (6, Exit::Findings));
    }

    #[test]
    fn what_is_kept_is_bounded_and_the_rest_is_counted() {
        let mut tally = Tally::new(Secrets::default());
        for number in 0..KEPT + 5 {
            tally.flaw(1, problem(&format!("{number}{}", "x".repeat(1000)), "5"));
        }
        assert_eq!((tally.problems.len(), tally.omitted), (KEPT, 5));
        assert!(tally.problems.iter().all(|entry| entry.place.chars().count() == LONGEST + 1));
    }

    #[test]
    fn secrets_are_masked_cut_ones_too() {
        let mut tally = Tally::new(Secrets::of([("KEY", "0123456789abcdef")]));
        tally.flaw(1, problem("[\"0123456789abcdef\"]", "\"x 012345678…\" (90 bytes)"));
        let entry = &tally.problems[0];
        assert_eq!(
            (entry.place.as_str(), entry.got.as_str()),
            ("[\"[redacted KEY]\"]", "\"x [redacted KEY]…\" (90 bytes)")
        );
    }

    #[test]
    fn nothing_judged_is_not_clean() {
        assert_eq!(Tally::new(Secrets::default()).exit(false), Exit::NothingTested);
    }
}
