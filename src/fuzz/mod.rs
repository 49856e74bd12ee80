//! Fuzzing: sends what no host would send, and listens for what no server may do.

pub mod case;
pub mod dictionary;
pub mod frame;
pub mod ground;
pub mod strategy;
