//! JSON Schemas: what a server publishes is compiled and made use of here; and the texts that the specification
//! constrains in prose are judged. Pure, and without any network: a `$ref` that leaves the document is never followed.

mod foreign;
pub mod formats;

pub use foreign::{Broken, Flaw, compile, embedded, instance};
