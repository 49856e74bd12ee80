//! Asks both sides about one value after another, and keeps count.

use std::fmt;

use mcp_litmus::model::Revision;
use serde_json::Value;

use crate::{
    differences::{Case, Difference, Refuses},
    official::{Complaint, Official},
    subjects::Subject,
};

/// How many disagreements are told in full.
const TOLD: usize = 12;

/// What our side says of a value of one of our types, as far as it decides; `None` when there is no such type.
pub type Opinion<'a> = &'a dyn Fn(&str, &Value) -> Option<Vec<Complaint>>;

/// Both sides, and what they said so far.
pub struct Comparison<'a> {
    revision: Revision,
    official: &'a Official,
    ours: Opinion<'a>,
    differences: Vec<(&'static Difference, usize)>,
    tally: Tally,
    disagreements: Vec<String>,
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
        Self { revision, official, ours, differences, tally: Tally::default(), disagreements: Vec::new() }
    }

    /// Ask about a value.
    pub fn ask(&mut self, subject: &Subject, value: &Value) {
        self.tally.asked += 1;
        let Some(ours) = (self.ours)(&subject.ours, value) else {
            return self.disagree(subject, value, "we have no such type");
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
        let case = Case { subject: &subject.ours, value };
        let mut found = Vec::new();
        for complaint in complaints {
            let explains =
                |difference: &Difference| difference.refuses == refuses && (difference.explains)(&case, complaint);
            let Some(number) = self.differences.iter().position(|(difference, _)| explains(difference)) else {
                let Complaint { pointer, rule, text } = complaint;
                return self.disagree(subject, value, &format!("{refuses:?} refuse: {rule} at {pointer}: {text}"));
            };
            found.push(number);
        }
        for number in found {
            self.differences[number].1 += 1;
        }
        self.tally.explained += 1;
    }

    fn disagree(&mut self, subject: &Subject, value: &Value, says: &str) {
        self.tally.unexplained += 1;
        if self.disagreements.len() < TOLD {
            self.disagreements.push(format!("{} {}: {says}\n    {value}", self.revision, subject.official));
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
        let wrong: Vec<String> = self.disagreements.into_iter().chain(stale).collect();
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { asked, refused, explained, unexplained } = self;
        write!(f, "{asked} ({refused} refused by both), {explained} explained differences")?;
        if *unexplained > 0 { write!(f, ", {unexplained} UNEXPLAINED") } else { Ok(()) }
    }
}
