//! What else is offered: resources, prompts, and completions for both.

pub mod completion;
pub mod prompts;
pub mod resources;
