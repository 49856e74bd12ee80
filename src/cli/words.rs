//! The words of a configuration as words of the command line.

use clap::{ValueEnum, builder::PossibleValue};

use crate::{
    config::{Call, Revisions, Transport},
    run::{CallPolicy, Wanted},
};

impl ValueEnum for Transport {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let about = match self {
            Self::Auto => "As the target says; a URL is asked which way it speaks",
            Self::Stdio => "The standard streams of a command",
            Self::Http => "Streamable HTTP",
            Self::Sse => "HTTP+SSE of 2024-11-05",
        };
        Some(PossibleValue::new(self.name()).help(about))
    }
}

impl ValueEnum for Call {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let about = match self {
            Self::None => "None",
            Self::ReadOnly => "Those that say that they only read",
            Self::All => "All of them",
        };
        Some(PossibleValue::new(self.name()).help(about))
    }
}

impl From<Call> for CallPolicy {
    fn from(call: Call) -> Self {
        match call {
            Call::None => Self::None,
            Call::ReadOnly => Self::ReadOnly,
            Call::All => Self::All,
        }
    }
}

impl From<Revisions> for Wanted {
    fn from(revisions: Revisions) -> Self {
        match revisions {
            Revisions::Newest => Self::Newest,
            Revisions::All => Self::All,
            Revisions::One(revision) => Self::One(revision),
        }
    }
}
