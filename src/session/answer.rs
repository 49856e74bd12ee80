//! What can come back for a request.

use serde_json::{Value, json};

use super::Until;

/// A request that was sent, to ask for its answer later.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ticket {
    pub(super) kind: TicketKind,
    /// The exchange that carries it, over HTTP.
    pub(super) exchange: Option<u64>,
    /// When enough of that is there.
    pub(super) until: Until,
}

impl Ticket {
    pub(super) fn new(kind: TicketKind) -> Self {
        Self { kind, exchange: None, until: Until::default() }
    }

    /// Whether its answer is known by an id.
    pub(super) const fn is_of_id(&self) -> bool {
        matches!(self.kind, TicketKind::Id(_))
    }

    /// A request that is known by its id alone.
    pub(super) fn of_key(id: &Value) -> Self {
        Self::new(TicketKind::Id(key(id)))
    }

    /// A request whose id is its own on its exchange, whatever else has the same one.
    pub(super) fn of_id(id: &Value, exchange: u64) -> Self {
        Self::new(TicketKind::Id(key_on(exchange, id)))
    }

    /// What is carried by an exchange over HTTP, and known by that alone.
    pub(super) fn of_exchange(exchange: u64, until: Until) -> Self {
        Self::new(TicketKind::Nameless { after: usize::MAX }).on(exchange, until)
    }

    /// The same, carried by an exchange over HTTP.
    pub(super) fn on(self, exchange: u64, until: Until) -> Self {
        Self { exchange: Some(exchange), until, ..self }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum TicketKind {
    /// An answer with this id, in the spelling of [`key`].
    Id(String),
    /// An answer without a usable id; `after` of them had come before.
    Nameless { after: usize },
}

/// What came back.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A result.
    Result(Value),
    /// An error.
    Error(Value),
    /// Nothing.
    Silence,
    /// The server closed its output, or died.
    Closed,
}

impl Answer {
    /// What the arms of a suite see.
    pub fn subject(&self) -> Value {
        match self {
            Self::Result(result) => json!({ "result": result }),
            Self::Error(error) => json!({ "error": error }),
            Self::Silence => json!({ "silence": true }),
            Self::Closed => json!({ "closed": true }),
        }
    }

    /// The result, if it is one.
    pub fn result(&self) -> Option<&Value> {
        match self {
            Self::Result(result) => Some(result),
            _ => None,
        }
    }

    /// The answer that a response message carries; of both, the result, so that the conversation can go on.
    pub(super) fn of(message: &Value) -> Self {
        let (result, error) = (message.get("result"), message.get("error"));
        match error.filter(|error| !error.is_null() && !result.is_some_and(Value::is_object)) {
            Some(error) => Self::Error(error.clone()),
            None => Self::Result(result.cloned().unwrap_or(Value::Null)),
        }
    }
}

/// An id as the key of a table: `1` and `"1"` differ, `1` and `1.0` do not.
pub(super) fn key(id: &Value) -> String {
    match id.as_f64() {
        Some(number) if number.fract() == 0.0 && number.abs() < 9e15 => format!("{number:.0}"),
        _ => id.to_string(),
    }
}

/// An id as the key of a table, for a request that a check has put on an exchange of its own.
pub(super) fn key_on(exchange: u64, id: &Value) -> String {
    format!("#{exchange} {}", key(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_keep_their_type_but_not_their_spelling() {
        assert_eq!(key(&json!(1)), key(&json!(1.0)));
        assert_ne!(key(&json!(1)), key(&json!("1")));
        assert_ne!(key(&json!(9_007_199_254_740_993_u64)), key(&json!(9_007_199_254_740_992_u64)));
    }

    #[test]
    fn of_a_result_and_an_error_the_result_counts_unless_it_is_none() {
        assert_eq!(Answer::of(&json!({ "result": {}, "error": null })), Answer::Result(json!({})));
        assert_eq!(Answer::of(&json!({ "result": {}, "error": { "code": 1 } })), Answer::Result(json!({})));
        let error = Answer::Error(json!({ "code": 1 }));
        assert_eq!(Answer::of(&json!({ "result": null, "error": { "code": 1 } })), error);
        assert_eq!(Answer::of(&json!({ "error": { "code": 1 } })), error);
    }
}
