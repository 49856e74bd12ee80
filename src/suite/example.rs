//! The servers that a check must be able to judge: the demo server with changes.

use serde_json::Value;

use super::{HttpAnswer, Pattern, Scope};
use crate::model::Verdict;

/// A server, and the verdict that it deserves.
#[derive(Clone, Debug)]
pub struct Example {
    /// `pass`, `fail`, `warn` or `skip`.
    pub verdict: Verdict,
    /// How it behaves.
    pub server: ExampleServer,
    /// The line of its block in the file.
    pub line: u32,
}

/// The demo server, with changes.
#[derive(Clone, Debug, Default)]
pub struct ExampleServer {
    /// Named faults of the demo server.
    pub faults: Vec<String>,
    /// What to say instead, by method, `"*"` or `unparsable`.
    pub rules: Vec<(String, Vec<Alternative>)>,
    /// What to say over HTTP instead, whatever the message would say.
    pub http: Vec<HttpAnswer>,
    /// The token that it demands over HTTP, and that the user has given.
    pub token: Option<String>,
}

/// One thing to say instead.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// The requests that it is for; all when absent.
    pub when: Option<Pattern>,
    /// What to say.
    pub say: Say,
}

/// What an example server says instead of the demo server's own answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Say {
    /// This result.
    Result {
        /// The result.
        value: Value,
        /// Whether it is left as it is, even in a revision whose results have a type.
        exact: bool,
    },
    /// This error.
    Error(Value),
    /// Nothing.
    Silence,
    /// Its own answer with this merge patch over the whole of `result` or `error`.
    Merge(Value),
    /// These lines as they are; `{{id}}` stands for the request's id.
    Lines(Vec<String>),
    /// The process ends with this code.
    Exit(i32),
}

/// The key for lines that are no JSON.
pub(super) const UNPARSABLE: &str = "unparsable";
/// The key for every message that no other key names.
pub(super) const ANY: &str = "*";

impl ExampleServer {
    /// What to say to a message; `None` leaves it to the demo server.
    pub fn choose(&self, incoming: &Value) -> Option<&Say> {
        let method = incoming.get("method").and_then(Value::as_str);
        let alternatives = method.and_then(|method| self.rule(method)).or_else(|| self.rule(ANY))?;
        let scope = Scope::new();
        let fits = |alternative: &&Alternative| match &alternative.when {
            Some(pattern) => pattern.fit(incoming, &scope).is_ok(),
            None => true,
        };
        alternatives.iter().find(fits).map(|alternative| &alternative.say)
    }

    /// What to say to a line that is no JSON; `None` leaves it to the demo server.
    pub fn choose_unparsable(&self) -> Option<&Say> {
        self.rule(UNPARSABLE)?.first().map(|alternative| &alternative.say)
    }

    /// What to answer to a request over HTTP, given as `{ method, path, headers, rpc }`; `None` leaves it to the demo
    /// server.
    pub fn choose_http(&self, request: &Value) -> Option<&HttpAnswer> {
        self.http.iter().find(|answer| answer.is_for(request))
    }

    fn rule(&self, key: &str) -> Option<&[Alternative]> {
        let rule = self.rules.iter().find(|(name, _)| name == key);
        rule.map(|(_, alternatives)| alternatives.as_slice())
    }
}
