//! Prompts: plain ones, with arguments, with all kinds of content.

use serde_json::{Value, json};

use super::resources;
use crate::{
    demo::{
        dress::{self, Kind, PIXEL, dress},
        failure::{Answer, Cause, Failure, malformed},
        rpc::Members,
    },
    model::Revision,
};

/// The languages in which `greet` can speak.
pub const LANGUAGES: [&str; 4] = ["English", "French", "German", "Spanish"];
/// The names that are suggested for `greet`.
pub const NAMES: [&str; 5] = ["Ada", "Alan", "Barbara", "Edsger", "Grace"];

/// All prompts.
pub fn listed(revision: Revision, extras: usize) -> Vec<Value> {
    let described = [
        ("simple", "A prompt without arguments", json!([])),
        ("greet", "A greeting", json!([argument("name", true), argument("language", false)])),
        ("note", "A prompt about a note", json!([argument("number", true)])),
        ("picture", "A prompt with a picture", json!([])),
        ("dialogue", "A prompt of several messages", json!([])),
        ("pointer", "A prompt that points to a resource", json!([])),
    ];
    let own = described.into_iter().filter(|(name, ..)| *name != "pointer" || knows_links(revision));
    let own = own.map(|(name, description, arguments)| prompt(name, description, &arguments));
    let added = (1..=extras).map(|number| prompt(&extra(number), "Was added later", &json!([])));
    own.chain(added).map(|prompt| dress(Kind::Prompt, &prompt, revision)).collect()
}

fn knows_links(revision: Revision) -> bool {
    revision >= Revision::V2025_06_18
}

fn argument(name: &str, required: bool) -> Value {
    json!({ "name": name, "title": name, "description": format!("The {name}"), "required": required })
}

fn prompt(name: &str, description: &str, arguments: &Value) -> Value {
    json!({ "name": name, "title": format!("Prompt {name}"), "description": description, "arguments": arguments })
}

/// The name of the latecomer with this number.
pub fn extra(number: usize) -> String {
    format!("extra-{number}")
}

/// The result of `prompts/get`.
pub fn get(params: &Members, revision: Revision, extras: usize) -> Answer {
    let name = params.get("name").and_then(Value::as_str).ok_or_else(|| malformed("name has to be a string"))?;
    let all = listed(revision, extras);
    let prompt = all.iter().find(|prompt| prompt["name"] == name);
    let prompt = prompt.ok_or_else(|| Failure::new(Cause::Prompt, format!("there is no prompt {name:?}")))?;
    let arguments = arguments(prompt, params)?;
    let messages: Vec<_> = messages(name, &arguments)?
        .into_iter()
        .map(|(role, block)| json!({ "role": role, "content": dress::content(&block, revision) }))
        .collect();
    Ok(json!({ "description": prompt["description"], "messages": messages }))
}

/// The arguments given, all of them strings, none that is required missing.
fn arguments(prompt: &Value, params: &Members) -> Result<Members, Failure> {
    let given = match params.get("arguments") {
        None => Members::new(),
        Some(Value::Object(given)) if given.values().all(Value::is_string) => given.clone(),
        Some(_) => return Err(malformed("arguments has to be an object of strings")),
    };
    for argument in prompt["arguments"].as_array().into_iter().flatten() {
        let name = argument["name"].as_str().unwrap_or_default();
        if argument["required"] == true && !given.contains_key(name) {
            return Err(Failure::new(Cause::Prompt, format!("the argument {name:?} is missing")));
        }
    }
    Ok(given)
}

fn messages(name: &str, arguments: &Members) -> Result<Vec<(&'static str, Value)>, Failure> {
    let argument = |name| arguments.get(name).and_then(Value::as_str);
    Ok(match name {
        "greet" => {
            let language = argument("language").unwrap_or("English");
            let whom = argument("name").unwrap_or_default();
            vec![("user", text(&format!("Greet {whom} in {language}.")))]
        }
        "note" => {
            let uri = format!("demo://notes/{}", argument("number").unwrap_or_default());
            vec![("user", text("What does this note say?")), ("user", note(&uri)?)]
        }
        "picture" => {
            let picture = json!({ "type": "image", "data": PIXEL, "mimeType": "image/png" });
            vec![("user", text("What do you see?")), ("user", picture)]
        }
        "dialogue" => vec![("user", text("Knock, knock.")), ("assistant", text("Who is there?"))],
        "pointer" => {
            let link = json!({ "type": "resource_link", "uri": "demo://notes/3", "name": "note-3" });
            vec![("user", link)]
        }
        _ => vec![("user", text("Say something."))],
    })
}

fn text(text: &str) -> Value {
    json!({ "type": "text", "text": text })
}

fn note(uri: &str) -> Result<Value, Failure> {
    let params = Members::from_iter([("uri".to_owned(), json!(uri))]);
    let read = resources::read(&params, 0, 0);
    let read = read.map_err(|_| Failure::new(Cause::Prompt, "number has to be one from 1 to 150"))?;
    Ok(json!({ "type": "resource", "resource": read["contents"][0] }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(params: &Value) -> Answer {
        get(params.as_object().unwrap(), Revision::NEWEST, 1)
    }

    #[test]
    fn arguments_are_used_and_demanded() {
        let greeting = ask(&json!({ "name": "greet", "arguments": { "name": "Ada" } })).unwrap();
        assert_eq!(greeting["messages"][0]["content"]["text"], "Greet Ada in English.");
        for bad in [
            json!({ "name": "greet" }),
            json!({ "name": "greet", "arguments": { "name": 5 } }),
            json!({ "name": "note", "arguments": { "number": "151" } }),
            json!({ "name": "nobody" }),
            json!({}),
        ] {
            let error = ask(&bad).unwrap_err().to_error(Revision::NEWEST);
            assert_eq!(error["code"], -32602, "{bad}");
        }
    }
}
