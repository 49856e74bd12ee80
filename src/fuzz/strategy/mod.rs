//! The strategies: each makes cases that break one kind of assumption. One file each, with a paragraph on what it breaks.

mod arguments;
mod asked;
#[cfg(test)]
mod coverage;
mod dirt;
mod echo;
mod edit;
mod envelope;
mod framing;
pub mod guard;
mod havoc;
mod hostile;
mod ids;
mod members;
mod methods;
mod numbers;
mod ordering;
mod pick;
mod protocol;
mod renumber;
mod retype;
pub mod schedule;
mod texts;
mod unasked;
mod usual;
#[cfg(test)]
mod yard;

use fastrand::Rng;

use super::{
    case::{Case, Stage},
    dictionary::Dictionary,
    frame::Then,
    ground::Ground,
};

/// How many bytes a case may have.
const LARGEST: usize = 9 << 20;

/// What a strategy can draw on.
pub struct Palette<'a> {
    /// What is known of the server.
    pub ground: &'a Ground,
    /// Words of the server.
    pub words: &'a Dictionary,
    /// Cases that showed something new, to be varied.
    pub corpus: &'a [Case],
}

/// Makes one case; `None` when there is nothing for it to work on.
pub type Make = fn(&Palette<'_>, &mut Rng) -> Option<Case>;

/// A strategy.
pub struct Strategy {
    /// Its name, as on the command line.
    pub name: &'static str,
    /// What it breaks, in a line.
    pub breaks: &'static str,
    /// Whether it makes sense over HTTP.
    pub over_http: bool,
    /// How often it is chosen, beside the others.
    pub weight: u32,
    /// Makes a case.
    pub make: Make,
}

/// All of them.
pub const STRATEGIES: &[Strategy] = &[
    Strategy {
        name: "framing",
        breaks: "where a line ends, and which bytes stand on it",
        over_http: false,
        weight: 2,
        make: |palette, rng| finished(framing::make(palette, rng), palette),
    },
    Strategy {
        name: "envelope",
        breaks: "the members of a message: ids, methods, nesting, batches, responses that nobody asked for",
        over_http: true,
        weight: 3,
        make: |palette, rng| finished(envelope::make(palette, rng), palette),
    },
    Strategy {
        name: "arguments",
        breaks: "what tools, prompts and resources believe of their arguments",
        over_http: true,
        weight: 8,
        make: |palette, rng| finished(Some(arguments::make(palette, rng)), palette),
    },
    Strategy {
        name: "protocol",
        breaks: "the parameters and metadata of every method",
        over_http: true,
        weight: 4,
        make: |palette, rng| finished(protocol::make(palette, rng), palette),
    },
    Strategy {
        name: "ordering",
        breaks: "what comes first, what comes together, and what comes twice",
        over_http: true,
        weight: 2,
        make: |palette, rng| finished(ordering::make(palette, rng), palette),
    },
    Strategy {
        name: "echo",
        breaks: "what is only believed because the server itself has said it",
        over_http: true,
        weight: 6,
        make: |palette, rng| finished(echo::make(palette, rng), palette),
    },
    Strategy {
        name: "havoc",
        breaks: "whatever has no name",
        over_http: true,
        weight: 3,
        make: |palette, rng| finished(havoc::make(palette, rng), palette),
    },
];

/// A strategy by its name.
pub fn find(name: &str) -> Option<&'static Strategy> {
    STRATEGIES.iter().find(|strategy| strategy.name == name)
}

/// A case that may be played: on a process that bears it, not too large, and without a call that is forbidden.
fn finished(made: Option<Case>, palette: &Palette<'_>) -> Option<Case> {
    let mut case = made.filter(|case| case.size() <= LARGEST)?;
    let closes = case.frames.iter().position(|frame| frame.then == Then::Close);
    if let Some(at) = closes {
        case.frames.truncate(at + 1);
    }
    if case.stage == Stage::Shared {
        match case.frames.last_mut() {
            Some(_) if closes.is_some() => case.stage = Stage::Fresh,
            Some(last) if !last.bytes.ends_with(b"\n") => last.bytes.push(b'\n'),
            _ => {}
        }
    }
    guard::is_allowed(&case, palette.ground).then_some(case)
}
