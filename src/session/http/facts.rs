//! What a check or a watch sees of an exchange, as the suite language describes it.

use serde_json::{Value, json};

use super::{asked::listed, exchange::Exchange};
use crate::{
    transport::http::How,
    wire::http::{Challenge, challenges},
};

/// How many defects are named; the same ones come again and again.
const DEFECTS: usize = 20;

impl Exchange {
    /// The answer: status, headers, body, and how it ended.
    pub(super) fn facts(&self) -> Value {
        let until = self.ended.unwrap_or_else(std::time::Instant::now);
        let mut defects = self.defects.clone();
        defects.dedup();
        defects.truncate(DEFECTS);
        let mut facts = json!({
            "events": self.events, "messages": self.messages, "defects": defects,
            "ended": self.ending(),
            "why": self.over.as_ref().map_or("", |over| over.why.as_str()),
            "millis": u64::try_from((until - self.started).as_millis()).unwrap_or(u64::MAX),
        });
        if let Some(head) = &self.head {
            facts["status"] = json!(head.status);
            facts["reason"] = json!(head.reason);
            facts["version"] = json!(head.version);
            facts["type"] = json!(self.media_type());
            facts["headers"] = listed(&head.headers);
            let asked: Vec<Value> =
                head.headers.all("www-authenticate").flat_map(|value| challenges(&value)).map(challenge).collect();
            facts["challenges"] = Value::Array(asked);
        }
        for (name, value) in [("text", self.text.clone().map(Value::String)), ("json", self.json.clone())] {
            if let Some(value) = value {
                facts[name] = value;
            }
        }
        facts
    }

    /// How it ended. What we have closed at the end of the conversation was open.
    fn ending(&self) -> &'static str {
        match &self.over {
            Some(over) if !(self.left_open && over.how == How::HungUp) => over.how.as_str(),
            _ => "open",
        }
    }

    /// Both sides of it.
    pub(super) fn subject(&self) -> Value {
        json!({
            "http": self.facts(), "sent": self.asked.subject(), "stream": self.asked.stream(), "phase": self.phase,
            "answered": self.answered.is_some(), "after": self.after, "of_others": self.of_others,
            "lingered": self.lingered(), "cancelled": self.cancelled,
        })
    }

    /// How long it stayed open after its response, in milliseconds; null without one.
    fn lingered(&self) -> Option<u64> {
        let since = self.ended.unwrap_or_else(std::time::Instant::now) - self.answered?;
        u64::try_from(since.as_millis()).ok()
    }

    /// The line of the transcript that says what was answered.
    pub(super) fn answer_line(&self, number: u64) -> String {
        let Some(head) = &self.head else { return format!("#{number} no answer") };
        let kind = head.headers.get("content-type").unwrap_or_else(|| "no content type".to_owned());
        format!("#{number} {} {kind}", head.status)
    }
}

fn challenge(challenge: Challenge) -> Value {
    let mut told = json!({ "scheme": challenge.scheme });
    for (name, value) in challenge.parameters {
        told[name] = json!(value);
    }
    told
}
