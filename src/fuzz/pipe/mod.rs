//! One process over its pipes: many cases in the air at once, read and written in bulk.

mod death;
mod flight;
mod hear;
mod lane;
mod pace;

pub use lane::Pipe;
