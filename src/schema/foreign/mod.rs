//! JSON Schemas that a stranger wrote: compiled, made use of, and judged. Never with any network: a `$ref` that leaves the document is not followed.

mod compile;
mod embedded;
mod instance;

pub use compile::{Broken, compile};
pub use embedded::{Flaw, embedded};
pub use instance::instance;
