//! The messages of MCP, described once for all revisions. One file for each page of the specification; what several
//! pages share stands in `base`.

mod base;
mod capabilities;
mod catalogue;
mod completion;
mod content;
mod elicitation;
mod envelope;
mod forms;
mod input;
mod lifecycle;
mod lists;
mod notifications;
mod prompts;
mod resources;
mod roots;
mod sampling;
mod subscriptions;
mod tasks;
mod tools;

pub use catalogue::METHODS;
pub use envelope::{ENVELOPES, ERROR_RESPONSE};
