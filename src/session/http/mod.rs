//! A conversation over HTTP: which headers a message travels with, which exchange carries which answer, the streams
//! that stay open, and the session that a server may keep.

mod asked;
mod body;
mod exchange;
mod facts;
mod headers;
mod link;
mod probe;
mod refusal;
mod send;
mod streams;

pub(super) use asked::Asked;
pub(super) use link::{Came, Link};
pub use probe::{Content, Probe, Until};
