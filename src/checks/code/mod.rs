//! The checks that need more than steps. A chapter names them with `code:`; each is a file and a row here.

use std::pin::Pin;

use super::Judgement;
use crate::session::Session;

mod x_headers;

/// A check in Rust: it is given a session, and judges.
pub type Code = for<'a> fn(&'a mut Session) -> Pin<Box<dyn Future<Output = Judgement> + Send + 'a>>;

const TABLE: [(&str, Code); 1] = [("tools/x-headers", |session| Box::pin(x_headers::judge(session)))];

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
