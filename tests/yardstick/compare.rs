//! Asks both sides about one value after another, and keeps count.

use std::fmt;

use mcp_litmus::model::Revision;
use serde_json::Value;

use crate::{
    differences::{self, Case, Difference, Refuses},
    official::{Complaint, Official},
    ours::Ours,
    subjects::Subject,
};

/// How many disagreements are told in full.
const TOLD: usize = 12;

/// Both sides, and what they said so far.
pub struct Comparison<'a> {
    revision: Revision,
    official: &'a Official,
    ours: Ours,
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
    pub fn new(revision: Revision, official: &'a Official) -> Self {
        let differences = differences::of(revision).into_iter().map(|difference| (difference, 0)).collect();
        let ours = Ours::new(revision);
        Self { revision, official, ours, differences, tally: Tally::default(), disagreements: Vec::new() }
    }

    /// Our validators.
    pub fn ours(&self) -> &Ours {
        &self.ours
    }

    /// Ask about a value.
    pub fn ask(&mut self, subject: &Subject, value: &Value) {
        self.tally.asked += 1;
        let Some(ours) = self.ours.complaints(&subject.ours, value) else {
            return self.disagree(subject, value, "we have no such type".to_owned());
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
            match self.differences.iter().position(|(difference, _)| explains(difference)) {
                Some(number) => found.push(number),
                None => {
                    let says =
                        format!("{refuses:?} refuse: {} at {}: {}", complaint.rule, complaint.pointer, complaint.text);
                    return self.disagree(subject, value, says);
                }
            }
        }
        found.iter().for_each(|number| self.differences[*number].1 += 1);
        self.tally.explained += 1;
    }

    fn disagree(&mut self, subject: &Subject, value: &Value, says: String) {
        self.tally.unexplained += 1;
        if self.disagreements.len() < TOLD {
            self.disagreements.push(format!("{} {}: {says}\n    {value}", self.revision, subject.official));
        }
    }

    /// The counts since the last call.
    pub fn tally(&mut self) -> Tally {
        std::mem::take(&mut self.tally)
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
