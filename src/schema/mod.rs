//! JSON Schemas: what a server publishes is compiled and made use of here. Pure, and without any network: a `$ref`
//! that leaves the document is never followed.

mod compile;
mod instance;

pub use compile::{Broken, compile};
pub use instance::instance;
