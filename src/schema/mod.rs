//! Every message of every revision, described once (`language`, `messages`), turned into validators, and judged in words
//! for a person; and JSON Schemas that strangers wrote (`foreign`). Pure, and without any network.

mod document;
mod edition;
mod foreign;
mod formats;
mod judge;
mod language;
mod messages;
mod problem;
mod transcript;
mod validators;
mod words;

pub use edition::{Edition, Subject};
pub use foreign::{Broken, compile, instance};
pub use judge::{Judged, judge};
pub use language::Side;
pub use problem::Problem;
pub use transcript::{Heard, Hearing, Spoken, What, spoken};
pub use validators::Validators;
