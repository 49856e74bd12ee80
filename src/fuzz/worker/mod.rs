//! Whoever plays: one process after the other, flight after flight.

mod blame;
mod flights;
mod learn;
mod turns;

pub use flights::{Stop, Worker};
