//! The explanations measured: they do not explain away what is plainly wrong.

use std::path::Path;

use mcp_litmus::model::Revision;
use serde_json::Value;

use crate::{
    compare::{Comparison, Tally},
    differences,
    generate::Generator,
    mutate::Mutator,
    official::Complaint,
    subjects,
    trials::{SEED, read},
};

/// How many values each wrong opinion is asked about.
const ASKED: usize = 6_000;

/// An opinion that takes every value is found out nearly every time that it is wrong, and one that refuses valid values
/// for a reason of its own is so each time.
pub fn differences(folder: &Path, revision: Revision) -> Result<(), String> {
    let generous = tally(folder, revision, &|_, _| Some(Vec::new()), true);
    let strict = tally(folder, revision, &|_, value| Some(vec![complaint(value)]), false);
    println!("{revision}: of an opinion that takes everything, {generous}; of one that refuses everything, {strict}");
    if generous.unexplained < ASKED / 3 || generous.explained * 20 > generous.unexplained {
        return Err(format!("too much is explained of an opinion that takes everything: {generous}"));
    }
    if strict.unexplained < ASKED || strict.explained > 0 {
        return Err(format!("something is explained of an opinion that refuses everything: {strict}"));
    }
    Ok(())
}

fn tally(
    folder: &Path,
    revision: Revision,
    opinion: &dyn Fn(&str, &Value) -> Option<Vec<Complaint>>,
    broken: bool,
) -> Tally {
    let (official, plan) = read(folder, revision);
    let (mut generator, mut mutator) = (Generator::new(&plan, SEED), Mutator::new(&plan, SEED, 2));
    let mut comparison = Comparison::new(revision, &official, opinion, differences::of(revision));
    for subject in subjects::compared(&official, revision).iter().cycle().take(ASKED) {
        let value = generator.value(&subject.official);
        comparison.ask(subject, &if broken { mutator.mutated(&value) } else { value });
    }
    comparison.tally()
}

/// A complaint about some part of a value, by a rule that no explanation is about.
fn complaint(value: &Value) -> Complaint {
    let mut all = Vec::new();
    pointers(value, "", &mut all);
    let pointer = all.swap_remove(value.to_string().len() % all.len());
    Complaint { pointer, rule: "ServerCapabilities".to_owned(), text: "no".to_owned() }
}

fn pointers(value: &Value, pointer: &str, all: &mut Vec<String>) {
    all.push(pointer.to_owned());
    match value {
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                pointers(item, &format!("{pointer}/{number}"), all);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                pointers(member, &format!("{pointer}/{name}"), all);
            }
        }
        _ => {}
    }
}
