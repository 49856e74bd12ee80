//! The names of what can be wrong with bytes. Facts only: whether one is forbidden is for a check to say.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Says each defect once; the enum, its names and its explanations follow.
macro_rules! defects {
    ($($variant:ident $name:literal $explanation:literal)*) => {
        /// One thing that is wrong with bytes that were read all the same.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Defect {
            $(#[doc = $explanation] #[serde(rename = $name)] $variant,)*
        }

        impl Defect {
            /// Every defect, in the order of this file.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name that suites and reports use.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What it means, in one line.
            pub const fn explain(self) -> &'static str {
                match self { $(Self::$variant => $explanation,)* }
            }
        }
    };
}

defects! {
    InvalidUtf8 "invalid-utf8" "bytes that are not UTF-8; each was read as U+FFFD"
    Bom "bom" "a byte order mark in front of the line"
    Nul "nul" "a NUL byte; it was left out"
    Crlf "crlf" "the line ends in CR LF instead of LF"
    BlankLine "blank-line" "a line without anything on it"
    SurroundingSpace "surrounding-space" "white space before or after the message"
    SeveralMessages "several-messages" "more than one message on the line"
    TrailingText "trailing-text" "something that is no message behind one on the same line"
    MissingNewline "missing-newline" "the stream ended in the middle of a line"
    EmbeddedNewline "embedded-newline" "one message over several lines"
    LineTooLong "line-too-long" "the line is longer than the limit; what is beyond it was not read"
    ContentLengthHeader "content-length-header" "the framing of the Language Server Protocol instead of lines"
    NotJson "not-json" "the line is not JSON"
    NotAMessage "not-a-message" "the line is JSON, but no JSON-RPC message"
    NestingTooDeep "nesting-too-deep" "nested deeper than parsers accept; what is deeper was read as null"
    TooManyValues "too-many-values" "more values than are held; the line was read as text"
    DuplicateKey "duplicate-key" "an object has a key twice; the last one was taken"
    ImpreciseNumber "imprecise-number" "a number that a double cannot hold exactly"
    NotFinite "not-finite" "NaN or Infinity, which JSON does not have; read as null"
    LoneSurrogate "lone-surrogate" "half of a surrogate pair in a string; read as U+FFFD"
    ControlCharacter "control-character" "a control character in a string that is not escaped"
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Says each fact about a framing once: its variant, its name in a suite, and what it says in a sentence.
macro_rules! facts {
    ($(#[doc = $about:literal])* $type:ident $($(#[doc = $doc:literal])* $variant:ident $name:literal $said:literal;)*) => {
        $(#[doc = $about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type {
            $($(#[doc = $doc])* $variant,)*
        }

        impl $type {
            /// Every one, in the order of this file.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its name in a suite.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }

        /// What it says in a sentence.
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(match self { $(Self::$variant => $said,)* })
            }
        }
    };
}
pub(super) use facts;

/// Note a defect once.
pub(super) fn note<T: PartialEq>(defects: &mut Vec<T>, defect: T) {
    if !defects.contains(&defect) {
        defects.push(defect);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique_kebab_case_and_what_serde_writes() {
        let names: BTreeSet<_> = Defect::ALL.iter().map(|defect| defect.name()).collect();
        assert_eq!(names.len(), Defect::ALL.len());
        for defect in Defect::ALL {
            let name = defect.name();
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{name}");
            assert_eq!(serde_json::to_value(defect).ok(), Some(serde_json::json!(name)));
            assert!(!defect.explain().ends_with('.') && !defect.explain().contains('\n'), "{name}");
        }
    }
    #[test]
    fn answers_and_events_share_a_list_of_defects() {
        use crate::wire::{http::HttpDefect, sse::SseDefect};

        let answers = HttpDefect::ALL.iter().map(|defect| (defect.as_str(), defect.to_string()));
        let events = SseDefect::ALL.iter().map(|defect| (defect.as_str(), defect.to_string()));
        let all: Vec<_> = answers.chain(events).collect();
        let names: BTreeSet<_> = all.iter().map(|(name, _)| *name).collect();
        assert_eq!(names.len(), all.len());
        for (name, said) in &all {
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c.is_ascii_digit()), "{name}");
            assert!(!said.ends_with('.') && said.contains(' '), "{name}");
        }
    }
}
