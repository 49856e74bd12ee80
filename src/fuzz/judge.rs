//! Judges what a server says. What was judged once is known by its fingerprint: most answers to fuzzing are alike.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use serde_json::{Value, json};

use super::{dictionary::Dictionary, ground::Ground, leakage, mask, offence::Offence, scan};
use crate::{
    checks::Registry,
    model::{Severity, campaign::Kind},
    run::Panel,
    schema::{Side, judge},
    session::{Observation, On},
    wire::{self, Defect, Message, classify},
};

/// How many lines are known at most.
const KNOWN: usize = 100_000;
/// How much of a text is looked at for what it gives away.
const TEXT: usize = 16 * 1024;

/// What a line answers.
#[derive(Clone, Copy)]
pub struct About<'a> {
    /// The method of the request; none for what answers nothing.
    pub method: Option<&'a str>,
    /// Its parameters.
    pub params: &'a Value,
    /// Whether what it answers was broken on purpose.
    pub raw: bool,
    /// Whether it had been answered before.
    pub repeated: bool,
    /// Tells requests apart that are answered by other rules.
    pub context: u64,
}

/// How a request was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// With a result.
    Result,
    /// With a result that says that it is an error.
    ToolError,
    /// With an error of this code.
    Error(i64),
    /// It is no answer.
    Other,
}

/// What a line is.
#[derive(Debug)]
pub struct Said {
    /// The same for all that behave alike.
    pub signature: u64,
    /// How a request was answered.
    pub status: Status,
    /// The shape of the result.
    pub shape: u64,
    /// What is wrong with it.
    pub offences: Vec<Offence>,
    /// A request of the server that wants an answer of ours.
    pub request: Option<Value>,
    /// Whether it names no request that it could answer.
    pub nameless: bool,
}

/// Judges lines.
pub struct Judge {
    panel: Panel,
    ground: Arc<Ground>,
    secret: String,
    known: HashMap<u64, Arc<Said>>,
    /// What ordinary traffic shows already: `check` tells of it.
    ordinary: Vec<(Kind, String)>,
    /// Words of the server.
    pub words: Dictionary,
    /// How many lines were judged, and how many of them were known.
    pub judged: (u64, u64),
}

impl Judge {
    /// Know the rules that apply.
    pub fn new(registry: &Arc<Registry>, ground: &Arc<Ground>, secret: &str) -> Self {
        Self {
            panel: Panel::new(registry, ground.revision),
            ground: Arc::clone(ground),
            secret: secret.to_owned(),
            known: HashMap::new(),
            ordinary: Vec::new(),
            words: Dictionary::default(),
            judged: (0, 0),
        }
    }

    /// Do not tell of this: it belongs to ordinary traffic.
    pub fn excuse(&mut self, offences: &[Offence]) {
        self.ordinary.extend(offences.iter().map(|offence| (offence.kind, offence.key.clone())));
        self.known.clear();
    }

    /// Judge a line. The place of its id was found by [`scan::id`].
    pub fn line(&mut self, line: &[u8], id: Option<&scan::Id>, about: About<'_>) -> Arc<Said> {
        let context = about.context ^ (u64::from(about.raw) << 62) ^ (u64::from(about.repeated) << 63);
        let print = scan::fingerprint(line, id, context);
        self.judged.0 += 1;
        if let Some(said) = self.known.get(&print) {
            self.judged.1 += 1;
            return Arc::clone(said);
        }
        let said = Arc::new(self.judge(line, about));
        if self.known.len() >= KNOWN {
            self.known.clear();
        }
        self.known.insert(print, Arc::clone(&said));
        said
    }

    fn judge(&mut self, line: &[u8], about: About<'_>) -> Said {
        let (value, defects) = wire::json::decode(line);
        let mut offences = self.of_line(line, &defects);
        let Some(value) = value else {
            return Said {
                signature: print("noise"),
                status: Status::Other,
                shape: 0,
                offences,
                request: None,
                nameless: false,
            };
        };
        let message = classify(value);
        let nameless = matches!(&message.kind, wire::Kind::Error { id: None | Some(Value::Null) });
        // What a broken request is answered with is for nobody to say.
        let is_free = about.raw && matches!(message.kind, wire::Kind::Result { .. });
        if !is_free && (about.method.is_some() || message.kind.name() != "invalid") {
            offences.extend(self.of_message(&message, about));
        }
        self.learn(&message.value);
        offences.extend(self.leaks(&message.value, about));
        offences
            .retain(|offence| !self.ordinary.iter().any(|(kind, key)| (*kind, key) == (offence.kind, &offence.key)));
        Self::said(&message, offences, nameless)
    }

    /// Know an answer whose rules somebody else has judged.
    pub fn heard(&mut self, value: Value, about: About<'_>) -> Said {
        let message = classify(value);
        self.learn(&message.value);
        let mut offences: Vec<Offence> = self.leaks(&message.value, about).into_iter().collect();
        self.forgive(&mut offences);
        Self::said(&message, offences, false)
    }

    /// Leave out what belongs to ordinary traffic.
    pub fn forgive(&self, offences: &mut Vec<Offence>) {
        offences
            .retain(|offence| !self.ordinary.iter().any(|(kind, key)| (*kind, key) == (offence.kind, &offence.key)));
    }

    fn said(message: &Message, offences: Vec<Offence>, nameless: bool) -> Said {
        let (status, shape) = (status(message), shape(message));
        let request = matches!(message.kind, wire::Kind::Request { .. }).then(|| message.value.clone());
        Said { signature: signature(message, status, shape), status, shape, offences, request, nameless }
    }

