//! The tools: what they are, and what they do.

mod ask;
mod call;
mod definition;
mod plain;
mod table;
mod work;

pub use call::{Call, Said, Stop};
pub use definition::{Run, described};
pub use table::{extra, find, listed, sample_arguments};
