//! Bugs that only odd input meets, apart from the honest server: they stand in front of it and hear each line first.
//!
//! A fault breaks a rule for everybody; a bug waits for its trigger, as those of real servers do. One file for those
//! of a kind. They live on pipes only.

mod act;
mod arrival;
mod bug;
mod bytes;
mod corruption;
mod doors;
mod envelope;
mod hangs;
mod items;
mod kind;
mod ladders;
mod leakage;
mod leaks;
mod memory;
mod order;
mod raw;
mod state;
mod steps;
mod tools;
mod values;
mod violation;

pub use bug::{Bug, UnknownBug};
pub use doors::Bugs;
pub use kind::{Depth, Kind};
