//! Where we and the official files disagree, and why we are right: every disagreement that is found must be explained
//! here, and every explanation must be needed. `docs/messages.md` shows them as a table.

#[path = "differences/errors.rs"]
mod errors;
#[path = "differences/formats.rs"]
mod formats;
#[path = "differences/leniency.rs"]
mod leniency;
#[path = "differences/numbers.rs"]
mod numbers;
#[path = "differences/unions.rs"]
mod unions;

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

    /// Whether an official definition, asked about a part of the value, has the same complaint.
    pub fn is_shared(&self, complaint: &Complaint, part: &str, definition: &str) -> bool {
        let (Some(value), Some(inside)) = (self.value.pointer(part), complaint.pointer.strip_prefix(part)) else {
            return false;
        };
        let theirs = self.official.complaints(definition, value);
        theirs.iter().any(|theirs| match theirs.rule.as_str() {
            "required" => parent(inside) == theirs.pointer || inside == theirs.pointer,
            _ => theirs.pointer.starts_with(inside) || inside.starts_with(&theirs.pointer),
        })
    }
}

/// The pointer of what holds the thing that a pointer names.
pub fn parent(pointer: &str) -> &str {
    pointer.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// The last name in a pointer.
pub fn last(pointer: &str) -> &str {
    pointer.rsplit_once('/').map_or("", |(_, name)| name)
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
    /// Values that show it: a definition, by its official name or ours, and the value as JSON.
    pub examples: &'static [(&'static str, &'static str)],
    /// Whether a complaint is of this kind.
    pub explains: fn(&Case, &Complaint) -> bool,
}

/// All of them.
pub fn all() -> impl Iterator<Item = &'static Difference> {
    [numbers::DIFFERENCES, leniency::DIFFERENCES, errors::DIFFERENCES, formats::DIFFERENCES, unions::DIFFERENCES]
        .into_iter()
        .flatten()
}

/// The differences that are met in a revision.
pub fn of(revision: Revision) -> Vec<&'static Difference> {
    let met = |range: &str| range.parse::<RevisionRange>().is_ok_and(|range| range.contains(revision));
    all().filter(|difference| met(difference.revisions)).collect()
}
