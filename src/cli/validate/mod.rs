//! `validate`: recorded messages, judged without a server. Files are read line by line, within bounds; what is said in
//! them is hostile, as everything of a server is.

mod command;
mod document;
mod flaws;
mod hearings;
mod page;
mod source;
mod tally;
mod units;

pub use command::Validate;
pub use document::schema;
