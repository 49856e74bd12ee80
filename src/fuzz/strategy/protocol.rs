//! **Protocol.** Every method has parameters and metadata of its own. Breaks them one by one: cursors, levels, tokens, versions,
//! references, filters, tasks, answers that were never asked for, and notifications about nothing.

use fastrand::Rng;
use serde_json::{Value, json};

use super::{
    Palette, edit, hostile,
    methods::{NOTIFICATIONS, REQUESTS, params},
    numbers,
    pick::{Raw, ask, beside_metadata, filled, free, here, pick, seldom},
    retype, usual,
};
use crate::fuzz::{
    case::Case,
    frame::{Frame, id_of},
};

type Way = fn(&Palette<'_>, &mut Rng) -> Vec<Frame>;

const WAYS: &[Way] = &[
    method,
    method,
    method,
    notification,
    notification,
    metadata,
    metadata,
    cursor,
    level,
    subscription,
    input,
    task,
    reference,
];

/// A case of this strategy.
pub fn make(palette: &Palette<'_>, rng: &mut Rng) -> Option<Case> {
    rng.choice(WAYS).map(|way| Case::new("protocol", way(palette, rng)))
}

/// A request; what stays open owes no answer.
fn one(method: &str, params: Value, raw: Option<Raw>) -> Vec<Frame> {
    let frame = ask(0, method, params, raw);
    let stays_open = matches!(method, "subscriptions/listen" | "tasks/result");
    vec![if stays_open { free(frame) } else { frame }]
}

/// Any method, with its parameters, without them, or with others.
fn method(palette: &Palette<'_>, rng: &mut Rng) -> Vec<Frame> {
    let (method, text) = rng.choice(REQUESTS).copied().unwrap_or(("ping", "{}"));
    let mut made = palette.ground.params(params(text));
    let raw = match rng.u32(..6) {
        0 => None,
        1 => return vec![free(Frame::ask(0, method, None))],
        2 => {
            made = palette.ground.params(json!({}));
            None
        }
        _ => beside_metadata(&mut made, rng, edit::change),
    };
    one(method, made, raw)
}

/// Any notification, about anything.
fn notification(palette: &Palette<'_>, rng: &mut Rng) -> Vec<Frame> {
    let (method, text) = rng.choice(NOTIFICATIONS).copied().unwrap_or(("notifications/cancelled", "{}"));
    let mut made = params(text);
    let about = rng.choice([json!("none"), json!(0), json!(-1), json!(null), json!({}), json!(999_999), id_of(0)]);
    for key in ["requestId", "progressToken"] {
        if rng.bool() && made.get(key).is_some() {
            made[key] = about.clone().unwrap_or_default();
        }
    }
    let raw = if rng.bool() { edit::change(&mut made, rng) } else { None };
    let params = if seldom(rng, 8) { None } else { Some(made) };
    let mut told = Frame::tell(method, params);
    if let Some(raw) = raw {
        let mut bytes = filled(&told.message().unwrap_or_default(), &raw.bytes);
        bytes.push(b'\n');
        told = if raw.is_plain { Frame { bytes, ..told } } else { Frame::raw(bytes) };
    }
    let (method, params) = usual::sentinel(palette.ground);
    vec![told, Frame::ask(1, method, Some(params))]
}

/// A usual request with unusual metadata.
fn metadata(palette: &Palette<'_>, rng: &mut Rng) -> Vec<Frame> {
    let (method, mut params) = usual::any(palette.ground, rng);
    if seldom(rng, 4) {
        params["_meta"] = retype::any(rng);
        return vec![free(Frame::ask(0, method, Some(params)))];
    }
    if !params["_meta"].is_object() {
        params["_meta"] = json!({});
    }
    let key = pick(
        rng,
        &[
            "progressToken",
            "progressToken",
            "io.modelcontextprotocol/protocolVersion",
            "io.modelcontextprotocol/protocolVersion",
            "io.modelcontextprotocol/clientCapabilities",
            "io.modelcontextprotocol/clientInfo",
            "io.modelcontextprotocol/logLevel",
            "io.modelcontextprotocol/related-task",
            "io.modelcontextprotocol/subscriptionId",
            "io.modelcontextprotocol/x",
            "mcp.dev/x",
            "a b",
            "",
            "/",
            "traceparent",
        ],
    );
    let version =
        pick(rng, &["1999-01-01", "2099-01-01", "2024-11-05", "", "latest", "2026-13-45", "DRAFT-2026", "2025-06-18 "]);
    let (value, raw) = match rng.u32(..4) {
        0 => (here(), Some(numbers::number(rng))),
        1 if key.ends_with("protocolVersion") => (json!(version), None),
        _ => (retype::any(rng), None),
    };
    params["_meta"][key] = value;
    one(method, params, raw)
}

/// A page that there is not.
fn cursor(palette: &Palette<'_>, rng: &mut Rng) -> Vec<Frame> {
    let (_, mut params) = usual::list(palette.ground, rng);
    let method = pick(rng, &["tools/list", "prompts/list", "resources/list", "resources/templates/list", "tasks/list"]);
    let mut raw = None;
    params["cursor"] = match rng.u32(..6) {
        0 => json!(pick(
            rng,
            &[
                "e30=",
                "eyJvZmZzZXQiOi0xfQ==",
                "eyJwYWdlIjoxZTk5OX0=",
                "bnVsbA==",
                "W10=",
                "LTE=",
                "MTAwMDAwMA==",
                "!!!",
                "MA"
            ]
        )),
        1 => json!("c".repeat(*rng.choice(&[300, 5000, 65_536]).unwrap_or(&300))),
        2 => json!(numbers::integer(rng).to_string()),
        3 => json!(palette.words.word(rng).unwrap_or("page2")),
        4 => {
            raw = Some(hostile::literal(rng));
            here()
        }
        _ => retype::any(rng),
    };
    one(method, params, raw)
}

fn level(palette: &Palette<'_>, rng: &mut Rng) -> Vec<Frame> {
    let level = pick(
        rng,
        &[
            "debug",
            "info",
            "notice",
            "warning",
            "error",
            "critical",
            "alert",
            "emergency",
            "DEBUG",
            "warn",
            "trace",
            "off",
            "",
            "Error ",
            "fatal",
        ],
    );
    let level = if seldom(rng, 3) { retype::any(rng) } else { json!(level) };
    let (method, params) = usual::any(palette.ground, rng);
    let set = Frame::ask(0, "logging/setLevel", Some(palette.ground.params(json!({ "level": level }))));
    vec![set, Frame::ask(1, method, Some(params))]
}

fn subscription(palette: &Palette<'_>, rng: &mut Rng) -> Vec<Frame> {
    let uri = usual::listed(palette.ground, rng).filter(|_| rng.bool()).unwrap_or_else(|| hostile::text(rng));
    if seldom(rng, 3) {
        let odd = retype::any(rng);
        let filters = [
            json!({}),
            odd.clone(),
            json!({ "toolsListChanged": odd }),
            json!({ "resourceSubscriptions": odd }),
            json!({ "unknown": true }),
            json!({ "resourceSubscriptions": [uri, uri, null] }),
            json!({ "resourceSubscriptions": vec![json!(uri); 1000] }),
        ];
        let filter = rng.choice(filters).unwrap_or_default();
        return one("subscriptions/listen", palette.ground.params(json!({ "notifications": filter })), None);
    }
    let steps = rng.usize(1..6);
    let step = |place| {
        let method = pick(rng, &["resources/subscribe", "resources/unsubscribe"]);
        Frame::ask(place, method, Some(palette.ground.params(json!({ "uri": uri }))))
    };
    (0..steps).map(step).collect()
}

/// Answers to questions that were never asked.
fn input(palette: &Palette<'_>, rng: &mut Rng) -> Vec<Frame> {
    let (method, mut params) = usual::any(palette.ground, rng);
    if rng.bool() {
        let answers = [
            json!({}),
            json!({ "a": { "action": "accept", "content": {} } }),
            json!({ "a": { "action": "accept" } }),
            json!({ "a": { "roots": [] } }),
            json!({ "a": null }),
            json!([]),
            json!({ "__proto__": { "action": "decline" } }),
            retype::any(rng),
        ];
        params["inputResponses"] = rng.choice(answers).unwrap_or_default();
    }
    let forged =
        pick(rng, &["", "e30=", "eyJzdGVwIjo5OX0=", "eyJhbGciOiJub25lIn0.e30.", "{\"step\":99}", "a", "null", "-1"]);
    let state = if seldom(rng, 3) { retype::any(rng) } else { json!(forged) };
    params["requestState"] = state;
    one(method, params, None)
}

fn task(palette: &Palette<'_>, rng: &mut Rng) -> Vec<Frame> {
    let id = if rng.bool() { json!(palette.words.word(rng).unwrap_or("task")) } else { retype::any(rng) };
    if rng.bool() {
        let method = pick(rng, &["tasks/get", "tasks/result", "tasks/cancel", "tasks/list"]);
        return one(method, palette.ground.params(json!({ "taskId": id })), None);
    }
    let (method, mut params) = usual::any(palette.ground, rng);
    let tasks = [
        json!({}),
        json!({ "ttl": -1 }),
        json!({ "ttl": 0 }),
        json!({ "ttl": "1" }),
        json!({ "ttl": 1e300 }),
        json!(null),
        id,
    ];
    params["task"] = rng.choice(tasks).unwrap_or_default();
    one(method, params, None)
}

/// A completion for something that cannot be completed.
fn reference(palette: &Palette<'_>, rng: &mut Rng) -> Vec<Frame> {
    let kind = pick(rng, &["ref/prompt", "ref/resource", "ref/tool", "prompt", "", "REF/PROMPT"]);
    let mut params =
        json!({ "ref": { "type": kind }, "argument": { "name": hostile::text(rng), "value": hostile::text(rng) } });
    let name = palette.words.word(rng).map_or_else(|| hostile::text(rng), str::to_owned);
    params["ref"][pick(rng, &["name", "uri"])] = json!(name);
    if seldom(rng, 3) {
        let odd = retype::any(rng);
        let contexts = [json!({}), json!({ "arguments": {} }), json!({ "arguments": { "a": 1 } }), odd];
        params["context"] = rng.choice(contexts).unwrap_or_default();
    }
    let mut params = palette.ground.params(params);
    let raw = if rng.bool() { beside_metadata(&mut params, rng, edit::change) } else { None };
    one("completion/complete", params, raw)
}
