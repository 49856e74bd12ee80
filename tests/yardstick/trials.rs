//! The trials of one revision, and how much of everything they try.

use std::{fs, path::Path};

use mcp_litmus::model::Revision;
use serde_json::Value;

use crate::{
    compare::Comparison,
    compile::compile,
    differences,
    generate::Generator,
    mutate::Mutator,
    official::{self, Official},
    ours::Ours,
    parts::place,
    plan::{Place, Plan},
    reach,
    subjects::{self, Subject},
    wire,
};

/// Valid messages.
const MESSAGES: usize = 12_000;
/// Broken messages.
const MUTATED: usize = 120_000;
/// Values of each definition, half of them broken.
const PARTS: usize = 600;
/// Values that are made from our own schema of each definition.
const FROM_OURS: usize = 100;
/// Where every series of choices begins.
pub const SEED: u64 = 20_260_728;

/// The tables of names fit the official files.
pub fn tables(folder: &Path) -> Result<(), String> {
    let mut defined = Vec::new();
    for revision in Revision::ALL {
        let document = official::document(folder, revision);
        let definitions = document[place(&document)].as_object().expect("a document has definitions");
        defined.extend(definitions.keys().map(|name| (revision, name.clone())));
    }
    let stale = subjects::stale(&defined);
    if stale.is_empty() { Ok(()) } else { Err(format!("not in the official files: {stale:?}")) }
}

/// Every definition, member, listed value and branch that a message can have is reached by the messages that are made,
/// every other one by the values of each definition; and the official file takes all of them.
pub fn coverage(folder: &Path, revision: Revision) -> Result<(), String> {
    let (official, plan) = read(folder, revision);
    let messages: Vec<String> =
        subjects::messages(&official, revision).into_iter().map(|subject| subject.official).collect();
    let all: Vec<String> = plan.numbers.keys().cloned().collect();
    for (of, names, count) in [("messages", messages, MESSAGES), ("definitions", all, plan.numbers.len() * PARTS)] {
        let mut generator = Generator::new(&plan, SEED);
        for name in names.iter().cycle().take(count) {
            let value = generator.value(name);
            if !official.is_valid(name, &value) {
                return Err(format!("made an invalid {name}: {value}\n{:?}", official.complaints(name, &value)));
            }
        }
        let wanted = reach::reachable(&plan, names.iter().map(String::as_str));
        let missed: Vec<&Place> =
            wanted.iter().filter(|point| generator.reached[**point] == 0).map(|point| &plan.points[*point]).collect();
        println!("{revision}: {count} values reach {} of {} points of {of}", wanted.len() - missed.len(), wanted.len());
        if !missed.is_empty() {
            return Err(format!("never reached: {missed:?}"));
        }
    }
    Ok(())
}

/// Both sides judge alike.
pub fn verdicts(folder: &Path, revision: Revision) -> Result<(), String> {
    let (official, plan) = read(folder, revision);
    let ours = Ours::new(revision);
    let opinion = |name: &str, value: &Value| ours.complaints(name, value);
    let mut comparison = Comparison::new(revision, &official, &opinion, differences::of(revision));
    for (subject, value) in examples(folder, &official, revision)? {
        comparison.ask(&subject, &value);
    }
    let mut counts = vec![format!("official examples: {}", comparison.tally())];
    for (subject, value) in subjects::shown(&official, revision) {
        comparison.ask(&subject, &value);
    }
    counts.push(format!("examples of differences: {}", comparison.tally()));
    let mut made = Made { generator: Generator::new(&plan, SEED), mutator: Mutator::new(&plan, SEED, 2) };
    let messages = subjects::messages(&official, revision);
    counts.extend(made.ask(&mut comparison, "messages", &messages, [MESSAGES, MUTATED]));
    let parts = subjects::compared(&official, revision);
    counts.extend(made.ask(&mut comparison, "definitions", &parts, [parts.len() * PARTS / 2; 2]));
    counts.push(from_ours(&mut comparison, &ours, &parts)?);
    println!("{revision}:\n    {}{}", counts.join("\n    "), comparison.explained());
    comparison.verdict()?;
    let claimed =
        subjects::without(&official, revision).into_iter().filter(|name| ours.complaints(name, &Value::Null).is_some());
    let claimed: Vec<String> = claimed.collect();
    if claimed.is_empty() { Ok(()) } else { Err(format!("we do have types for {claimed:?}")) }
}

/// What our own schemas describe, the official files take.
fn from_ours(comparison: &mut Comparison, ours: &Ours, subjects: &[Subject]) -> Result<String, String> {
    for subject in subjects {
        let Some(document) = ours.document(&subject.ours) else { continue };
        let plan = compile(&document);
        let mut generator = Generator::new(&plan, SEED);
        let values: Vec<Value> = (0..FROM_OURS).map(|_| generator.value("")).collect();
        let fits =
            |value: &&Value| ours.complaints(&subject.ours, value).is_some_and(|complaints| complaints.is_empty());
        let fitting: Vec<&Value> = values.iter().filter(fits).collect();
        if fitting.len() < FROM_OURS / 2 {
            return Err(format!(
                "most values made from our own schema of {} do not fit it: {}",
                subject.ours, values[0]
            ));
        }
        for value in fitting {
            comparison.ask(subject, value);
        }
    }
    Ok(format!("made from our own schemas: {}", comparison.tally()))
}

/// The two makers of values.
struct Made<'a> {
    generator: Generator<'a>,
    mutator: Mutator,
}

impl Made<'_> {
    /// Ask about valid values and about mutated ones.
    fn ask(&mut self, comparison: &mut Comparison, of: &str, subjects: &[Subject], counts: [usize; 2]) -> [String; 2] {
        let [valid, mutated] = counts;
        for subject in subjects.iter().cycle().take(valid) {
            let value = self.generator.value(&subject.official);
            comparison.ask(subject, &value);
        }
        let told = comparison.tally();
        for subject in subjects.iter().cycle().take(valid) {
            let value = self.generator.value(&subject.official);
            for _ in 0..mutated / valid {
                comparison.ask(subject, &self.mutator.mutated(&value));
            }
        }
        [format!("valid {of}: {told}"), format!("mutated {of}: {}", comparison.tally())]
    }
}

/// The official definitions of a revision, completed, and how to make values of them.
pub fn read(folder: &Path, revision: Revision) -> (Official, Plan) {
    let mut document = official::document(folder, revision);
    wire::complete(&mut document, revision);
    let plan = compile(&document);
    (Official::new(document), plan)
}

/// The examples that the specification publishes, by definition; each of them has to be asked about.
fn examples(folder: &Path, official: &Official, revision: Revision) -> Result<Vec<(Subject, Value)>, String> {
    let compared = subjects::compared(official, revision);
    let folder = folder.join(revision.as_str()).join("examples");
    let mut examples = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let of = entry.unwrap().path();
        let subject = compared.iter().find(|subject| of.ends_with(&subject.official));
        let subject = subject.ok_or_else(|| format!("nobody is asked about {}", of.display()))?;
        for entry in fs::read_dir(of).unwrap() {
            let text = fs::read_to_string(entry.unwrap().path()).unwrap();
            examples.push((subject.clone(), serde_json::from_str(&text).unwrap()));
        }
    }
    Ok(examples)
}
