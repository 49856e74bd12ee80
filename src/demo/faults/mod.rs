//! What the faults do, apart from the honest server: they stand at its doors and change what passes.
//!
//! One file a group. A fault of a group can act on what arrives (`incoming`), on what leaves (`outgoing`), or both.

mod calls;
mod capabilities;
mod doors;
mod envelope;
mod errors;
mod framing;
mod http;
mod lifecycle;
mod lists;
mod memory;
mod modern;
mod process;
mod progress;
mod tools;

pub use doors::{Faults, Verdict};
pub use http::{Deviations, Told, Twist};
