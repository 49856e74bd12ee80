//! Fuzzing: sends what no host would send, and listens for what no server may do.

pub mod case;
pub mod dictionary;
pub mod frame;
pub mod ground;
mod judge;
mod lane;
mod leakage;
mod mask;
mod offence;
mod pipe;
mod scan;
mod silence;
pub mod strategy;
