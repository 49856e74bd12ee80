//! What a person in a hurry reads: what happens while it happens, then a summary with the failures last.

mod cases;
mod live;
mod skipped;
mod summary;
mod unreachable;
mod verdict;

pub use live::{CLEAR_LINE, header, live, progress};
pub use summary::{render, summary};
pub(super) use unreachable::unreachable;
pub(super) use verdict::word_of;
