//! The checks that need more than steps. A chapter names them with `code:`; each is a file and a row here.

use std::pin::Pin;

use super::Judgement;
use crate::{model::Level, session::Session};

mod large_message;
mod structured_text;
mod walk;
mod x_headers;

/// What a check in Rust is given besides the session.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// Its keyword, which says how bad a failure is.
    pub level: Level,
    /// The calls that may be made, each with `tool` and `arguments`.
    pub calls: &'a [serde_json::Value],
}

/// A check in Rust: it is given a session, and judges.
pub type Code =
    for<'a> fn(&'a mut Session, Terms<'a>) -> Pin<Box<dyn Future<Output = Judgement> + Send + 'a>>;

const TABLE: [(&str, Code); 4] = [
    ("pagination/walk", |session, _| Box::pin(walk::judge(session))),
    ("stdio/large-message", |session, terms| Box::pin(large_message::judge(session, terms))),
    ("tools/structured-text", |session, terms| {
        Box::pin(structured_text::judge(session, terms))
    }),
    ("tools/x-headers", |session, _| {
        Box::pin(x_headers::judge(session))
    }),
];

/// The check of this name.
pub fn find(name: &str) -> Option<Code> {
    TABLE
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, code)| *code)
}

/// Every name.
pub fn names() -> Vec<&'static str> {
    TABLE.iter().map(|(name, _)| *name).collect()
}