    /// What is wrong with a line as such.
    fn of_line(&self, line: &[u8], defects: &[Defect]) -> Vec<Offence> {
        if defects.is_empty() {
            return Vec::new();
        }
        let text: String = String::from_utf8_lossy(line).chars().take(2000).collect();
        let names: Vec<&str> = defects.iter().map(|defect| defect.name()).collect();
        let subject = json!({ "text": text, "defects": names, "phase": "running" });
        let told = self.tell(On::Line, subject, None);
        told.into_iter()
            .map(|offence| Offence {
                kind: Kind::Corruption,
                key: format!("{}:{}", offence.key, mask::text(&text)),
                ..offence
            })
            .collect()
    }

    fn of_message(&self, message: &Message, about: About<'_>) -> Vec<Offence> {
        let problems = judge(self.ground.revision, Side::Server, message, about.method).problems();
        let mut subject = json!({
            "kind": message.kind.name(), "phase": "running", "repeated": about.repeated,
            "described": problems.is_some(), "client": self.ground.client, "server": self.ground.capabilities,
        });
        let is_answer = matches!(message.kind, wire::Kind::Result { .. } | wire::Kind::Error { .. });
        if is_answer && (about.method.is_some() || about.raw) {
            subject["answers"] = json!({
                "method": about.method.unwrap_or_default(), "params": about.params, "raw": about.raw,
                "id": message.value.get("id"), "same_id": true,
            });
        }
        subject["message"] = message.value.clone();
        self.tell(On::Message, subject, problems)
    }

    /// What the watches say of it.
    fn tell(&self, on: On, subject: Value, problems: Option<Vec<crate::schema::Problem>>) -> Vec<Offence> {
        let revision = self.ground.revision;
        let evidence = || Vec::new();
        let observation = Observation { on, session: "fuzz", revision, subject, problems, evidence: &evidence };
        let told = self.panel.judge(&observation);
        let failures = told.into_iter().flat_map(|(check, judgement)| {
            let failed = judgement.findings.into_iter().filter(|finding| finding.severity == Severity::Fail);
            failed.map(move |finding| offence(check, &finding)).collect::<Vec<_>>()
        });
        failures.collect()
    }

    /// What errors say is worth trying; so is what is in results.
    fn learn(&mut self, message: &Value) {
        for part in ["/error/message", "/error/data", "/result"] {
            if let Some(value) = message.pointer(part) {
                self.words.learn_value(value);
            }
        }
    }

    fn leaks(&self, message: &Value, about: About<'_>) -> Option<Offence> {
        let is_error = message.get("error").is_some() || message.pointer("/result/isError") == Some(&Value::Bool(true));
        let said = message.get("error").or_else(|| message.get("result"))?;
        let mut texts = String::new();
        collect(said, &mut texts);
        leakage::of_secret(&texts, &self.secret)
            .or_else(|| is_error.then(|| leakage::in_error(&texts, &about.params.to_string())).flatten())
    }
}

/// Every text inside of a value, one behind the other.
fn collect(value: &Value, into: &mut String) {
    if into.len() > TEXT {
        return;
    }
    match value {
        Value::String(text) => {
            into.push_str(text);
            into.push('\n');
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, into)),
        Value::Object(members) => members.values().for_each(|member| collect(member, into)),
        _ => {}
    }
}

/// What a check has found, as an offence.
pub fn offence(check: &crate::suite::Check, finding: &crate::model::Finding) -> Offence {
    let id = check.info.id.to_string();
    let place = finding.place.split_once(": ").map_or("", |(_, member)| member);
    let because = mask::text(&finding.because);
    Offence {
        check: Some(id.clone()),
        because: finding.because.clone(),
        ..Offence::new(
            Kind::Violation,
            format!("{id}:{}:{because}", crate::schema::anywhere(place)),
            format!("{}: got {}", check.info.title, finding.got),
        )
    }
}

fn status(message: &Message) -> Status {
    match &message.kind {
        wire::Kind::Result { .. } if message.value.pointer("/result/isError") == Some(&Value::Bool(true)) => {
            Status::ToolError
        }
        wire::Kind::Result { .. } => Status::Result,
        wire::Kind::Error { .. } => {
            Status::Error(message.value.pointer("/error/code").and_then(Value::as_i64).unwrap_or_default())
        }
        _ => Status::Other,
    }
}

fn shape(message: &Message) -> u64 {
    let mut hasher = DefaultHasher::new();
    mask::shape(message.value.get("result").unwrap_or(&Value::Null), &mut hasher, 5);
    hasher.finish()
}

/// The same for all that behave alike: the method that is said, the status, the wording, the shape.
fn signature(message: &Message, status: Status, shape: u64) -> u64 {
    let mut hasher = DefaultHasher::new();
    message.kind.name().hash(&mut hasher);
    (status, shape).hash(&mut hasher);
    let value = &message.value;
    if let Some(method) = value.get("method").and_then(Value::as_str) {
        method.hash(&mut hasher);
    }
    let wording = value
        .pointer("/error/message")
        .or_else(|| value.pointer("/result/content/0/text").filter(|_| status == Status::ToolError));
    if let Some(wording) = wording.and_then(Value::as_str) {
        mask::text(wording).hash(&mut hasher);
    }
    hasher.finish()
}

/// A number for a word.
pub fn print(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}
