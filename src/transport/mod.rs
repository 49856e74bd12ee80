//! The only room that touches a server: starts it, carries bytes, ends it and leaves nothing behind.
//!
//! Knows bytes and processes. What the bytes mean is for wire to read and for a session to use.

mod connection;
mod failure;
pub mod http;
mod input;
mod last_lines;
mod listening;
mod live;
pub mod memory;
#[cfg(not(unix))]
#[path = "other.rs"]
mod os;
#[cfg(unix)]
#[path = "unix.rs"]
mod os;
mod output;
mod peer;
mod port;
mod process;
#[cfg(target_os = "linux")]
mod procfs;
mod served;
mod shutdown;
#[cfg(target_os = "linux")]
mod sockets;
pub mod stdio;

pub use connection::{Chunk, Connection, Event, Exited, Way};
pub use failure::LaunchFailure;
pub use input::{Input, NotWritten};
pub use listening::Listening;
pub use live::kill_all;
pub use peer::Peer;
pub use port::with_free_port;
pub use served::{Served, serve};
pub use shutdown::{Ladder, Leftover, Rung, Shutdown};
