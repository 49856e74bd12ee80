//! The leaves of made values: texts, numbers, keys and small schemas, plain and odd ones, all of them valid.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use crate::plan::Flavour;

const PLAIN: [&str; 14] = [
    "",
    "a",
    "litmus",
    "two words",
    "Grüße, 世界",
    "🧪",
    "line\nbreak",
    "tab\t\"quoted\" \\ slash/",
    "0",
    "null",
    " ",
    "\u{202e}right to left",
    "\u{0}\u{7f}",
    "a text that is a good deal longer than the others, so that it wraps",
];
const URIS: [&str; 7] = [
    "https://example.com/a?b=c#d",
    "file:///home/user/notes.txt",
    "urn:isbn:0451450523",
    "custom+scheme://host:8080/%20",
    "http://[2001:db8::7]/c=GB",
    "mailto:someone@example.com",
    "a:b",
];
const FILE_URIS: [&str; 2] = ["file:///home/user/project", "file:///C:/work%20space"];
const ICON_URIS: [&str; 2] = ["https://example.com/icon.png", "data:image/png;base64,iVBORw0KGgo="];
const TEMPLATES: [&str; 5] = [
    "file:///{path}",
    "https://example.com/{+rest}{?q,page*}",
    "plain:no-expression",
    "x:{/list:3}",
    "db://{table}/{id}",
];
const BASE64: [&str; 5] = ["", "YQ==", "aGVsbG8=", "iVBORw0KGgo=", "+/+/"];
const MOMENTS: [&str; 3] = ["2026-07-28T09:30:00Z", "2025-01-12T15:00:58.123Z", "2024-02-29T23:59:59+02:00"];
const MIME_TYPES: [&str; 4] = ["text/plain", "application/vnd.example+json", "image/png", "text/html; charset=utf-8"];
const ICON_SIZES: [&str; 3] = ["48x48", "any", "96x96"];
const DIALECTS: [&str; 2] = ["https://json-schema.org/draft/2020-12/schema", "http://json-schema.org/draft-07/schema#"];
const VERSIONS: [&str; 3] = ["2026-07-28", "2025-11-25", "2024-11-05"];
const WORDS: [&str; 8] = ["alpha", "beta", "city", "days", "unit", "x", "naïve", "with space"];
const STRAYS: [&str; 5] = ["x-litmus", "vendorData", "extra", "_private", "näme"];
const META_KEYS: [&str; 6] =
    ["com.example/key", "example.org/a-b_c.d", "key", "org.litmus.deep.prefix/1", "io.github.litmus/x", "com.example/"];
const EXTENSIONS: [&str; 3] = ["com.example/key", "io.modelcontextprotocol/ui", "org.litmus.deep.prefix/1"];
const INTEGERS: [i64; 10] = [0, 1, -1, 2, 7, 42, 100, 1000, 2_147_483_648, 9_007_199_254_740_991];
const NUMBERS: [f64; 8] = [0.5, -0.25, 1.5, 0.1, 1e-7, 99.99, 1e21, -273.15];

/// A text of a flavour.
pub fn text(rng: &mut Rng, flavour: Flavour) -> String {
    let choices: &[&str] = match flavour {
        Flavour::Plain => &PLAIN,
        Flavour::Uri => &URIS,
        Flavour::FileUri => &FILE_URIS,
        Flavour::IconUri => &ICON_URIS,
        Flavour::Template => &TEMPLATES,
        Flavour::Base64 => &BASE64,
        Flavour::Moment => &MOMENTS,
        Flavour::MimeType => &MIME_TYPES,
        Flavour::IconSize => &ICON_SIZES,
        Flavour::Dialect => &DIALECTS,
        Flavour::Version => &VERSIONS,
        Flavour::Complete => &["complete"],
        Flavour::InputRequired => &["input_required"],
    };
    one(rng, choices)
}

/// A number within bounds.
pub fn number(rng: &mut Rng, whole: bool, least: Option<f64>, most: Option<f64>) -> Value {
    let (low, high) = (least.unwrap_or(f64::NEG_INFINITY), most.unwrap_or(f64::INFINITY));
    for _ in 0..16 {
        let value = match rng.usize(..8) {
            // A whole number is one whatever its notation.
            0 => json!(300_000.0),
            1..=3 if !whole => json!(NUMBERS[rng.usize(..NUMBERS.len())]),
            _ => json!(INTEGERS[rng.usize(..INTEGERS.len())]),
        };
        if value.as_f64().is_some_and(|value| (low..=high).contains(&value)) {
            return value;
        }
    }
    least.or(most).map_or(json!(0), |bound| json!(bound))
}

/// Any JSON value at all.
pub fn anything(rng: &mut Rng, depth: usize) -> Value {
    match rng.usize(..if depth == 0 { 5 } else { 7 }) {
        0 => Value::Null,
        1 => json!(rng.bool()),
        2 => number(rng, false, None, None),
        3 | 4 => Value::String(text(rng, Flavour::Plain)),
        5 => (0..rng.usize(..3)).map(|_| anything(rng, depth - 1)).collect(),
        _ => Value::Object((0..rng.usize(..3)).map(|_| (word(rng), anything(rng, depth - 1))).collect()),
    }
}

/// A name that is a key of a map.
pub fn word(rng: &mut Rng) -> String {
    one(rng, &WORDS)
}

/// Different names.
pub fn names(rng: &mut Rng) -> Value {
    let from = rng.usize(..WORDS.len());
    WORDS[from..].iter().take(rng.usize(..3)).copied().collect()
}

/// A name that no message knows.
pub fn stray(rng: &mut Rng) -> String {
    one(rng, &STRAYS)
}

/// A key of metadata.
pub fn meta_key(rng: &mut Rng) -> String {
    one(rng, &META_KEYS)
}

/// An identifier of an extension.
pub fn extension(rng: &mut Rng) -> String {
    one(rng, &EXTENSIONS)
}

/// A small JSON Schema.
pub fn subschema(rng: &mut Rng, depth: usize) -> Value {
    match rng.usize(..if depth == 0 { 5 } else { 7 }) {
        0 => json!({ "type": "string", "description": text(rng, Flavour::Plain) }),
        1 => json!({ "type": "integer", "minimum": 0, "maximum": 10 }),
        2 => json!({ "enum": ["C", "F"] }),
        3 => json!({}),
        4 => json!({ "type": ["number", "null"], "default": 1.5 }),
        5 => json!({ "type": "array", "items": subschema(rng, depth - 1) }),
        _ => json!({ "type": "object", "properties": { "inner": subschema(rng, depth - 1) }, "required": ["inner"] }),
    }
}

/// More keywords for a schema of an object.
pub fn keywords(rng: &mut Rng, schema: &mut Map<String, Value>) {
    if rng.bool() && !schema.contains_key("properties") {
        schema.insert("properties".to_owned(), json!({ "city": subschema(rng, 2), "days": subschema(rng, 1) }));
    }
    match rng.usize(..6) {
        0 => schema.insert("additionalProperties".to_owned(), json!(false)),
        1 => schema.insert("description".to_owned(), json!("what goes in")),
        2 => schema.insert("$defs".to_owned(), json!({ "place": subschema(rng, 1) })),
        3 => schema.insert("minProperties".to_owned(), json!(1)),
        _ => None,
    };
}

fn one(rng: &mut Rng, choices: &[&str]) -> String {
    choices[rng.usize(..choices.len())].to_owned()
}
