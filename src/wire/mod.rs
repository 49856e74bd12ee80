//! Bytes to messages and back. Total: every byte gives a value and a list of defects, never an error or a panic.
//!
//! Reads leniently, so that a conversation goes on; names what it forgave, so that a check can judge it. Knows
//! nothing of servers, processes or time.

pub mod defect;
pub mod http;
mod join;
pub mod json;
pub mod line;
mod lsp;
pub mod message;
#[cfg(test)]
mod properties;
mod reading;
mod salvage;
pub mod sse;
pub mod transcript;

pub use defect::Defect;
pub use line::{Line, LineDecoder};
pub use message::{Kind, Message, classify, encode};
pub use reading::read_body;
pub use transcript::{Mark, Transcript};
