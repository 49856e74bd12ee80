//! The strategies: each makes cases that break one kind of assumption. One file each, with a paragraph on what it breaks.

mod framing;
pub mod guard;
mod schedule;

pub use schedule::{Schedule, UnknownStrategy};

use fastrand::Rng;

use super::{case::Case, dictionary::Dictionary, ground::Ground};

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
pub const STRATEGIES: &[Strategy] = &[Strategy {
    name: "framing",
    breaks: "where a line ends, and which bytes stand on it",
    over_http: false,
    weight: 2,
    make: framing::make,
}];

/// A strategy by its name.
pub fn find(name: &str) -> Option<&'static Strategy> {
    STRATEGIES.iter().find(|strategy| strategy.name == name)
}
