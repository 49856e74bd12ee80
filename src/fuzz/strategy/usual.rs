//! Requests as a host would send them: what the strategies begin with before they break something.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::{hostile, pick::seldom};
use crate::fuzz::ground::{Ground, Tool};

/// A method and its parameters.
pub type Request = (&'static str, Value);

/// Any request for which the server gives an occasion.
pub fn any(ground: &Ground, rng: &mut Rng) -> Request {
    let made = match rng.u32(..10) {
        0..=3 => call(ground, rng),
        4 => read(ground, rng),
        5 => prompt(ground, rng),
        6 => complete(ground, rng),
        7..=8 => Some(list(ground, rng)),
        _ => None,
    };
    made.unwrap_or_else(|| sentinel(ground))
}

/// The request that every server answers at once.
pub fn sentinel(ground: &Ground) -> Request {
    let (method, params) = ground.sentinel();
    (method, params.unwrap_or_else(|| json!({})))
}

/// A request for a list that the server has.
pub fn list(ground: &Ground, rng: &mut Rng) -> Request {
    let lists = [
        ("tools", "tools/list"),
        ("prompts", "prompts/list"),
        ("resources", "resources/list"),
        ("resources", "resources/templates/list"),
    ];
    let had: Vec<&str> =
        lists.iter().filter(|(has, _)| ground.capabilities.get(has).is_some()).map(|(_, m)| *m).collect();
    (rng.choice(had).unwrap_or("tools/list"), ground.params(json!({})))
}

/// A call of a tool with arguments that it should accept.
pub fn call(ground: &Ground, rng: &mut Rng) -> Option<Request> {
    let tool = rng.choice(&ground.tools)?;
    Some(calling(ground, tool, &arguments(tool, rng)))
}

/// A call of this tool.
pub fn calling(ground: &Ground, tool: &Tool, arguments: &Value) -> Request {
    ("tools/call", ground.params(json!({ "name": tool.name, "arguments": arguments })))
}

/// Arguments that a tool should accept.
pub fn arguments(tool: &Tool, rng: &mut Rng) -> Value {
    let given = tool.arguments.as_ref().filter(|_| seldom(rng, 3)).cloned();
    let size = rng.usize(..12);
    let made = given.or_else(|| tool.maker.as_ref().and_then(|maker| maker.valid(rng, size)));
    made.or_else(|| tool.arguments.clone()).unwrap_or_else(|| json!({}))
}

/// A prompt with all of its arguments.
pub fn prompt(ground: &Ground, rng: &mut Rng) -> Option<Request> {
    let prompt = rng.choice(&ground.prompts)?;
    let names = argument_names(prompt);
    let arguments: Map<String, Value> = names.into_iter().map(|name| (name.to_owned(), json!("a"))).collect();
    Some(("prompts/get", ground.params(json!({ "name": prompt.get("name"), "arguments": arguments }))))
}

/// What the arguments of a prompt are called.
pub fn argument_names(prompt: &Value) -> Vec<&str> {
    let listed = prompt.get("arguments").and_then(Value::as_array);
    listed.into_iter().flatten().filter_map(|argument| argument.get("name")?.as_str()).collect()
}

/// A resource that is listed, or one of a template.
pub fn read(ground: &Ground, rng: &mut Rng) -> Option<Request> {
    let uri = if rng.bool() { listed(ground, rng) } else { None };
    let uri = uri.or_else(|| from_template(ground, rng, "1")).or_else(|| listed(ground, rng))?;
    Some(("resources/read", ground.params(json!({ "uri": uri }))))
}

/// The address of a resource that is listed.
pub fn listed(ground: &Ground, rng: &mut Rng) -> Option<String> {
    rng.choice(&ground.resources)?.get("uri")?.as_str().map(str::to_owned)
}

/// An address made from a template.
pub fn from_template(ground: &Ground, rng: &mut Rng, word: &str) -> Option<String> {
    Some(fill(rng.choice(&ground.templates)?.get("uriTemplate")?.as_str()?, word))
}

/// A template with a word in each of its gaps.
pub fn fill(template: &str, word: &str) -> String {
    let mut parts = template.split('{');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        filled.push_str(word);
        filled.push_str(part.split_once('}').map_or("", |(_, behind)| behind));
    }
    filled
}

/// A completion for an argument of a prompt or of a template.
pub fn complete(ground: &Ground, rng: &mut Rng) -> Option<Request> {
    let prompt = rng.choice(&ground.prompts);
    let template = rng.choice(&ground.templates).and_then(|template| template.get("uriTemplate")?.as_str());
    let (reference, name) = match (prompt, template) {
        (Some(prompt), template) if template.is_none() || rng.bool() => {
            let name = rng.choice(argument_names(prompt)).unwrap_or("name");
            (json!({ "type": "ref/prompt", "name": prompt.get("name") }), name)
        }
        (_, Some(template)) => {
            let gap = template.split(['{', '}']).nth(1).unwrap_or("id");
            (json!({ "type": "ref/resource", "uri": template }), gap.trim_start_matches(['?', '&', '/', '+', '#']))
        }
        _ => return None,
    };
    let value = if rng.bool() { String::new() } else { hostile::text(rng) };
    let params = json!({ "ref": reference, "argument": { "name": name, "value": value } });
    Some(("completion/complete", ground.params(params)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_filled() {
        assert_eq!(fill("demo://{kind}/{id}", "7"), "demo://7/7");
        assert_eq!(fill("demo://x", "7"), "demo://x");
        assert_eq!(fill("demo://{x", "7"), "demo://7");
    }
}
