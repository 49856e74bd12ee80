//! Keeping track of progress tokens: which are in use, and how far each has come.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::answer::key;

/// The progress of the requests that asked to hear of it.
#[derive(Default)]
pub(super) struct Progress {
    tokens: HashMap<String, Track>,
}

struct Track {
    request: String,
    last: Option<f64>,
}

/// How many tokens are remembered.
const KEPT: usize = 10_000;

impl Progress {
    /// A request was sent; remember its token, if it has one.
    pub(super) fn begin(&mut self, request: &str, params: &Value) {
        if let Some(token) = params.pointer("/_meta/progressToken").filter(|_| self.tokens.len() < KEPT) {
            self.tokens.insert(key(token), Track { request: request.to_owned(), last: None });
        }
    }

    /// What a watch sees of a progress notification; `stands` says how its request stands.
    pub(super) fn note(&mut self, message: &Value, stands: impl Fn(&str) -> &'static str) -> Value {
        let token = message.pointer("/params/progressToken").unwrap_or(&Value::Null);
        let Some(track) = self.tokens.get_mut(&key(token)) else {
            return json!({ "token": "unknown", "value": "none" });
        };
        let state = stands(&track.request);
        let value = message.pointer("/params/progress").and_then(Value::as_f64);
        let step = match (track.last, value) {
            (_, None) => "none",
            (None, Some(_)) => "first",
            (Some(last), Some(value)) if value > last => "greater",
            (Some(last), Some(value)) if value < last => "smaller",
            _ => "equal",
        };
        track.last = value.or(track.last);
        json!({ "token": state, "value": step })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notification(token: &Value, progress: f64) -> Value {
        json!({ "method": "notifications/progress", "params": { "progressToken": token, "progress": progress } })
    }

    #[test]
    fn tokens_are_told_apart_by_type_and_values_by_order() {
        let mut progress = Progress::default();
        progress.begin("1", &json!({ "_meta": { "progressToken": 7 } }));
        let mut note = |token: Value, value: f64, stands: &'static str| {
            let noted = progress.note(&notification(&token, value), |_| stands);
            (noted["token"].clone(), noted["value"].clone())
        };
        assert_eq!(note(json!(7), 0.0, "active"), (json!("active"), json!("first")));
        assert_eq!(note(json!(7), 0.5, "active"), (json!("active"), json!("greater")));
        assert_eq!(note(json!(7), 0.5, "finished"), (json!("finished"), json!("equal")));
        assert_eq!(note(json!(7), 0.1, "active").1, json!("smaller"));
        assert_eq!(note(json!("7"), 1.0, "active").0, json!("unknown"));
    }
}
