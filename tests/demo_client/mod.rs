//! What the tests of the demo server share. No test uses all of it.
#![allow(dead_code, unused_imports)]

mod client;
mod tour;

pub use client::Client;
pub use tour::tour;
