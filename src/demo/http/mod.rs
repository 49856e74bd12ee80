//! The server behind HTTP: Streamable HTTP in all its revisions, and HTTP+SSE of 2024-11-05.
//!
//! Reads and writes the bytes by itself. Shares nothing with the tester, and leaves the meaning of messages to the
//! rest of the demo.

mod accept;
mod endpoint;
mod events;
mod get;
mod headers;
mod host;
mod id;
mod inlet;
mod listeners;
mod metadata;
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

pub use host::Host;
pub use listeners::Listeners;
pub use parcel::Parcel;
pub use stream::Writer;
