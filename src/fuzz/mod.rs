//! Fuzzing: sends what no host would send, and listens for what no server may do.

mod campaign;
pub mod case;
mod control;
mod corpus;
mod detective;
pub mod dictionary;
mod door;
pub mod frame;
pub mod ground;
mod judge;
mod lane;
mod leakage;
mod ledger;
mod mask;
mod memory;
mod offence;
mod pipe;
mod place;
mod plan;
mod reproducer;
mod scan;
mod shrink;
mod silence;
mod source;
mod store;
pub mod strategy;
mod survey;
mod trial;
mod watchman;
mod web;
mod worker;
mod yaml;

pub use campaign::Hunt;
pub use door::{Door, Verdict};
pub use plan::{Order, Until};
pub use strategy::STRATEGIES;
