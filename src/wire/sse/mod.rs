//! The event stream of the HTML standard as bytes: read as strictly as a browser reads it, with a name for everything
//! that a client drops or ignores. Knows no HTTP, and no MCP.

mod decoder;
mod defect;
mod event;
#[cfg(test)]
mod properties;

pub use decoder::SseDecoder;
pub use defect::SseDefect;
pub use event::SseEvent;
