//! What only HTTP can show: requests that are let in, answers that leave changed, streams that go wrong.
//!
//! A fault makes a bad request look good to the honest server (`request`), or spoils its answer (`reply`) or the
//! events of a stream (`twist`). A few need the server's own hands: they are questions that it asks here.

mod auth;
mod bytes;
mod deviations;
mod door;
mod memory;
mod mirror;
mod modern;
mod passage;
mod plain;
mod sessions;
mod streams;
mod twist;

pub use deviations::Deviations;
pub use twist::{Told, Twist};
