//! A line as bugs see it, with what they ask of it most.

use serde_json::{Value, json};

use crate::{
    demo::{
        caller,
        failure::{Answer, Cause, Failure},
        rpc,
        tools::Said,
    },
    model::{Era, Revision},
};

/// A line that arrived.
pub struct Arrival<'a> {
    /// The line without its newline.
    pub bytes: &'a [u8],
    /// What it says; null, if it is no JSON.
    pub message: &'a Value,
    /// The revision that it speaks.
    pub revision: Revision,
    /// Whether requests are served: after the handshake, or where none is needed.
    pub ready: bool,
    /// The ids of calls under way.
    pub running: Vec<Value>,
}

impl Arrival<'_> {
    /// The method; empty without one.
    pub fn method(&self) -> &str {
        self.message["method"].as_str().unwrap_or_default()
    }

    /// Whether it wants an answer.
    pub fn is_request(&self) -> bool {
        !self.method().is_empty() && self.message.get("id").is_some()
    }

    /// Whether a request with this id is under way.
    pub fn runs(&self, id: &Value) -> bool {
        self.running.contains(id)
    }

    /// A member of the params; null without one.
    pub fn param(&self, name: &str) -> &Value {
        &self.message["params"][name]
    }

    /// Whether there are arguments that are no object.
    pub fn has_odd_arguments(&self) -> bool {
        let arguments = self.message.get("params").and_then(|params| params.get("arguments"));
        arguments.is_some_and(|arguments| !arguments.is_object())
    }

    /// The arguments, if this calls the tool of this name.
    pub fn call_of(&self, tool: &str) -> Option<&Value> {
        let calls = self.method() == "tools/call" && self.param("name") == tool && !self.has_odd_arguments();
        calls.then(|| self.param("arguments"))
    }

    /// An argument of a call of the tool of this name.
    pub fn argument(&self, tool: &str, name: &str) -> Option<&Value> {
        self.call_of(tool)?.get(name)
    }

    /// The text that an argument of a tool is, if it is one.
    pub fn text(&self, tool: &str, name: &str) -> Option<&str> {
        self.argument(tool, name)?.as_str()
    }

    /// Whether it asks for a list.
    pub fn lists(&self) -> bool {
        self.method().ends_with("/list")
    }

    /// The line that answers it.
    pub fn answer(&self, answer: Answer) -> Vec<u8> {
        let dressed = match self.revision.era() {
            Era::Modern => caller::modern_answer(self.method(), answer),
            Era::Legacy => answer,
        };
        line(&rpc::answer(self.message.get("id"), &dressed, self.revision))
    }

    /// The line that says what a tool said.
    pub fn said(&self, said: Said) -> Vec<u8> {
        self.answer(Ok(said.into_result(self.revision)))
    }

    /// The line that refuses it in these words.
    pub fn refusal(&self, cause: Cause, words: &str) -> Vec<u8> {
        self.answer(Err(Failure::new(cause, words)))
    }

    /// A line with its id and these members, which need not make a message.
    pub fn odd(&self, members: &Value) -> Vec<u8> {
        let mut message = json!({ "jsonrpc": "2.0", "id": self.message["id"] });
        for (name, value) in members.as_object().into_iter().flatten() {
            message[name.as_str()] = value.clone();
        }
        line(&message)
    }
}

/// A message as a line.
pub fn line(message: &Value) -> Vec<u8> {
    format!("{message}\n").into_bytes()
}

/// Whether this is true of a value or of any inside it. `holds` gets the key under which it lies, if there is one.
pub fn any(value: &Value, holds: &dyn Fn(Option<&str>, &Value) -> bool) -> bool {
    fn search(key: Option<&str>, value: &Value, holds: &dyn Fn(Option<&str>, &Value) -> bool) -> bool {
        holds(key, value)
            || match value {
                Value::Array(items) => items.iter().any(|item| search(None, item, holds)),
                Value::Object(members) => members.iter().any(|(key, value)| search(Some(key), value, holds)),
                _ => false,
            }
    }
    search(None, value, holds)
}

/// Whether any string in a value, keys included, is like this.
pub fn any_text(value: &Value, is: &dyn Fn(&str) -> bool) -> bool {
    any(value, &|key, value| key.is_some_and(is) || value.as_str().is_some_and(is))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_sees_keys_and_values_at_any_depth() {
        let value = json!({ "a": [{ "key": 5 }], "b": "text" });
        assert!(any_text(&value, &|text| text == "key") && any_text(&value, &|text| text == "text"));
        assert!(any(&value, &|key, value| key == Some("key") && value == &json!(5)));
        assert!(!any_text(&value, &|text| text == "other"));
    }
}
