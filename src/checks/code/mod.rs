//! The checks that need more than steps. A chapter names them with `code:`; each is a file and a row here.

use std::{future::ready, pin::Pin};

use super::Judgement;
use crate::{model::Level, session::Session};

mod large_message;
mod loopback;
mod walk;
mod x_headers;

/// A check in Rust: it is given a session and its keyword, and judges.
pub type Code = for<'a> fn(&'a mut Session, Level) -> Pin<Box<dyn Future<Output = Judgement> + Send + 'a>>;

const TABLE: [(&str, Code); 4] = [
    ("pagination/walk", |session, _| Box::pin(walk::judge(session))),
    ("security/loopback", |session, level| Box::pin(ready(loopback::judge(session, level)))),
    ("stdio/large-message", |session, level| Box::pin(large_message::judge(session, level))),
    ("tools/x-headers", |session, _| Box::pin(x_headers::judge(session))),
];

/// The check of this name.
pub fn find(name: &str) -> Option<Code> {
    TABLE.iter().find(|(known, _)| *known == name).map(|(_, code)| *code)
}

/// Every name.
pub fn names() -> Vec<&'static str> {
    TABLE.iter().map(|(name, _)| *name).collect()
}
