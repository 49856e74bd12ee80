//! `mcp-litmus` tells the author of an MCP server whether any host can rely on it, and what breaks.
//!
//! The map of the house; `ARCHITECTURE.md` says who may enter which room. Values flow one way: a transport hands
//! up chunks, wire hands up lines and messages, a session hands up answers, a run emits events, a report renders
//! them.

pub mod checks;
pub mod cli;
pub mod config;
pub mod demo;
pub mod fuzz;
pub mod instances;
pub mod model;
pub mod report;
pub mod run;
pub mod sandbox;
pub mod schema;
pub mod session;
pub mod suite;
pub mod transport;
pub mod wire;
