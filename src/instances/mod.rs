//! Values that a schema accepts, and values that it refuses for one reason: arguments for tools, content for forms.
//!
//! Whatever leaves the room has been judged by a validator. The schemas are strangers': nothing is fetched, and time and
//! memory have bounds that no schema can move. Where no value is found within them, there is none.

mod admit;
mod array;
mod breaker;
mod builder;
mod demand;
mod deny;
mod dice;
mod ecma;
mod effort;
mod facts;
mod flatten;
mod format;
mod given;
mod kinds;
mod maker;
mod names;
mod number;
mod object;
mod pattern;
mod reference;
mod ruin;
mod string;
#[cfg(test)]
mod table;

pub use breaker::Break;
pub use maker::{Maker, smallest};
