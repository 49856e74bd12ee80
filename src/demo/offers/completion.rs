//! Suggestions for the arguments of prompts and the variables of templates.

use serde_json::{Value, json};

use super::{prompts, resources};
use crate::{
    demo::{
        failure::{Answer, Cause, Failure, malformed},
        rpc::Members,
    },
    model::Revision,
};

/// More than this no answer may hold.
const MOST: usize = 100;

/// The result of `completion/complete`.
pub fn complete(params: &Members, revision: Revision, extras: usize) -> Answer {
    let argument = |member| params.get("argument").and_then(|argument| argument.get(member)).and_then(Value::as_str);
    let name = argument("name").ok_or_else(|| malformed("argument needs a name"))?;
    let value = argument("value").ok_or_else(|| malformed("argument needs a value"))?;
    if params.get("context").is_some_and(|context| !context.is_object()) {
        return Err(malformed("context has to be an object"));
    }
    let reference = params.get("ref").ok_or_else(|| malformed("ref is missing"))?;
    let offered = match (reference["type"].as_str(), reference["name"].as_str(), reference["uri"].as_str()) {
        (Some("ref/prompt"), Some(prompt), _) => for_prompt(prompt, name, revision, extras)?,
        (Some("ref/resource"), _, Some(uri)) => for_template(uri, name, revision)?,
        _ => return Err(malformed("ref has to name a prompt or a resource template")),
    };
    let wanted = value.to_lowercase();
    let fitting: Vec<_> =
        offered.into_iter().filter(|candidate| candidate.to_lowercase().starts_with(&wanted)).collect();
    let shown: Vec<_> = fitting.iter().take(MOST).collect();
    Ok(json!({
        "completion": { "values": shown, "total": fitting.len(), "hasMore": fitting.len() > MOST },
    }))
}

fn for_prompt(prompt: &str, name: &str, revision: Revision, extras: usize) -> Result<Vec<String>, Failure> {
    if !prompts::listed(revision, extras).iter().any(|listed| listed["name"] == prompt) {
        return Err(Failure::new(Cause::Prompt, format!("there is no prompt {prompt:?}")));
    }
    match (prompt, name) {
        ("greet", "name") => Ok(owned(&prompts::NAMES)),
        ("greet", "language") => Ok(owned(&prompts::LANGUAGES)),
        ("note", "number") => Ok(numbers()),
        _ => Err(Failure::new(Cause::Prompt, format!("the prompt has no argument {name:?}"))),
    }
}

fn for_template(uri: &str, name: &str, revision: Revision) -> Result<Vec<String>, Failure> {
    let known = resources::templates(revision).iter().any(|template| template["uriTemplate"] == uri);
    match (known, name) {
        (true, "number") => Ok(numbers()),
        (true, _) => Err(malformed(format!("the template has no variable {name:?}"))),
        (false, _) if resources::exists(uri, 0) => Ok(Vec::new()),
        (false, _) => Err(malformed("there is no such template")),
    }
}

fn owned(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}

fn numbers() -> Vec<String> {
    (1..=resources::NOTES).map(|number| number.to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(reference: &Value, argument: &Value) -> Answer {
        let params = json!({ "ref": reference, "argument": argument, "context": { "arguments": {} } });
        complete(params.as_object().unwrap(), Revision::NEWEST, 0)
    }

    #[test]
    fn suggestions_fit_and_are_never_too_many() {
        let greet = json!({ "type": "ref/prompt", "name": "greet" });
        let names = ask(&greet, &json!({ "name": "name", "value": "a" })).unwrap();
        assert_eq!(names["completion"]["values"], json!(["Ada", "Alan"]));
        let notes = json!({ "type": "ref/resource", "uri": "demo://notes/{number}" });
        let numbers = ask(&notes, &json!({ "name": "number", "value": "" })).unwrap();
        assert_eq!(numbers["completion"]["values"].as_array().unwrap().len(), 100);
        assert_eq!(numbers["completion"]["total"], 150);
        assert!(ask(&greet, &json!({ "name": "shoe-size", "value": "" })).is_err());
        assert!(ask(&json!({ "type": "ref/other" }), &json!({ "name": "a", "value": "" })).is_err());
    }
}
