//! What a part of a message is about, told from its name: the official files say `string` or `object` where the text
//! asks for a date, a MIME type or a JSON Schema, and a value that is meant to be valid has to heed the text.

use serde_json::{Map, Value};

use crate::plan::{Extras, Flavour, Node, Object};

type Part = (String, Map<String, Value>);

/// What a text is about.
pub fn of(parts: &[Part]) -> Flavour {
    let format = parts.iter().find_map(|(_, schema)| schema.get("format")?.as_str());
    parts.iter().find_map(|(place, _)| by_place(place)).or(format.and_then(by_format)).unwrap_or(Flavour::Plain)
}

fn by_format(format: &str) -> Option<Flavour> {
    match format {
        "uri" => Some(Flavour::Uri),
        "uri-template" => Some(Flavour::Template),
        "byte" => Some(Flavour::Base64),
        _ => None,
    }
}

fn by_place(place: &str) -> Option<Flavour> {
    let flavour = match place.rsplit_once('/').map_or(place, |(_, name)| name) {
        "lastModified" | "createdAt" | "lastUpdatedAt" => Flavour::Moment,
        "mimeType" => Flavour::MimeType,
        "sizes[]" => Flavour::IconSize,
        "src" => Flavour::IconUri,
        "$schema" => Flavour::Dialect,
        "resourceSubscriptions[]" => Flavour::Uri,
        "protocolVersion" | "supportedVersions[]" | "supported[]" => Flavour::Version,
        "resultType" if place.starts_with("InputRequiredResult") => Flavour::InputRequired,
        "resultType" => Flavour::Complete,
        "uri" if place == "Root/uri" => Flavour::FileUri,
        _ if place == "ResultType" => Flavour::Complete,
        _ => return None,
    };
    Some(flavour)
}

/// Whether an object is metadata.
pub fn is_meta(parts: &[Part]) -> bool {
    parts.iter().any(|(place, _)| place.ends_with("/_meta") || place.ends_with("MetaObject"))
}

/// Whether an object holds the settings of extensions.
pub fn is_extensions(parts: &[Part]) -> bool {
    parts.iter().any(|(place, _)| place.ends_with("/extensions"))
}

/// Whether an object is a JSON Schema that a server publishes.
pub fn is_schema(parts: &[Part]) -> bool {
    parts.iter().any(|(place, _)| place.ends_with("/inputSchema") || place.ends_with("/outputSchema"))
}

/// How a member of such a schema is made, where its keyword asks for more than the official files say.
pub fn keyword(parts: &[Part]) -> Option<Node> {
    let (_, name) = parts.iter().find(|(place, _)| is_schema(&[parent(place)]))?.0.rsplit_once('/')?;
    match name {
        "properties" => {
            let extras = Extras::Map(Node::Subschema);
            Some(Node::Object(Box::new(Object { passes: Vec::new(), members: Vec::new(), extras })))
        }
        "required" => Some(Node::Names),
        _ => None,
    }
}

fn parent(place: &str) -> Part {
    (place.rsplit_once('/').map_or(place, |(parent, _)| parent).to_owned(), Map::new())
}
