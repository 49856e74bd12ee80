//! An answer before it is written.

use super::{
    events::{Events, Guard},
    refusal::Refusal,
};
use crate::demo::HttpReply;

/// An answer of HTTP.
pub struct Reply {
    /// The status code.
    pub status: u16,
    /// The headers, without those that say how long the body is.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Body,
    /// How it is framed.
    pub framing: Framing,
    /// What happens when it was told, or cannot be told any more.
    pub guards: Vec<Guard>,
}

/// How a body that is there is framed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Framing {
    /// As it has to be.
    #[default]
    Honest,
    /// Its length is said to be less.
    Short,
    /// Its length is said to be more.
    Long,
    /// In chunks whose sizes are no numbers.
    Garbage,
}

/// The body of an answer.
pub enum Body {
    /// It is there.
    Full(Vec<u8>),
    /// It comes as it happens.
    Events(Box<Events>),
}

impl Reply {
    fn new(status: u16, body: Body) -> Self {
        Self { status, headers: Vec::new(), body, framing: Framing::Honest, guards: Vec::new() }
    }

    /// An answer without a body.
    pub fn empty(status: u16) -> Self {
        Self::new(status, Body::Full(Vec::new()))
    }

    /// A word for people.
    pub fn text(status: u16, text: &str) -> Self {
        let body = Body::Full(format!("{text}\n").into_bytes());
        Self::new(status, body).with("Content-Type", "text/plain; charset=utf-8")
    }

    /// JSON.
    pub fn json(status: u16, body: Vec<u8>) -> Self {
        Self::new(status, Body::Full(body)).with("Content-Type", "application/json")
    }

    /// A stream of events.
    pub fn events(events: Events) -> Self {
        let reply = Self::new(200, Body::Events(Box::new(events)))
            .with("Content-Type", "text/event-stream")
            .with("Cache-Control", "no-cache");
        reply.with("X-Accel-Buffering", "no")
    }

    /// The same with one header more.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same with something that happens in the end.
    pub fn until(mut self, guard: Guard) -> Self {
        self.guards.push(guard);
        self
    }

    /// The header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Puts a header in the place of all of its name.
    pub fn set(&mut self, name: &str, value: &str) {
        self.without(name);
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    /// Takes out the headers of this name.
    pub fn without(&mut self, name: &str) {
        self.headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
    }

    /// The same with what a script puts over it.
    pub fn patched(mut self, patch: HttpReply) -> Self {
        self.status = patch.status.unwrap_or(self.status);
        for (name, _) in &patch.headers {
            self.without(name);
        }
        self.headers.extend(patch.headers.into_iter().filter_map(|(name, value)| Some((name, value?))));
        if let Some(body) = patch.body {
            self.body = Body::Full(body);
        }
        self
    }
}

impl From<Refusal> for Reply {
    fn from(refusal: Refusal) -> Self {
        Self::text(refusal.status, refusal.why)
    }
}

/// The words that belong to a status code.
pub const fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        202 => "Accepted",
        204 => "No Content",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        409 => "Conflict",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        505 => "HTTP Version Not Supported",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_changes_what_it_names() {
        let own = Reply::json(200, b"{}".to_vec());
        let headers = vec![("content-type".to_owned(), Some("text/html".to_owned())), ("X".to_owned(), None)];
        let patched = own.patched(HttpReply { status: None, headers, body: Some(b"hi".to_vec()) });
        assert_eq!((patched.status, patched.headers), (200, vec![("content-type".to_owned(), "text/html".to_owned())]));
        assert!(matches!(patched.body, Body::Full(body) if body == b"hi"));
    }
}
