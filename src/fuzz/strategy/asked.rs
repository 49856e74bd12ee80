//! Arguments of what is no tool: prompts, addresses of resources, completions, and tools that do not exist.

use fastrand::Rng;
use serde_json::{Value, json};

use super::{
    Palette, edit, hostile,
    pick::{Raw, ask, beside_metadata, seldom},
    usual,
};
use crate::fuzz::case::Case;

/// A case about them; about lists if the server has none of them.
pub fn make(palette: &Palette<'_>, rng: &mut Rng) -> Case {
    let ground = palette.ground;
    let made = match rng.u32(..8) {
        0..=2 => usual::prompt(ground, rng),
        3..=5 => usual::read(ground, rng).map(|asked| address(palette, asked, rng)),
        6 => usual::complete(ground, rng),
        _ => None,
    };
    let (method, mut params) = made.unwrap_or_else(|| nobody(palette, rng));
    let raw = edit_at(&mut params, rng);
    Case::new("arguments", vec![ask(0, method, params, raw)])
}

/// A change of one parameter that is no metadata.
fn edit_at(params: &mut Value, rng: &mut Rng) -> Option<Raw> {
    if seldom(rng, 6) {
        return None;
    }
    beside_metadata(params, rng, edit::change)
}

/// Now and then a template with something hostile in its gaps.
fn address(palette: &Palette<'_>, asked: usual::Request, rng: &mut Rng) -> usual::Request {
    let text = hostile::text(rng);
    let made = if rng.bool() { usual::from_template(palette.ground, rng, &text) } else { None };
    let made = made.or_else(|| seldom(rng, 4).then_some(text));
    made.map_or(asked, |uri| ("resources/read", palette.ground.params(json!({ "uri": uri }))))
}

/// Something that the server cannot have.
fn nobody(palette: &Palette<'_>, rng: &mut Rng) -> usual::Request {
    let name = format!("{} nobody", hostile::text(rng));
    let (method, key) = rng
        .choice([("tools/call", "name"), ("prompts/get", "name"), ("resources/read", "uri")])
        .unwrap_or(("tools/call", "name"));
    (method, palette.ground.params(json!({ key: name, "arguments": {} })))
}
