//! **Echo.** A server tells what it knows: names, addresses, words in its errors, results. Gives them back to it where they might
//! fit: what checks find in no schema is often said by the server itself, one error at a time.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::{
    Palette, edit, numbers,
    pick::{ask, beside_metadata, pick, seldom},
    retype, usual,
};
use crate::fuzz::{case::Case, frame::Frame};

/// A case of this strategy.
pub fn make(palette: &Palette<'_>, rng: &mut Rng) -> Option<Case> {
    if palette.words.is_empty() {
        return None;
    }
    let frames = match rng.u32(..10) {
        0..=4 => told(palette, rng).or_else(|| other(palette, rng)),
        5..=6 => varied(palette, rng).or_else(|| told(palette, rng)),
        _ => other(palette, rng).or_else(|| told(palette, rng)),
    }?;
    Some(Case::new("echo", frames))
}

/// A call with words in its arguments, or as their names.
fn told(palette: &Palette<'_>, rng: &mut Rng) -> Option<Vec<Frame>> {
    let tool = rng.choice(&palette.ground.tools)?;
    let mut arguments = usual::arguments(tool, rng);
    for _ in 0..rng.usize(1..4) {
        give(&mut arguments, palette, rng);
    }
    let (method, params) = usual::calling(palette.ground, tool, &arguments);
    Some(vec![Frame::ask(0, method, Some(params))])
}

/// One word somewhere in a value.
fn give(value: &mut Value, palette: &Palette<'_>, rng: &mut Rng) {
    let name = word(palette, rng);
    let said = worth(palette, rng);
    match value {
        Value::Object(members) if members.is_empty() || seldom(rng, 3) => {
            members.insert(name, said);
        }
        _ if seldom(rng, 4) => {
            if let Some(Value::Object(members)) = edit::somewhere(value, rng) {
                members.insert(name, said);
            }
        }
        _ => {
            if let Some(leaf) = leaf(value, rng) {
                *leaf = if leaf.is_string() { json!(phrase(palette, rng)) } else { said };
            }
        }
    }
}

/// A value with nothing inside; the names of texts decide a little.
fn leaf<'a>(value: &'a mut Value, rng: &mut Rng) -> Option<&'a mut Value> {
    let all = edit::count(value);
    let tries: Vec<usize> = (0..6).map(|_| rng.usize(..all)).collect();
    let found = tries.into_iter().find(|place| edit::at(value, *place).is_some_and(|node| !node.is_object()))?;
    edit::at(value, found)
}

fn word(palette: &Palette<'_>, rng: &mut Rng) -> String {
    palette.words.word(rng).unwrap_or("id").to_owned()
}

/// A word, or two of them, or almost one.
fn phrase(palette: &Palette<'_>, rng: &mut Rng) -> String {
    let first = word(palette, rng);
    match rng.u32(..12) {
        0 => format!("{first}{}{}", pick(rng, &[" ", ":", "/", ",", "-", "=", "."]), word(palette, rng)),
        1 => first.to_uppercase(),
        2 => format!("{first}{}", rng.u32(..10)),
        3 => first.chars().skip(1).collect(),
        _ => first,
    }
}

/// What might be wanted under a name: a word, a number, or anything.
fn worth(palette: &Palette<'_>, rng: &mut Rng) -> Value {
    match rng.u32(..10) {
        0..=3 => json!(phrase(palette, rng)),
        4..=6 => json!(numbers::integer(rng)),
        7 => word(palette, rng).parse::<i64>().map_or(json!(true), |number| json!(number)),
        8 => json!(rng.bool()),
        _ => retype::any(rng),
    }
}

/// A case that showed something new, with a word in it.
fn varied(palette: &Palette<'_>, rng: &mut Rng) -> Option<Vec<Frame>> {
    let case = rng.choice(palette.corpus).filter(|case| case.frames.len() <= 60 && case.size() < 1 << 16)?;
    let mut frames = case.frames.clone();
    let frame = rng.choice(frames.iter_mut())?;
    let mut message = frame.message()?;
    let params = message.get_mut("params")?;
    let target = params.get("arguments").is_some();
    beside_metadata(params, rng, |params, rng| {
        let part = if target { params.get_mut("arguments")? } else { params };
        give(part, palette, rng);
        Some(())
    })?;
    *frame = Frame { then: frame.then, ..Frame::say(&message) };
    Some(frames)
}

/// Words for prompts, addresses and completions.
fn other(palette: &Palette<'_>, rng: &mut Rng) -> Option<Vec<Frame>> {
    let ground = palette.ground;
    let said = phrase(palette, rng);
    let (method, params) = match rng.u32(..5) {
        0 => {
            let prompt = rng.choice(&ground.prompts)?;
            let names = usual::argument_names(prompt).into_iter().map(str::to_owned);
            let mut arguments: Map<String, Value> = names.map(|name| (name, json!(phrase(palette, rng)))).collect();
            if seldom(rng, 4) {
                arguments.insert(word(palette, rng), json!(said));
            }
            ("prompts/get", json!({ "name": prompt.get("name"), "arguments": arguments }))
        }
        1 => ("resources/read", json!({ "uri": usual::from_template(ground, rng, &said)? })),
        2 => ("resources/read", json!({ "uri": usual::listed(ground, rng).map_or(said.clone(), |uri| uri + &said) })),
        3 => {
            let (method, mut params) = usual::complete(ground, rng)?;
            params["argument"]["value"] = json!(said);
            (method, params)
        }
        _ => ("resources/read", json!({ "uri": said })),
    };
    Some(vec![ask(0, method, ground.params(params), None)])
}
