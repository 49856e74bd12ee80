//! A conversation that is over, judged message by message: which revision is spoken, who says what, and which request an
//! answer belongs to. Remembers what was asked, within bounds; keeps no message.

use std::collections::{HashMap, VecDeque};

use serde_json::Value;

use super::{edition::Subject, language::Side, problem::Problem, rules::ENVELOPE, validators::Validators, words};
use crate::{
    model::{Era, Revision, Severity},
    wire::{Kind, Message},
};

/// How many requests are remembered.
const REMEMBERED: usize = 1 << 16;
/// No id is longer that somebody wants to match.
const LONGEST_ID: usize = 256;
/// Where a request names its revision.
const VERSION: &str = "/params/_meta/io.modelcontextprotocol~1protocolVersion";

/// A conversation that is read from its beginning.
#[derive(Clone, Debug)]
pub struct Hearing {
    revision: Revision,
    is_fixed: bool,
    /// What answers answer whose request is not known.
    otherwise: Option<String>,
    asked: HashMap<Key, Asked>,
    order: VecDeque<Key>,
}

/// Who asked, if that is known, and the id.
type Key = (Option<Side>, String);

#[derive(Clone, Debug)]
struct Asked {
    method: String,
    revision: Revision,
}

/// What a message turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A request.
    Request,
    /// A notification.
    Notification,
    /// The answer to a request.
    Result,
    /// The refusal of a request.
    Error,
    /// A list of messages where there are none; its members are judged beside it.
    Batch,
    /// Nothing that JSON-RPC knows.
    Nothing,
}

/// What came of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// What it is.
    pub what: What,
    /// Which one: `tools/list`, `result of tools/list`, `result`, `error`.
    pub name: String,
    /// The revision that it was judged by.
    pub revision: Revision,
    /// Who said it, as far as anyone can know.
    pub from: Option<Side>,
    /// Whether it is a result, and nobody knows of what.
    pub unasked: bool,
    /// What is wrong with it; nothing when the revision does not describe it.
    pub problems: Option<Vec<Problem>>,
}

/// What a message says of the revision that is spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spoken {
    /// A client would like to speak this one.
    Proposed(Revision),
    /// It is this one.
    Settled(Revision),
}

impl Hearing {
    /// Begin in a revision: what the messages say changes it, unless it is `fixed`. `otherwise` is the method whose answers
    /// those are whose request is not known.
    pub fn new(revision: Revision, is_fixed: bool, otherwise: Option<String>) -> Self {
        Self { revision, is_fixed, otherwise, asked: HashMap::new(), order: VecDeque::new() }
    }

    /// Judge a message, or each of a list. `from` is who said it, where that is known.
    pub fn hear(&mut self, from: Option<Side>, message: &Message) -> Vec<Heard> {
        match &message.kind {
            Kind::Batch(members) => {
                let mut heard: Vec<_> = self.batch(from, members.len()).into_iter().collect();
                heard.extend(members.iter().map(|member| self.one(from, member)));
                heard
            }
            _ => vec![self.one(from, message)],
        }
    }

    fn one(&mut self, from: Option<Side>, message: &Message) -> Heard {
        match &message.kind {
            Kind::Request { id, method } => self.call(from, message, method, Some(id)),
            Kind::Notification { method } => self.call(from, message, method, None),
            Kind::Result { id } => self.result(from, message, id),
            Kind::Error { id } => self.error(from, message, id.as_ref()),
            Kind::Batch(_) => self.nothing(from, message, "an array inside a batch"),
            Kind::Invalid(why) => self.nothing(from, message, why),
        }
    }

    fn call(&mut self, from: Option<Side>, message: &Message, method: &str, id: Option<&Value>) -> Heard {
        let revision = self.revision_of(message);
        let validators = Validators::of(revision);
        let edition = validators.edition();
        let mut only = [Side::Client, Side::Server].into_iter().filter(|side| edition.says(*side, method));
        let side = from.or_else(|| only.next().filter(|_| only.next().is_none()));
        if let Some(id) = id {
            self.remember((side, id.to_string()), Asked { method: method.to_owned(), revision });
        }
        let wrong_side = side.is_some_and(|side| edition.method(method).is_some() && !edition.says(side, method));
        let problems = if wrong_side {
            Some(vec![problem("method", "/method", "a method of this side", &format!("{method:?}"))])
        } else {
            validators.problems(&Subject::Call(method.to_owned()), &message.value)
        };
        let what = if id.is_some() { What::Request } else { What::Notification };
        Heard { what, name: method.to_owned(), revision, from: side, unasked: false, problems }
    }

    fn result(&mut self, from: Option<Side>, message: &Message, id: &Value) -> Heard {
        let asked = self.asked_by(from, id);
        if let Some(Spoken::Settled(revision)) = spoken(message)
            && (asked.is_empty() || asked.iter().any(|(_, asked)| asked.method == "initialize"))
            && !self.is_fixed
        {
            self.revision = revision;
        }
        let judged = asked.into_iter().map(|(by, asked)| {
            let revision = if asked.method == "initialize" { self.revision } else { asked.revision };
            answered(from.or(by.map(other)), message, Some(asked.method), revision)
        });
        let best = judged.min_by_key(|heard| heard.problems.as_ref().map_or(usize::MAX, Vec::len));
        best.unwrap_or_else(|| answered(from, message, self.otherwise.clone(), self.revision))
    }

