//! Schemas that a stranger wrote: judged, compiled, and made use of. Nothing is fetched, and none is trusted to be
//! small, shallow or finite.

mod compile;
mod instance;

pub use compile::{Broken, compile};
pub use instance::instance;
