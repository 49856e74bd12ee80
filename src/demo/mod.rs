//! The built-in reference server: correct in every revision, wrong on demand.
//!
//! Written apart from the tester: it shares no code with wire, schema or session, so that no mistake can hide by
//! being made on both sides. It knows its own JSON-RPC, and nothing of checks.

mod batch;
mod bugs;
mod caller;
mod calls;
mod client;
mod dress;
mod failure;
mod fault;
mod faults;
mod group;
mod http;
mod identity;
mod intake;
mod legacy;
mod level;
mod lines;
mod listen;
mod naming;
mod offers;
mod options;
mod outbox;
mod page;
mod route;
mod rpc;
mod serve;
mod server;
mod tools;

pub use bugs::{Bug, Depth, Kind as BugKind, UnknownBug};
pub use fault::Fault;
pub use group::{Group, Transport};
pub use http::Host;
pub use naming::UnknownFault;
pub use options::{HttpReply, HttpRequest, Options, Reply, Script};
pub use serve::serve;
