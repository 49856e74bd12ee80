//! What a server may say in a revision, made from our own documents: each message as it should be, and broken.

use mcp_litmus::{
    model::Revision,
    schema::{Edition, Side, Subject, Validators},
};
use serde_json::{Value, json};

use crate::{compile::compile, generate::Generator, mutate::Mutator};

/// How many messages of each kind are broken, and how often each.
const MADE: usize = 60;
const BREAKS: usize = 30;
/// How often to try for a message without any problem.
const TRIES: usize = 20;
/// Where every series of choices begins.
const SEED: u64 = 7;

/// Something that a server says.
pub struct Saying {
    /// The method of the request that it answers, if we have sent one.
    pub asked: Option<&'static str>,
    /// The id of that request.
    pub id: String,
    /// The message.
    pub message: Value,
}

/// Everything that is tried in a revision.
pub fn sayings(revision: Revision) -> Vec<Saying> {
    let mut all = Vec::new();
    for (asked, subject) in subjects(revision) {
        let document = Edition::of(revision).document(&subject).expect("a subject of the revision");
        let plan = compile(&document);
        let (mut generator, mut mutator) = (Generator::new(&plan, SEED), Mutator::new(&plan, SEED));
        for _ in 0..MADE {
            let whole = fitting(revision, &subject, &mut generator);
            let broken: Vec<Value> = (0..BREAKS).map(|_| mutator.mutated(&whole)).collect();
            for mut message in std::iter::once(whole).chain(broken) {
                let id = format!("saying {}", all.len());
                let is_answer = message.get("method").is_none();
                if is_answer && message.get("id").is_some_and(|id| id == MARK) {
                    message["id"] = json!(id);
                }
                all.push(Saying { asked, id, message });
            }
        }
    }
    all
}

/// Stands for the id of the request that a message answers.
const MARK: &str = "the id of the request";

/// A message that is as it should be, or nearly so.
fn fitting(revision: Revision, subject: &Subject, generator: &mut Generator<'_>) -> Value {
    let mut best = None;
    for _ in 0..TRIES {
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
    let mut subjects = vec![(None, Subject::AnyResult), (None, Subject::Error)];
    for method in edition.methods() {
        let name = || method.name.to_owned();
        if method.from.contains(&Side::Client) && edition.document(&Subject::Result(name())).is_some() {
            subjects.push((Some(method.name), Subject::Result(name())));
        }
        if method.from.contains(&Side::Server) {
            subjects.push((None, Subject::Call(name())));
        }
    }
    subjects.push((Some("tools/call"), Subject::Error));
    subjects
}
