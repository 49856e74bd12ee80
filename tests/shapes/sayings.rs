//! What a server may say in a revision, made from our own documents and broken in one place: each problem that this
//! brings about is said a few times, in different messages.

use std::collections::HashMap;

use mcp_litmus::{
    model::Revision,
    schema::{Edition, Problem, Side, Subject, Validators, anywhere, judge},
    wire::classify,
};
use serde_json::{Value, json};

use crate::{breaks::Breaker, compile::compile, generate::Generator};

/// How many messages of a kind are broken at least, and how often each.
const MADE: usize = 30;
const BREAKS: usize = 16;
/// How often to try for a message without any problem.
const TRIES: usize = 8;
/// How often the same problem of the same kind of message is said.
const SAID: u32 = 3;
/// Where every series of choices begins.
const SEED: u64 = 7;
/// Stands for the id of the request that a message answers.
const MARK: &str = "the id of the request";

/// Something that a server says.
pub struct Saying {
    /// The method of the request that it answers, if we have sent one.
    pub asked: Option<&'static str>,
    /// The id of that request.
    pub id: String,
    /// The message.
    pub message: Value,
    /// The message before it was broken, if nothing was wrong with it.
    pub whole: Option<Value>,
}

/// Everything that is tried in a revision.
pub fn sayings(revision: Revision) -> Vec<Saying> {
    let mut all = Vec::new();
    for (asked, subject) in subjects(revision) {
        for (whole, broken) in broken(revision, asked, &subject) {
            let id = format!("saying {}", all.len());
            let (whole, message) = (whole.map(|whole| with_id(whole, &id)), with_id(broken, &id));
            all.push(Saying { asked, id, message, whole });
        }
    }
    all
}

/// A message that answers the request with this id, if it answers any.
fn with_id(mut message: Value, id: &str) -> Value {
    if message.get("id").is_some_and(|id| id == MARK) {
        message["id"] = json!(id);
    }
    message
}

/// Messages of one kind, whole and broken, with all the problems that were found in many more of them.
fn broken(revision: Revision, asked: Option<&str>, subject: &Subject) -> Vec<(Option<Value>, Value)> {
    let document = Edition::of(revision).document(subject).expect("a subject of the revision");
    let plan = compile(&document);
    let (mut generator, mut breaker) = (Generator::new(&plan, SEED), Breaker::new(&plan, SEED));
    let problems = |message: &Value| {
        let judged = judge(revision, Side::Server, &classify(message.clone()), asked);
        judged.problems().unwrap_or_default()
    };
    let mut said: HashMap<String, u32> = HashMap::new();
    let mut kept = Vec::new();
    // The more ways a message can go, the more of them are made.
    for number in 0..MADE + plan.points.len() * 3 / 2 {
        // Some as they come: what fits altogether is small, or the same again and again.
        let tries = if number % 2 == 0 { TRIES } else { 1 };
        let whole = fitting(revision, subject, &mut generator, tries);
        let fits = problems(&whole).is_empty();
        for message in breaker.broken(&whole, BREAKS) {
            let mut is_new = false;
            for problem in problems(&message) {
                let times = said.entry(cause(&problem)).or_default();
                *times += 1;
                is_new |= *times <= SAID;
            }
            if is_new {
                kept.push((fits.then(|| whole.clone()), message));
            }
        }
    }
    kept
}

/// What makes a problem the same in another message.
fn cause(problem: &Problem) -> String {
    format!("{} {} {} {:?}", problem.rule, anywhere(&problem.place), problem.expected, problem.severity)
}

/// A message that is as it should be, or as nearly so as so many tries allow.
fn fitting(revision: Revision, subject: &Subject, generator: &mut Generator<'_>, tries: usize) -> Value {
    let mut best = None;
    for _ in 0..tries {
        let mut message = generator.value("");
        if !matches!(subject, Subject::Call(_)) {
            message["id"] = json!(MARK);
        }
        let problems = Validators::of(revision).problems(subject, &message).expect("it is described").len();
        if best.as_ref().is_none_or(|(fewest, _)| problems < *fewest) {
            best = Some((problems, message));
        }
        if problems == 0 {
            break;
        }
    }
    best.expect("something was tried").1
}

/// The kinds of messages of a server, each with the request that it answers.
fn subjects(revision: Revision) -> Vec<(Option<&'static str>, Subject)> {
    let edition = Edition::of(revision);
    let mut subjects = vec![(None, Subject::AnyResult), (None, Subject::Error), (Some("tools/call"), Subject::Error)];
    for method in edition.methods() {
        let name = || method.name.to_owned();
        if method.from.contains(&Side::Client) && edition.document(&Subject::Result(name())).is_some() {
            subjects.push((Some(method.name), Subject::Result(name())));
        }
        if method.from.contains(&Side::Server) {
            subjects.push((None, Subject::Call(name())));
        }
    }
    subjects
}
