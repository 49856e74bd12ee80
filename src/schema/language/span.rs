//! When something exists: since one revision, until another.

use crate::model::Revision;

/// The first revision.
pub const V2024_11_05: &str = Revision::V2024_11_05.as_str();
/// Batches, sound, annotations of tools.
pub const V2025_03_26: &str = Revision::V2025_03_26.as_str();
/// Structured output, titles, elicitation.
pub const V2025_06_18: &str = Revision::V2025_06_18.as_str();
/// Tasks, icons, sampling with tools.
pub const V2025_11_25: &str = Revision::V2025_11_25.as_str();
/// No handshake, metadata on each request.
pub const V2026_07_28: &str = Revision::V2026_07_28.as_str();

/// A span of revisions, by their dates: those that are written down, and any that is yet to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    since: &'static str,
    until: Option<&'static str>,
}

impl Span {
    /// Every revision.
    pub const ALWAYS: Self = Self { since: V2024_11_05, until: None };

    /// From this revision on.
    pub const fn since(self, date: &'static str) -> Self {
        Self { since: date, ..self }
    }

    /// Before this revision.
    pub const fn until(self, date: &'static str) -> Self {
        Self { until: Some(date), ..self }
    }

    /// The date of the first revision in it.
    pub const fn beginning(self) -> &'static str {
        self.since
    }

    /// Whether the revision of this date lies in it.
    pub fn holds(self, date: &str) -> bool {
        self.since <= date && self.until.is_none_or(|until| date < until)
    }
}

/// Lets types with a `span` say since when and until when they are there.
macro_rules! dated {
    ($($dated:ident),*) => { $(
        impl $dated {
            /// From this revision on.
            #[must_use]
            pub const fn since(self, date: &'static str) -> Self {
                Self { span: self.span.since(date), ..self }
            }

            /// Before this revision.
            #[must_use]
            pub const fn until(self, date: &'static str) -> Self {
                Self { span: self.span.until(date), ..self }
            }
        }
    )* };
}

pub(super) use dated;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_not_included() {
        let span = Span::ALWAYS.since(V2025_03_26).until(V2025_11_25);
        let held: Vec<_> = Revision::ALL.map(Revision::as_str).into_iter().filter(|date| span.holds(date)).collect();
        assert_eq!(held, [V2025_03_26, V2025_06_18]);
        assert!(Span::ALWAYS.holds("2031-01-01") && !span.holds("2031-01-01"));
    }
}
