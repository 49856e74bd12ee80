//! Colours, as plain ANSI written by us, and only where the reader wants them.
//!
//! Whatever is painted is made harmless first, so that text of a server reaches a page in no other way.

use crate::model::{Direction, Verdict};

use super::escape;

/// What a piece of text is, from which follows how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Text to read.
    Plain,
    /// Text to find one's way by.
    Dim,
    /// A name.
    Bold,
    /// All is well.
    Good,
    /// A warning.
    Warn,
    /// A failure.
    Bad,
    /// Our own fault.
    Ours,
    /// What we said to the server.
    Sent,
}

impl Tone {
    const fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Dim => "2",
            Self::Bold => "1",
            Self::Good => "1;32",
            Self::Warn => "1;33",
            Self::Bad => "1;31",
            Self::Ours => "1;35",
            Self::Sent => "36",
        }
    }
}

impl From<Verdict> for Tone {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Pass => Self::Good,
            Verdict::Fail => Self::Bad,
            Verdict::Warn => Self::Warn,
            Verdict::Skip => Self::Dim,
            Verdict::Error => Self::Ours,
        }
    }
}

impl From<Direction> for Tone {
    fn from(direction: Direction) -> Self {
        match direction {
            Direction::Sent => Self::Sent,
            Direction::Received => Self::Plain,
            Direction::Stderr | Direction::Event => Self::Dim,
        }
    }
}

/// Paints, or leaves it.
#[derive(Clone, Copy, Debug)]
pub struct Ink {
    /// Whether colours are wanted.
    pub color: bool,
}

impl Ink {
    /// `text`, harmless, in its colour.
    pub fn paint(self, tone: Tone, text: &str) -> String {
        let text = escape::visible(text);
        if !self.color || tone == Tone::Plain || text.is_empty() {
            return text.into_owned();
        }
        format!("\u{1b}[{}m{text}\u{1b}[0m", tone.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_only_when_wanted_and_never_theirs() {
        assert_eq!(Ink { color: true }.paint(Tone::Bad, "\u{1b}[0m"), "\u{1b}[1;31m\\u{1b}[0m\u{1b}[0m");
        assert_eq!(Ink { color: false }.paint(Tone::Bad, "x\u{7}"), "x\\u{7}");
    }
}
