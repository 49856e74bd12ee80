//! Asks both sides about one value after another, and keeps count.

use std::{collections::BTreeMap, fmt};

use mcp_litmus::model::Revision;
use serde_json::Value;

use crate::{
    differences::{Case, Difference, Refuses},
    official::{Complaint, Official},
    subjects::Subject,
};

/// How many kinds of disagreement are told.
const TOLD: usize = 400;

/// What our side says of a value of one of our types, as far as it decides; `None` when there is no such type.
pub type Opinion<'a> = &'a dyn Fn(&str, &Value) -> Option<Vec<Complaint>>;

/// Both sides, and what they said so far.
pub struct Comparison<'a> {
    revision: Revision,
    official: &'a Official,
    ours: Opinion<'a>,
    differences: Vec<(&'static Difference, usize)>,
    tally: Tally,
    /// How often each kind of disagreement was met, with the shortest example.
    disagreements: BTreeMap<String, (usize, String)>,
}

/// Counts of values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many were asked about.
    pub asked: usize,
    /// How many both sides refuse.
    pub refused: usize,
    /// How many are judged differently, for a reason that is written down.
    pub explained: usize,
    /// How many are judged differently for no reason.
    pub unexplained: usize,
}

impl<'a> Comparison<'a> {
    /// Nothing was asked yet.
    pub fn new(
        revision: Revision,
        official: &'a Official,
        ours: Opinion<'a>,
        differences: impl IntoIterator<Item = &'static Difference>,
    ) -> Self {
        let differences = differences.into_iter().map(|difference| (difference, 0)).collect();
        Self { revision, official, ours, differences, tally: Tally::default(), disagreements: BTreeMap::new() }
    }

    /// Ask about a value.
    pub fn ask(&mut self, subject: &Subject, value: &Value) {
        self.tally.asked += 1;
        let Some(ours) = (self.ours)(&subject.ours, value) else {
            return self.disagree(subject, value, format!("we have no type {}", subject.ours), "");
        };
        match (self.official.is_valid(&subject.official, value), ours.is_empty()) {
            (true, true) => {}
            (false, false) => self.tally.refused += 1,
            (true, false) => self.explain(subject, value, Refuses::We, &ours),
            (false, true) => {
                let theirs = self.official.complaints(&subject.official, value);
                self.explain(subject, value, Refuses::They, &theirs);
            }
        }
    }

    /// Every complaint of the side that refuses has to be explained.
    fn explain(&mut self, subject: &Subject, value: &Value, refuses: Refuses, complaints: &[Complaint]) {
        let case = Case { subject, value, official: self.official };
        let mut found = Vec::new();
        for complaint in complaints {
            let explains =
                |difference: &Difference| difference.refuses == refuses && (difference.explains)(&case, complaint);
            let Some(number) = self.differences.iter().position(|(difference, _)| explains(difference)) else {
                let Complaint { pointer, rule, text } = complaint;
                return self.disagree(subject, value, format!("{refuses:?} refuse {rule} at {}", kind(pointer)), text);
            };
            found.push(number);
        }
        for number in found {
            self.differences[number].1 += 1;
        }
        self.tally.explained += 1;
    }

    fn disagree(&mut self, subject: &Subject, value: &Value, kind: String, text: &str) {
        self.tally.unexplained += 1;
        let example = format!("{}: {text}\n        {value}", subject.official);
        let (count, shortest) = self.disagreements.entry(kind).or_insert_with(|| (0, example.clone()));
        *count += 1;
        if example.len() < shortest.len() {
            *shortest = example;
        }
    }

    /// The counts since the last call.
    pub fn tally(&mut self) -> Tally {
        std::mem::take(&mut self.tally)
    }

    /// The differences that were met, how often, and why they are none of our faults.
    pub fn explained(&self) -> String {
        let explained = self.differences.iter().map(|(difference, count)| {
            let Difference { name, refuses, because, .. } = difference;
            format!("\n    {count} times: {name} ({refuses:?} refuse): {because}")
        });
        explained.collect()
    }

    /// What is wrong: disagreements that nothing explains, explanations that nothing needs.
    pub fn verdict(self) -> Result<(), String> {
        let stale = self.differences.iter().filter(|(_, count)| *count == 0);
        let stale = stale.map(|(difference, _)| format!("{}: `{}` explains nothing", self.revision, difference.name));
        let mut kinds: Vec<_> = self.disagreements.into_iter().collect();
        kinds.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
        let told =
            kinds.iter().take(TOLD).map(|(kind, (count, example))| format!("{count} times: {kind}\n    {example}"));
        let wrong: Vec<String> = told.chain(stale).collect();
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
    }
}

/// The end of a pointer, without the numbers of items: what disagreements of one kind share.
fn kind(pointer: &str) -> String {
    let names: Vec<&str> = pointer.split('/').skip(1).map(|name| if is_number(name) { "[]" } else { name }).collect();
    names[names.len().saturating_sub(3)..].join("/")
}

fn is_number(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_digit())
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { asked, refused, explained, unexplained } = self;
        write!(f, "{asked} ({refused} refused by both), {explained} explained differences")?;
        if *unexplained > 0 { write!(f, ", {unexplained} UNEXPLAINED") } else { Ok(()) }
    }
}