    fn error(&mut self, from: Option<Side>, message: &Message, id: Option<&Value>) -> Heard {
        let asked = id.map(|id| self.asked_by(from, id)).unwrap_or_default();
        let first = asked.into_iter().next();
        let revision = first.as_ref().map_or(self.revision, |(_, asked)| asked.revision);
        let from = from.or(first.and_then(|(by, _)| by).map(other));
        let problems = Validators::of(revision).problems(&Subject::Error, &message.value);
        Heard { what: What::Error, name: "error".to_owned(), revision, from, unasked: false, problems }
    }

    fn nothing(&self, from: Option<Side>, message: &Message, why: &str) -> Heard {
        let got = format!("{} ({why})", words::value(&message.value));
        let problem = problem(ENVELOPE, "", "a request, a notification, a result or an error", &got);
        self.flawed(What::Nothing, from, problem)
    }

    /// A list is wrong by itself where there are none; in the first revision nobody had thought of them.
    fn batch(&self, from: Option<Side>, length: usize) -> Option<Heard> {
        if Validators::of(self.revision).edition().has_batches() {
            return None;
        }
        let first = self.revision == Revision::ALL[0];
        let severity = if first { Severity::Warn } else { Severity::Fail };
        let problem = problem(ENVELOPE, "", "a single message", &format!("a list of {length}"));
        Some(self.flawed(What::Batch, from, Problem { severity, ..problem }))
    }

    fn flawed(&self, what: What, from: Option<Side>, problem: Problem) -> Heard {
        let name = if what == What::Batch { "list of messages" } else { "no message" };
        let problems = Some(vec![problem]);
        Heard { what, name: name.to_owned(), revision: self.revision, from, unasked: false, problems }
    }

    /// The revision of a request, by its own words. One without handshake says it each time; a handshake is not yet held
    /// when the first request proposes one.
    fn revision_of(&mut self, message: &Message) -> Revision {
        match spoken(message).filter(|_| !self.is_fixed) {
            Some(Spoken::Settled(revision)) => self.revision = revision,
            Some(Spoken::Proposed(revision)) => return revision,
            None => {}
        }
        self.revision
    }

    fn remember(&mut self, key: Key, asked: Asked) {
        if key.1.len() > LONGEST_ID {
            return;
        }
        if self.asked.insert(key.clone(), asked).is_none() {
            self.order.push_back(key);
        }
        if self.order.len() > REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.asked.remove(&oldest);
        }
    }

    /// The requests that an answer may belong to, with who asked.
    fn asked_by(&self, from: Option<Side>, id: &Value) -> Vec<(Option<Side>, Asked)> {
        let id = id.to_string();
        let askers = [Some(Side::Client), Some(Side::Server), None];
        let may_ask = |by: &Option<Side>| from.is_none() || by.is_none() || *by == from.map(other);
        let find = |by: Option<Side>| Some((by, self.asked.get(&(by, id.clone()))?.clone()));
        askers.into_iter().filter(may_ask).filter_map(find).collect()
    }
}

/// A result as the answer to a method, or as what every result is.
fn answered(from: Option<Side>, message: &Message, method: Option<String>, revision: Revision) -> Heard {
    let (name, unasked) = match &method {
        Some(method) => (format!("result of {method}"), false),
        None => ("result".to_owned(), true),
    };
    let subject = Subject::answer(method);
    let problems = Validators::of(revision).problems(&subject, &message.value);
    Heard { what: What::Result, name, revision, from, unasked, problems }
}

/// What a message, or the first of a list that does, says of the revision that is spoken.
pub fn spoken(message: &Message) -> Option<Spoken> {
    let revision = |pointer: &str| message.value.pointer(pointer)?.as_str()?.parse::<Revision>().ok();
    match &message.kind {
        Kind::Request { method, .. } if method == "initialize" => {
            revision("/params/protocolVersion").map(Spoken::Proposed)
        }
        Kind::Request { .. } => revision(VERSION).filter(|revision| revision.era() == Era::Modern).map(Spoken::Settled),
        Kind::Result { .. } => revision("/result/protocolVersion").map(Spoken::Settled),
        Kind::Batch(members) => members.iter().find_map(spoken),
        _ => None,
    }
}

const fn other(side: Side) -> Side {
    match side {
        Side::Client => Side::Server,
        Side::Server => Side::Client,
    }
}

