//! Servers behind an address that do their worst. Whatever they do, the program ends in time, says what happened and
//! what helps, keeps its memory, sends nothing to any other host, and leaves no process behind.
#![cfg(target_os = "linux")]

#[path = "hostile/harness.rs"]
#[allow(dead_code, reason = "each test takes what it needs")]
mod harness;
#[path = "hostile_http/server.rs"]
mod server;
#[path = "hostile_http/stage.rs"]
mod stage;

#[path = "hostile_http/amounts.rs"]
mod amounts;
#[path = "hostile_http/elsewhere.rs"]
mod elsewhere;
#[path = "hostile_http/framing.rs"]
mod framing;
#[path = "hostile_http/late.rs"]
mod late;
#[path = "hostile_http/launched.rs"]
mod launched;
#[path = "hostile_http/midway.rs"]
mod midway;
#[path = "hostile_http/refusals.rs"]
mod refusals;
#[path = "hostile_http/secure.rs"]
mod secure;
