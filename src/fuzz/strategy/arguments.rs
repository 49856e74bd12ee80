//! **Arguments.** Tools believe that their arguments are what their schemas say, or that somebody else has checked. Sends what is
//! valid, on the border, just over it, and valid but for one value: of another type, missing, too many, or hostile.

use fastrand::Rng;
use serde_json::{Value, json};

use super::{
    Palette, asked, edit,
    pick::{Raw, ask, here, seldom},
    retype, usual,
};
use crate::fuzz::{case::Case, ground::Tool};

/// A case of this strategy.
pub fn make(palette: &Palette<'_>, rng: &mut Rng) -> Case {
    let tool = if seldom(rng, 8) { None } else { rng.choice(&palette.ground.tools) };
    let Some(tool) = tool else { return asked::make(palette, rng) };
    let ((method, params), raw) = call(palette, tool, rng);
    Case::new("arguments", vec![ask(0, method, params, raw)])
}

/// A call of a tool with something to swallow.
fn call(palette: &Palette<'_>, tool: &Tool, rng: &mut Rng) -> (usual::Request, Option<Raw>) {
    let (arguments, raw) = match rng.u32(..20) {
        0..=2 => (usual::arguments(tool, rng), None),
        3..=5 => (tool.maker.as_ref().and_then(|maker| maker.border(rng)).unwrap_or_else(|| json!({})), None),
        6..=8 => (broken(tool, rng), None),
        9 => return whole(palette, tool, rng),
        _ => edited(tool, rng),
    };
    (usual::calling(palette.ground, tool, &arguments), raw)
}

fn broken(tool: &Tool, rng: &mut Rng) -> Value {
    let made = tool.maker.as_ref().and_then(|maker| maker.broken(rng));
    made.map_or_else(|| usual::arguments(tool, rng), |broken| broken.value)
}

/// Valid arguments with one change or two.
fn edited(tool: &Tool, rng: &mut Rng) -> (Value, Option<Raw>) {
    let mut arguments = usual::arguments(tool, rng);
    if seldom(rng, 3) {
        offer(&mut arguments, tool, rng);
    }
    let mut raw = edit::change(&mut arguments, rng);
    if raw.is_none() && seldom(rng, 4) {
        raw = edit::change(&mut arguments, rng);
    }
    (arguments, raw)
}

/// An argument that the schema has and that is usually left out.
fn offer(arguments: &mut Value, tool: &Tool, rng: &mut Rng) {
    let properties = tool.definition.pointer("/inputSchema/properties").and_then(Value::as_object);
    let chosen = properties.and_then(|all| rng.choice(all.keys().collect::<Vec<_>>()));
    if let (Some(name), Some(members)) = (chosen, arguments.as_object_mut()) {
        members.insert(name.clone(), retype::any(rng));
    }
}

/// Something else than an object of arguments, or nothing.
fn whole(palette: &Palette<'_>, tool: &Tool, rng: &mut Rng) -> (usual::Request, Option<Raw>) {
    let (method, mut params) = usual::calling(palette.ground, tool, &json!({}));
    let Some(members) = params.as_object_mut() else { return ((method, params), None) };
    let mut raw = None;
    match rng.u32(..4) {
        0 => {
            members.shift_remove("arguments");
        }
        1 => {
            members.insert("arguments".to_owned(), here());
            raw = Some(retype::nested(rng));
        }
        _ => {
            let items =
                [json!(null), json!([]), json!("{}"), json!(""), json!(1), json!(true), json!([{}]), json!("text")];
            members.insert("arguments".to_owned(), rng.choice(items).unwrap_or_default());
        }
    }
    ((method, params), raw)
}
