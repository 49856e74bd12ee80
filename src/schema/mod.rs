//! Every message of every revision, described once (`language`, `messages`), turned into validators, and judged in words
//! for a person; texts that are constrained in prose (`formats`), and JSON Schemas that strangers wrote (`foreign`). Pure, and
//! without any network.

mod document;
mod edition;
mod explain;
mod foreign;
pub mod formats;
#[cfg(test)]
mod inventory;
mod judge;
mod language;
mod messages;
mod pointer;
mod problem;
#[cfg(test)]
mod properties;
mod rules;
#[cfg(test)]
mod tomorrow;
mod transcript;
mod validators;
mod words;

pub use edition::{Edition, Subject};
pub use foreign::{Broken, Flaw, compile, embedded, fragment};
pub use judge::{Judged, judge};
pub use language::Side;
pub use pointer::unescaped;
pub use problem::{Problem, anywhere};
pub use rules::rules;
pub use transcript::{Heard, Hearing, Spoken, What, spoken};
pub use validators::Validators;
