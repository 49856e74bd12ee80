//! The yardstick measured: it finds what it has to find, and reads what our documents say. Needs no official file.

use mcp_litmus::model::Revision;
use serde_json::{Value, json};

use crate::{
    compare::Comparison,
    compile::compile,
    differences::{Difference, Refuses},
    generate::Generator,
    mutate::Mutator,
    official::{Complaint, Official},
    plan::Place,
    subjects::Subject,
};

const SOMETIMES: Difference = Difference {
    name: "no fractions",
    revisions: ">=2024-11-05",
    refuses: Refuses::They,
    because: "the text says number",
    examples: &[],
    explains: |case, complaint| case.subject.ours == "Count" && case.at(complaint).is_some_and(Value::is_f64),
};

/// A wrong opinion is found, whichever way it is wrong; an explained one is not, unless it never comes up.
pub fn sees_wrong_opinions() -> Result<(), String> {
    let wrong = [
        ("takes everything", judged(&|_, _| Some(Vec::new()), None)),
        ("refuses everything", judged(&|_, _| Some(vec![complaint()]), None)),
        ("knows nothing", judged(&|_, _| None, None)),
        ("explains too much", judged(&exact, Some(&SOMETIMES))),
        ("explains too little", judged(&|_, value| generous(value), None)),
    ];
    for (name, verdict) in wrong {
        if verdict.is_ok() {
            return Err(format!("an opinion that {name} passed"));
        }
    }
    judged(&exact, None)?;
    judged(&|_, value| generous(value), Some(&SOMETIMES))
}

/// What an opinion is worth beside a small schema.
fn judged(
    opinion: &dyn Fn(&str, &Value) -> Option<Vec<Complaint>>,
    difference: Option<&'static Difference>,
) -> Result<(), String> {
    let document = json!({ "$defs": { "Count": { "type": "integer" } } });
    let official = Official::new(document);
    let mut comparison = Comparison::new(Revision::NEWEST, &official, opinion, difference);
    let subject = Subject { official: "Count".to_owned(), ours: "Count".to_owned() };
    for value in [json!(1), json!(1.5), json!("1")] {
        comparison.ask(&subject, &value);
    }
    comparison.verdict()
}

#[allow(clippy::unnecessary_wraps, reason = "an opinion may be that there is no such type")]
fn exact(_: &str, value: &Value) -> Option<Vec<Complaint>> {
    Some(if value.is_i64() { Vec::new() } else { vec![complaint()] })
}

#[allow(clippy::unnecessary_wraps, reason = "an opinion may be that there is no such type")]
fn generous(value: &Value) -> Option<Vec<Complaint>> {
    Some(if value.is_number() { Vec::new() } else { vec![complaint()] })
}

fn complaint() -> Complaint {
    Complaint { pointer: String::new(), rule: "type".to_owned(), text: "no".to_owned() }
}

/// Values are made for every case of a conditional, and fit; most mutations of them do not.
pub fn makes_values_for_conditionals() -> Result<(), String> {
    let document = conditionals();
    let validator = jsonschema::validator_for(&document).map_err(|error| error.to_string())?;
    let plan = compile(&document);
    let (mut generator, mut mutator) = (Generator::new(&plan, 1), Mutator::new(&plan, 1, 2));
    let mut broken = 0;
    for _ in 0..1000 {
        let value = generator.value("");
        if let Some(error) = validator.iter_errors(&value).next() {
            return Err(format!("made {value}: {error}"));
        }
        broken += usize::from(!validator.is_valid(&mutator.mutated(&value)));
    }
    let branches = plan.points.iter().zip(&generator.reached).filter(|(place, _)| matches!(place, Place::Branch(_)));
    let missed: Vec<_> = branches.filter(|(_, count)| **count == 0).collect();
    match broken {
        _ if !missed.is_empty() => Err(format!("never reached: {missed:?}")),
        500.. => Ok(()),
        _ => Err(format!("only {broken} of 1000 mutations broke anything")),
    }
}

/// A tag that has to be known, a tag that may be absent, a member that tells, one or many.
fn conditionals() -> Value {
    let tagged = |tag: &str, word: &str| json!({ "type": "object", "required": [tag], "properties": { tag: { "const": word } } });
    let object = |member: &str, kind: &str| json!({ "type": "object", "required": [member], "properties": { member: { "type": kind } } });
    json!({
        "type": "object",
        "required": ["block", "mode"],
        "properties": {
            "block": { "if": { "type": "array" }, "then": { "items": { "$ref": "#/$defs/Block" } }, "else": { "$ref": "#/$defs/Block" } },
            "mode": { "if": tagged("mode", "url"), "then": object("url", "string"), "else": {
                "if": { "required": ["mode"] }, "then": { "properties": { "mode": { "const": "form" } } }, "else": { "$ref": "#/$defs/Form" } } },
            "size": { "type": ["number", "null"], "multipleOf": 1 },
        },
        "$defs": {
            "Block": {
                "type": "object", "required": ["type"], "properties": { "type": { "enum": ["text", "image"] } },
                "if": { "type": "object", "required": ["type"], "properties": { "type": { "enum": ["text", "image"] } } },
                "then": { "allOf": [
                    { "if": { "properties": { "type": { "const": "text" } } }, "then": object("text", "string") },
                    { "if": { "properties": { "type": { "const": "image" } } }, "then": { "$ref": "#/$defs/Image" } },
                ] },
            },
            "Image": {
                "if": { "type": "object", "required": ["data"] }, "then": object("data", "string"),
                "else": { "type": "object", "properties": { "mode": {} }, "anyOf": [{ "required": ["uri"] }, { "required": ["data"] }] },
            },
            "Form": { "type": "object", "properties": { "mode": { "const": "form" } }, "propertyNames": { "maxLength": 80 }, "x-own": true },
        },
    })
}
