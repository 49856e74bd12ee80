//! The words in which messages are described: types, members, and the revisions that know them.
//!
//! A description is a `static` that refers to others, so that the compiler finds a name that is wrong. It says nothing
//! of how it is checked: `document` turns it into a JSON Schema.

mod build;
mod method;
mod span;
mod types;

pub use build::{
    anything, boolean, code, constant, count, either, having, integer, list, map, may, must, null, number, object,
    one_or_many, part, switch, text, union, whole, word, words,
};
pub use method::{Kind, Method, Side, notification, request};
pub use span::{Span, V2025_03_26, V2025_06_18, V2025_11_25, V2026_07_28};
pub use types::{Case, Entries, Member, Object, Shape, Tag, Type};
