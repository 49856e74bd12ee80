//! Servers that are about to be treated badly are started here so that they can do no harm: with a home, a temporary
//! folder and a working folder that vanish, with limits, without the right to write elsewhere, without a network.
//!
//! Knows what a launch is and makes another one of it, which goes through this program (`Order`) and becomes the server
//! there. Starts no server, and reads none.

mod caches;
mod confinement;
mod folder;
mod homes;
mod level;
#[cfg(unix)]
mod limits;
mod lookup;
#[cfg(target_os = "linux")]
mod network;
mod order;
mod plan;
mod probe;
mod processes;
mod runner;
mod surroundings;
mod words;
mod wrapper;
#[cfg(target_os = "linux")]
mod writes;

#[cfg(not(unix))]
#[path = "elsewhere.rs"]
mod confine;
#[cfg(unix)]
mod confine;

pub use confine::confine;
pub use confinement::Confinement;
pub use level::{Door, SandboxLevel};
pub use order::{Network, Order, SUBCOMMAND};
pub use wrapper::{Sandbox, SandboxError};