fn problem(rule: &str, pointer: &str, expected: &str, got: &str) -> Problem {
    Problem::new(Severity::Fail, rule, pointer.to_owned(), expected.to_owned(), got.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::wire::classify;

    fn hear(hearing: &mut Hearing, value: Value) -> Heard {
        let mut heard = hearing.hear(None, &classify(value));
        assert_eq!(heard.len(), 1);
        heard.remove(0)
    }

    fn initialize(id: u64, revision: &str) -> Value {
        json!({ "jsonrpc": "2.0", "id": id, "method": "initialize", "params": {
            "protocolVersion": revision, "capabilities": {}, "clientInfo": { "name": "c", "version": "1" } } })
    }

    fn initialized(id: u64, revision: &str) -> Value {
        json!({ "jsonrpc": "2.0", "id": id, "result": {
            "protocolVersion": revision, "capabilities": {}, "serverInfo": { "name": "s", "version": "1" } } })
    }

    #[test]
    fn what_is_negotiated_applies_unless_it_is_fixed() {
        for (is_fixed, expected) in [(false, Revision::V2025_03_26), (true, Revision::V2025_11_25)] {
            let mut hearing = Hearing::new(Revision::V2025_11_25, is_fixed, None);
            hear(&mut hearing, initialize(1, "2025-06-18"));
            let answer = hear(&mut hearing, initialized(1, "2025-03-26"));
            assert_eq!((answer.revision, answer.from), (expected, Some(Side::Server)));
            assert_eq!(answer.problems, Some(vec![]));
            let ping = hear(&mut hearing, json!({ "jsonrpc": "2.0", "id": 2, "method": "ping" }));
            assert_eq!((ping.revision, ping.from), (expected, None));
        }
    }

    #[test]
    fn an_answer_is_held_against_what_was_asked() {
        let mut hearing = Hearing::new(Revision::V2025_11_25, true, None);
        let broken = json!({ "jsonrpc": "2.0", "id": 7, "result": { "tools": 5 } });
        let unasked = hear(&mut hearing, broken.clone());
        assert_eq!((unasked.name.as_str(), unasked.unasked, unasked.problems), ("result", true, Some(vec![])));
        hear(&mut hearing, json!({ "jsonrpc": "2.0", "id": 7, "method": "tools/list" }));
        let asked = hear(&mut hearing, broken.clone());
        assert_eq!(
            (asked.name.as_str(), asked.unasked, asked.from),
            ("result of tools/list", false, Some(Side::Server))
        );
        assert_eq!(asked.problems.map(|problems| problems.len()), Some(1));

        let mut told = Hearing::new(Revision::V2025_11_25, true, Some("tools/list".to_owned()));
        assert_eq!(hear(&mut told, broken).name, "result of tools/list");
    }

    #[test]
    fn both_sides_may_use_the_same_id() {
        let mut hearing = Hearing::new(Revision::V2025_11_25, true, None);
        hear(&mut hearing, json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list" }));
        hear(&mut hearing, json!({ "jsonrpc": "2.0", "id": 1, "method": "roots/list" }));
        let roots = hear(&mut hearing, json!({ "jsonrpc": "2.0", "id": 1, "result": { "roots": [] } }));
        assert_eq!((roots.name.as_str(), roots.from), ("result of roots/list", Some(Side::Client)));
        let tools = hear(&mut hearing, json!({ "jsonrpc": "2.0", "id": 1, "result": { "tools": [] } }));
        assert_eq!((tools.name.as_str(), tools.from), ("result of tools/list", Some(Side::Server)));
    }

    #[test]
    fn who_may_not_say_a_method_and_what_nobody_describes() {
        let mut hearing = Hearing::new(Revision::V2025_11_25, true, None);
        let list = classify(json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list" }));
        let heard = hearing.hear(Some(Side::Server), &list).remove(0);
        assert_eq!(
            heard.problems.map(|problems| problems[0].expected.clone()).as_deref(),
            Some("a method of this side")
        );
        assert_eq!(hear(&mut hearing, json!({ "jsonrpc": "2.0", "id": 2, "method": "acme/x" })).problems, None);
        let answer = hear(&mut hearing, json!({ "jsonrpc": "2.0", "id": 2, "result": {} }));
        assert_eq!((answer.name.as_str(), answer.problems), ("result of acme/x", None));
    }

    #[test]
    fn memory_is_bounded() {
        let mut hearing = Hearing::new(Revision::V2025_11_25, true, None);
        for id in 0..=REMEMBERED {
            hear(&mut hearing, json!({ "jsonrpc": "2.0", "id": id, "method": "acme/x" }));
        }
        hear(&mut hearing, json!({ "jsonrpc": "2.0", "id": "x".repeat(LONGEST_ID), "method": "acme/x" }));
        assert_eq!((hearing.asked.len(), hearing.order.len()), (REMEMBERED, REMEMBERED));
        assert!(hear(&mut hearing, json!({ "jsonrpc": "2.0", "id": 0, "result": {} })).unasked);
    }

    #[test]
    fn lists_of_messages() {
        let list = classify(json!([{ "jsonrpc": "2.0", "id": 1, "method": "ping" }, 5]));
        for (revision, expected) in [(Revision::V2025_03_26, 2), (Revision::V2025_06_18, 3)] {
            let heard = Hearing::new(revision, true, None).hear(None, &list);
            assert_eq!(heard.len(), expected);
            assert_eq!(heard.last().map(|heard| heard.what), Some(What::Nothing));
        }
    }
}
