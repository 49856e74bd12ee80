//! Where we and the official files disagree, and why we are right: every disagreement that is found must be explained
//! here, and every explanation must be needed.

use mcp_litmus::model::{Revision, RevisionRange};
use serde_json::Value;

use crate::{
    official::{Complaint, Official},
    subjects::Subject,
};

/// Who refuses a value that the other one takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refuses {
    /// The official file.
    They,
    /// Our validators.
    We,
}

/// A value that two opinions exist of.
pub struct Case<'a> {
    /// What it is.
    pub subject: &'a Subject,
    /// The value.
    pub value: &'a Value,
    /// The official definitions.
    pub official: &'a Official,
}

impl Case<'_> {
    /// What a complaint is about.
    pub fn at(&self, complaint: &Complaint) -> Option<&Value> {
        self.value.pointer(&complaint.pointer)
    }
}

/// One explained difference.
pub struct Difference {
    /// What to call it.
    pub name: &'static str,
    /// The revisions in which it is met.
    pub revisions: &'static str,
    /// Whose complaint it explains.
    pub refuses: Refuses,
    /// Why we are right.
    pub because: &'static str,
    /// Whether a complaint is of this kind.
    pub explains: fn(&Case, &Complaint) -> bool,
}

/// All of them.
pub const DIFFERENCES: &[Difference] = &[];

/// The differences that are met in a revision.
pub fn of(revision: Revision) -> Vec<&'static Difference> {
    let met = |range: &str| range.parse::<RevisionRange>().is_ok_and(|range| range.contains(revision));
    DIFFERENCES.iter().filter(|difference| met(difference.revisions)).collect()
}
