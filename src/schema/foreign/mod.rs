//! Schemas that a stranger wrote: judged, compiled, and made use of. Nothing is fetched, and none is trusted to be
//! small, shallow or finite.

mod address;
mod bounds;
mod compile;
mod dialect;
mod embedded;
#[cfg(test)]
mod examples;
mod flaw;
mod keywords;
mod pattern;
mod resolve;
mod scalar;

pub(super) use bounds::within;
pub use compile::{Broken, compile};
pub use embedded::embedded;
pub use flaw::Flaw;
pub use resolve::unescaped as fragment;
