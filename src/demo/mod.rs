//! The built-in reference server: correct in every revision, wrong on demand.
//!
//! Written apart from the tester: it shares no code with wire, schema or session, so that no mistake can hide by
//! being made on both sides. It knows its own JSON-RPC, and nothing of checks.

mod fault;
mod faults;
mod options;
mod serve;

pub use fault::{Fault, Group, UnknownFault};
pub use options::{Options, Reply, Script};
pub use serve::serve;
