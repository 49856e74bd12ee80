//! Changes of a value at one place that should break one keyword: one file for each kind of value. Whether they do, and
//! nothing else, is seen by who judges them.

mod choice;
mod each;
mod kind;
mod list;
mod number;
mod object;
mod text;

pub(super) use each::{Ruin, ruins};
