//! The protocol revisions, their order and their eras. A new revision is one row here.

use std::{fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A published revision of the protocol, oldest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Revision {
    /// 2024-11-05
    #[serde(rename = "2024-11-05")]
    V2024_11_05,
    /// 2025-03-26
    #[serde(rename = "2025-03-26")]
    V2025_03_26,
    /// 2025-06-18
    #[serde(rename = "2025-06-18")]
    V2025_06_18,
    /// 2025-11-25
    #[serde(rename = "2025-11-25")]
    V2025_11_25,
    /// 2026-07-28
    #[serde(rename = "2026-07-28")]
    V2026_07_28,
}

/// How a conversation begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Era {
    /// With an `initialize` handshake that holds for the whole connection.
    Legacy,
    /// With `_meta` on each request, and no handshake.
    Modern,
}

impl Revision {
    /// All of them, oldest first.
    pub const ALL: [Self; 5] =
        [Self::V2024_11_05, Self::V2025_03_26, Self::V2025_06_18, Self::V2025_11_25, Self::V2026_07_28];

    /// The newest one.
    pub const NEWEST: Self = Self::V2026_07_28;

    /// The newest one that begins with a handshake.
    pub const NEWEST_LEGACY: Self = Self::V2025_11_25;

    /// The date that names it on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V2024_11_05 => "2024-11-05",
            Self::V2025_03_26 => "2025-03-26",
            Self::V2025_06_18 => "2025-06-18",
            Self::V2025_11_25 => "2025-11-25",
            Self::V2026_07_28 => "2026-07-28",
        }
    }

    /// The era it belongs to.
    pub fn era(self) -> Era {
        if self >= Self::V2026_07_28 { Era::Modern } else { Era::Legacy }
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A text that names no revision.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a revision; there are 2024-11-05, 2025-03-26, 2025-06-18, 2025-11-25 and 2026-07-28")]
pub struct UnknownRevision(pub String);

impl FromStr for Revision {
    type Err = UnknownRevision;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|revision| revision.as_str() == text);
        found.ok_or_else(|| UnknownRevision(text.to_owned()))
    }
}

/// A span of revisions, both ends included, such as `>=2025-03-26 <2026-07-28`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RevisionRange {
    first: Revision,
    last: Revision,
}

impl RevisionRange {
    /// Every revision.
    pub const ALL: Self = Self { first: Revision::ALL[0], last: Revision::NEWEST };

    /// Whether `revision` lies in the span.
    pub fn contains(self, revision: Revision) -> bool {
        self.first <= revision && revision <= self.last
    }

    /// The revisions of the span, oldest first.
    pub fn iter(self) -> impl Iterator<Item = Revision> {
        Revision::ALL.into_iter().filter(move |revision| self.contains(*revision))
    }

    /// What lies in both spans; `None` when that is nothing.
    pub fn and(self, other: Self) -> Option<Self> {
        let (first, last) = (self.first.max(other.first), self.last.min(other.last));
        (first <= last).then_some(Self { first, last })
    }

    fn narrow(&mut self, bound: &str) -> Result<(), UnknownRevision> {
        let (relation, date) = bound.split_at(bound.find(|c: char| c.is_ascii_digit()).unwrap_or(0));
        let named: Revision = date.parse()?;
        let keep: fn(Revision, Revision) -> bool = match relation {
            ">=" => |revision, named| revision >= named,
            ">" => |revision, named| revision > named,
            "<=" => |revision, named| revision <= named,
            "<" => |revision, named| revision < named,
            "" | "=" => |revision, named| revision == named,
            _ => return Err(UnknownRevision(bound.to_owned())),
        };
        let kept: Vec<Revision> = self.iter().filter(|revision| keep(*revision, named)).collect();
        let (Some(first), Some(last)) = (kept.first(), kept.last()) else {
            return Err(UnknownRevision(bound.to_owned()));
        };
        (self.first, self.last) = (*first, *last);
        Ok(())
    }
}

impl FromStr for RevisionRange {
    type Err = UnknownRevision;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut range = Self::ALL;
        text.split_whitespace().try_for_each(|bound| range.narrow(bound))?;
        Ok(range)
    }
}

impl TryFrom<String> for RevisionRange {
    type Error = UnknownRevision;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl fmt::Display for RevisionRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.first, self.last) {
            (first, last) if first == last => write!(f, "={first}"),
            (first, Revision::NEWEST) => write!(f, ">={first}"),
            (first, last) => write!(f, ">={first} <={last}"),
        }
    }
}

impl From<RevisionRange> for String {
    fn from(range: RevisionRange) -> Self {
        range.to_string()
    }
}

impl JsonSchema for RevisionRange {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "RevisionRange".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "Revisions, as bounds separated by blanks: `>=2025-03-26 <2026-07-28`, `=2025-03-26`",
            "examples": [">=2025-03-26", "<2026-07-28"],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_narrow_the_span() {
        let range: RevisionRange = ">=2025-03-26 <2026-07-28".parse().unwrap();
        assert_eq!(range.to_string(), ">=2025-03-26 <=2025-11-25");
        assert!(range.contains(Revision::V2025_06_18));
        assert!(!range.contains(Revision::V2024_11_05) && !range.contains(Revision::V2026_07_28));
    }

    #[test]
    fn a_span_reads_back_as_written() {
        for text in [">=2024-11-05", "=2025-03-26", ">=2025-03-26 <=2025-06-18"] {
            assert_eq!(text.parse::<RevisionRange>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_names_no_revision_is_refused() {
        for text in [">=2025", "newest", "~2025-03-26", "<2024-11-05", "é2025-03-26"] {
            assert!(text.parse::<RevisionRange>().is_err(), "{text}");
        }
    }
}
