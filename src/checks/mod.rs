//! The catalogue: every chapter that is built in, what the user brings, and the checks that are written in Rust.
//!
//! What a check found is put together here, too; when and on which process it runs is not this room's business.

mod builtin;
pub mod code;
mod judgement;
mod registry;
mod ruling;

pub use builtin::{CHAPTERS, Chapter};
pub use judgement::Judgement;
pub use registry::{LoadError, Registry};
pub use ruling::{Ruling, brief, brief_text, rule};
