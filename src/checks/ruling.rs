//! Holding a subject against the arms of a check: the first that fits decides.

use serde_json::Value;

use crate::{
    model::{Finding, Level, Severity},
    suite::{Arm, Mismatch, Outcome, Scope},
};

/// What the arms say of a subject.
#[derive(Clone, Debug, PartialEq)]
pub struct Ruling {
    /// What the arm that fits decides; a failure when none fits.
    pub outcome: Outcome,
    /// Its reason.
    pub because: String,
    /// What would have passed.
    pub expected: String,
    /// What is there instead.
    pub got: String,
    /// The member that differs, when there is one that does.
    pub place: String,
}

/// The first arm that fits decides.
pub fn rule(arms: &[Arm], subject: &Value, scope: &Scope) -> Ruling {
    let mut near: Vec<Mismatch> = Vec::new();
    for arm in arms {
        match arm.pattern.fit(subject, scope) {
            Ok(()) => return ruling(arms, near, subject, arm.outcome, arm.because.clone()),
            Err(mismatch) if arm.outcome == Outcome::Pass => near.push(mismatch),
            Err(_) => {}
        }
    }
    ruling(arms, near, subject, Outcome::Fail, "none of what the check foresees fits".to_owned())
}

fn ruling(arms: &[Arm], near: Vec<Mismatch>, subject: &Value, outcome: Outcome, because: String) -> Ruling {
    match <[Mismatch; 1]>::try_from(near) {
        Ok([only]) if !only.place.is_empty() => {
            Ruling { outcome, because, expected: only.expected, got: only.got, place: only.place }
        }
        _ => {
            let passing = arms.iter().filter(|arm| arm.outcome == Outcome::Pass);
            let expected = passing.map(|arm| arm.pattern.describe()).collect::<Vec<_>>().join(", or ");
            Ruling { outcome, because, expected, got: brief(subject), place: String::new() }
        }
    }
}

impl Ruling {
    /// The finding that this is, unless it passes. Severity comes from the keyword and is never raised.
    pub fn finding(self, level: Level) -> Option<Finding> {
        let severity = match self.outcome {
            Outcome::Pass | Outcome::Skip => return None,
            Outcome::Warn => Severity::Warn,
            Outcome::Fail => level.severity(),
        };
        let Self { because, expected, got, place, .. } = self;
        Some(Finding { severity, expected, got, because, place, count: 1, transcript: Vec::new() })
    }
}

/// A value in one line that a person can take in.
pub fn brief(value: &Value) -> String {
    brief_text(&value.to_string())
}

/// A text that a person can take in.
pub fn brief_text(text: &str) -> String {
    const LENGTH: usize = 300;
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}… ({} bytes)", &text[..end], text.len()),
        None => text.to_owned(),
    }
}
