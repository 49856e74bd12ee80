//! What a check is: its name, its level, where it comes from, when it applies.

use std::{fmt, sync::Arc};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Revision, RevisionRange, Severity};

/// The name of a check, `suite/heading`: stable, never a number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct CheckId(pub Arc<str>);

impl CheckId {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CheckId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl From<&str> for CheckId {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

/// The keyword of the sentence that a check rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Level {
    /// Binding.
    #[serde(rename = "MUST")]
    Must,
    /// Binding, as a prohibition.
    #[serde(rename = "MUST NOT")]
    MustNot,
    /// Recommended.
    #[serde(rename = "SHOULD")]
    Should,
    /// Recommended, as a prohibition.
    #[serde(rename = "SHOULD NOT")]
    ShouldNot,
    /// No sentence of the specification: it just will not work everywhere.
    #[serde(rename = "ADVICE")]
    Advice,
}

impl Level {
    /// The keyword.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Must => "MUST",
            Self::MustNot => "MUST NOT",
            Self::Should => "SHOULD",
            Self::ShouldNot => "SHOULD NOT",
            Self::Advice => "ADVICE",
        }
    }

    /// How bad breaking the sentence is. A check never reports more than this.
    pub const fn severity(self) -> Severity {
        match self {
            Self::Must | Self::MustNot => Severity::Fail,
            Self::Should | Self::ShouldNot | Self::Advice => Severity::Warn,
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Where in which file a check is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// The path of the suite, as the user would open it.
    pub file: Arc<str>,
    /// The line of the heading, from 1.
    pub line: u32,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// What a catalogue says of a check, without its script.
#[derive(Clone, Debug, Serialize)]
pub struct CheckInfo {
    /// Its name.
    pub id: CheckId,
    /// One line, from the heading.
    pub title: Arc<str>,
    /// The keyword.
    pub level: Level,
    /// Why it matters, as Markdown, from the text below the heading.
    pub about: Arc<str>,
    /// The page of the specification, with its anchor, below the revision: `server/tools#error-handling`.
    pub spec: Option<Arc<str>>,
    /// The revisions it applies to.
    pub revisions: RevisionRange,
    /// The transports it applies to; empty for every one.
    pub transports: Vec<String>,
    /// Capabilities that the server must declare, as paths: `tools`, `resources.subscribe`.
    pub needs: Vec<String>,
    /// Requirements that it decides, `modern:area/name` or `legacy:area/name`.
    pub proves: Vec<String>,
    /// Names it had before.
    pub formerly: Vec<CheckId>,
    /// Where it is written.
    pub source: Source,
}

impl CheckInfo {
    /// Whether it applies to servers over HTTP only.
    pub fn is_for_http(&self) -> bool {
        !self.transports.is_empty() && self.transports.iter().all(|transport| transport != "stdio")
    }

    /// The address of the sentence, for one revision. Pages move; the schema had none before 2025-06-18.
    pub fn spec_url(&self, revision: Revision) -> Option<String> {
        let page = self.spec.as_deref()?;
        let tail = |name: &str| page.strip_prefix(name).filter(|tail| tail.is_empty() || tail.starts_with('#'));
        if revision < Revision::V2025_06_18 && tail("schema").is_some() {
            return Some(format!("{REPOSITORY}/blob/main/schema/{revision}/schema.ts"));
        }
        let moved = MOVED.iter().filter(|_| revision >= Revision::V2026_07_28);
        let moved = moved.into_iter().find_map(|(old, new)| Some(format!("{new}{}", tail(old)?)));
        let page = moved.as_deref().unwrap_or(page);
        Some(format!("https://modelcontextprotocol.io/specification/{revision}/{page}"))
    }
}

/// Where the specification is written.
const REPOSITORY: &str = "https://github.com/modelcontextprotocol/modelcontextprotocol";

/// Pages that have another name from 2026-07-28 on.
const MOVED: [(&str, &str); 12] = [
    (
        "basic/authorization#authorization-server-location",
        "basic/authorization/authorization-server-discovery#authorization-server-location",
    ),
    (
        "basic/authorization#authorization-server-metadata-discovery",
        "basic/authorization/authorization-server-discovery#authorization-server-metadata-discovery",
    ),
    (
        "basic/authorization#access-token-privilege-restriction",
        "basic/authorization/security-considerations#access-token-privilege-restriction",
    ),
    (
        "basic/authorization#communication-security",
        "basic/authorization/security-considerations#communication-security",
    ),
    ("basic/authorization#token-theft", "basic/authorization/security-considerations#token-theft"),
    ("basic/transports#security-warning", "basic/transports/streamable-http#security-%26-endpoint"),
    ("basic/transports#streamable-http", "basic/transports/streamable-http"),
    ("basic/transports#sending-messages-to-the-server", "basic/transports/streamable-http#sending-messages"),
    ("basic/transports#listening-for-messages-from-the-server", "basic/transports/streamable-http#receiving-messages"),
    ("basic/transports#protocol-version-header", "basic/transports/streamable-http#protocol-version-header"),
    ("basic/utilities/cancellation", "basic/patterns/cancellation"),
    ("basic/utilities/progress", "basic/patterns/progress"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn url(page: &str, revision: Revision) -> String {
        let info = CheckInfo {
            id: CheckId("a/b".into()),
            title: "".into(),
            level: Level::Must,
            about: "".into(),
            spec: Some(page.into()),
            revisions: RevisionRange::ALL,
            transports: Vec::new(),
            needs: Vec::new(),
            proves: Vec::new(),
            formerly: Vec::new(),
            source: Source { file: "".into(), line: 1 },
        };
        info.spec_url(revision).unwrap()
    }

    #[test]
    fn pages_that_moved_are_found_where_they_are() {
        let progress = "basic/utilities/progress#behavior-requirements";
        assert!(
            url(progress, Revision::V2026_07_28).ends_with("/2026-07-28/basic/patterns/progress#behavior-requirements")
        );
        assert!(
            url(progress, Revision::V2025_11_25)
                .ends_with("/2025-11-25/basic/utilities/progress#behavior-requirements")
        );
        assert!(url("schema#tool", Revision::V2025_03_26).ends_with("/schema/2025-03-26/schema.ts"));
        assert!(url("schema#tool", Revision::V2025_06_18).ends_with("/2025-06-18/schema#tool"));
    }
}
