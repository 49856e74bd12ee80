//! The server behind HTTP: Streamable HTTP in all its revisions, and HTTP+SSE of 2024-11-05.
//!
//! Reads and writes the bytes by itself. Shares nothing with the tester, and leaves the meaning of messages to the
//! rest of the demo.

mod accept;
mod auth;
mod endpoint;
mod events;
mod get;
mod headers;
mod host;
mod id;
mod inlet;
mod listeners;
mod metadata;
mod old;
mod outlet;
mod parcel;
mod post;
mod refusal;
mod reply;
mod request;
mod sentinel;
mod session;
mod stream;
mod visitor;

pub use auth::{RESOURCE, bearer};
pub use endpoint::ENDPOINT;
pub use events::{Event, Guard};
pub use get::{SESSION, VERSION};
pub use host::Host;
pub use listeners::Listeners;
pub use metadata::{METHOD, NAME, PARAM, repeated, source};
pub use parcel::Parcel;
pub use reply::{Body, Framing, Reply};
pub use request::Request;
pub use stream::{Stream, Writer};

/// Values of headers between marks.
pub mod marks {
    pub use super::sentinel::{BEFORE, decode, encode};
}
