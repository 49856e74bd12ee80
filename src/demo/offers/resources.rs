//! Resources: notes, pictures, a counter that changes.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::{
    demo::{
        dress::{Kind, PIXEL, dress},
        failure::{Answer, Cause, Failure, malformed},
        rpc::Members,
    },
    model::Revision,
};

/// How many notes can be read; the first of them are listed.
pub const NOTES: usize = 150;
const LISTED: usize = 8;
/// The resource that changes.
pub const COUNTER: &str = "demo://counter";
const MODIFIED: &str = "2025-01-12T15:00:58Z";

/// The text of a note.
pub fn note(number: usize) -> String {
    format!("This is note {number} of {NOTES}.")
}

/// All resources that are listed.
pub fn listed(revision: Revision, extras: usize) -> Vec<Value> {
    let notes =
        (1..=LISTED).map(|number| text(&format!("demo://notes/{number}"), &format!("note-{number}"), &note(number)));
    let blobs = [
        json!({ "uri": "demo://pixel.png", "name": "pixel", "mimeType": "image/png", "title": "A pixel" }),
        json!({ "uri": "demo://bytes.bin", "name": "bytes", "mimeType": "application/octet-stream", "size": 256 }),
    ];
    let counter = json!({ "uri": COUNTER, "name": "counter", "mimeType": "application/json", "title": "A counter" });
    let empty = text("demo://empty", "empty", "");
    let added = (1..=extras).map(|number| text(&extra(number), &format!("extra-{number}"), "added later"));
    let all = notes.chain(blobs).chain([counter, empty]).chain(added);
    all.map(|resource| dress(Kind::Resource, &resource, revision)).collect()
}

fn text(uri: &str, name: &str, text: &str) -> Value {
    json!({
        "uri": uri,
        "name": name,
        "title": format!("The resource {name}"),
        "description": "A short text",
        "mimeType": "text/plain",
        "size": text.len(),
        "annotations": { "audience": ["assistant"], "priority": 0.2, "lastModified": MODIFIED },
    })
}

/// The address of the latecomer with this number.
pub fn extra(number: usize) -> String {
    format!("demo://extra/{number}")
}

/// All templates.
pub fn templates(revision: Revision) -> Vec<Value> {
    let all = ["notes", "squares", "cubes", "roman", "words", "shouts"].map(|name| {
        json!({
            "uriTemplate": format!("demo://{name}/{{number}}"),
            "name": name,
            "title": format!("The family of {name}"),
            "description": "A text for each number from 1 to 150",
            "mimeType": "text/plain",
        })
    });
    all.iter().map(|template| dress(Kind::Resource, template, revision)).collect()
}

/// The result of `resources/read`.
pub fn read(params: &Members, extras: usize, counter: usize) -> Answer {
    let uri = address(params)?;
    let contents = contents(uri, extras, counter).ok_or_else(|| missing(uri))?;
    Ok(json!({ "contents": [contents] }))
}

/// The address in the params. What is no URI names nothing.
pub fn address(params: &Members) -> Result<&str, Failure> {
    let uri = params.get("uri").and_then(Value::as_str).ok_or_else(|| malformed("uri has to be a string"))?;
    let scheme = uri.split_once(':').map_or("", |(scheme, _)| scheme);
    let valid = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        && uri.chars().all(|c| c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c));
    if valid { Ok(uri) } else { Err(malformed("uri has to be a URI with a scheme")) }
}

/// The failure of a request for a resource that is not there.
pub fn missing(uri: &str) -> Failure {
    Failure::new(Cause::Resource, "there is no such resource").with(json!({ "uri": uri }))
}

/// Whether there is such a resource.
pub fn exists(uri: &str, extras: usize) -> bool {
    contents(uri, extras, 0).is_some()
}

fn contents(uri: &str, extras: usize, counter: usize) -> Option<Value> {
    let plain = |text: String| json!({ "uri": uri, "mimeType": "text/plain", "text": text });
    match uri {
        COUNTER => {
            let count = json!({ "count": counter }).to_string();
            Some(json!({ "uri": uri, "mimeType": "application/json", "text": count }))
        }
        "demo://empty" => Some(plain(String::new())),
        "demo://pixel.png" => Some(json!({ "uri": uri, "mimeType": "image/png", "blob": PIXEL })),
        "demo://bytes.bin" => {
            let blob = STANDARD.encode((0..=255).collect::<Vec<u8>>());
            Some(json!({ "uri": uri, "mimeType": "application/octet-stream", "blob": blob }))
        }
        _ if (1..=extras).any(|number| extra(number) == uri) => Some(plain("added later".to_owned())),
        _ => member(uri).map(plain),
    }
}

/// The member of a family that a template describes.
fn member(uri: &str) -> Option<String> {
    let (family, number) = uri.strip_prefix("demo://")?.split_once('/')?;
    let plain = !number.starts_with(['0', '+']);
    let number: usize = number.parse().ok().filter(|number| plain && (1..=NOTES).contains(number))?;
    match family {
        "notes" => Some(note(number)),
        "squares" => Some((number * number).to_string()),
        "cubes" => Some((number * number * number).to_string()),
        "roman" => Some("I".repeat(number)),
        "words" => Some(format!("number {number}")),
        "shouts" => Some(format!("NUMBER {number}!")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_listed_can_be_read() {
        for resource in listed(Revision::NEWEST, 2) {
            assert!(exists(resource["uri"].as_str().unwrap(), 2), "{resource}");
        }
        for uri in ["demo://notes/0", "demo://notes/151", "demo://notes/01", "demo://extra/3", "file:///etc/passwd"] {
            assert!(!exists(uri, 2), "{uri}");
        }
    }

    #[test]
    fn what_is_no_uri_is_refused_as_such() {
        for uri in ["", "no scheme", "/etc/passwd", "1x:y", "demo://a b", ":x"] {
            let params = Members::from_iter([("uri".to_owned(), json!(uri))]);
            assert_eq!(address(&params).unwrap_err().cause, Cause::Params, "{uri}");
        }
    }
}
