//! Sending over HTTP: a message becomes a request, and what is asked is remembered before the answer can come.

use std::time::Instant;

use serde_json::Value;

use super::{Asked, Content, Probe, headers::Circumstances};
use crate::{
    model::Direction,
    session::{State, talk::Shared},
    transport::http::{Client, Request},
    wire::{encode, http::Headers},
};

impl Shared {
    /// Post a message; gives the number of the exchange.
    pub(in crate::session) fn post(&self, client: &Client, message: &Value) -> u64 {
        let body = encode(message).trim_ascii_end().to_vec();
        let request = posting(&self.state(), client, message, body);
        self.start(client, request, |_| {})
    }

    /// Post bytes; their headers follow from what can be read of them.
    pub(in crate::session) fn post_bytes(&self, client: &Client, bytes: Vec<u8>) -> u64 {
        let message = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        let request = posting(&self.state(), client, &message, bytes);
        self.start(client, request, |asked| asked.probe = true)
    }

    /// Send what a check has put together.
    pub(in crate::session) fn probe(&self, client: &Client, probe: &Probe) -> u64 {
        let request = probing(&self.state(), client, probe);
        let message = serde_json::from_slice(&request.body).unwrap_or(Value::Null);
        let number = client.number();
        // Before the answer can come.
        self.state().expect_on(number, &message);
        self.begin(client, number, request, |asked| (asked.probe, asked.malformed) = (true, probe.malformed));
        number
    }

    /// Ask without a message: `GET`, `DELETE`.
    pub(super) fn ask_plainly(&self, client: &Client, method: &str, more: &[(&str, &str)]) -> u64 {
        let request = {
            let state = self.state();
            let mut headers = circumstances(&state, client).of_other(method);
            for (name, value) in more {
                headers.push(*name, *value);
            }
            let target = client.facts().url.target.clone();
            Request { method: method.to_owned(), target, headers, patient: method == "GET", ..Request::default() }
        };
        self.start(client, request, |_| {})
    }

    fn start(&self, client: &Client, request: Request, mark: impl FnOnce(&mut Asked)) -> u64 {
        let number = client.number();
        self.begin(client, number, request, mark);
        number
    }

    fn begin(&self, client: &Client, number: u64, request: Request, mark: impl FnOnce(&mut Asked)) {
        let mut asked = Asked::of(&request);
        mark(&mut asked);
        let mut state = self.state();
        let from = state.transcript.mark();
        let now = Instant::now();
        state.record(Direction::Event, now, line(number, &request, &asked).as_bytes());
        if !request.body.is_empty() {
            state.record(Direction::Sent, now, request.body.trim_ascii_end());
        }
        let phase = state.phase.as_str();
        state.link.begin(number, asked, from, phase);
        drop(state);
        client.start(number, request);
    }
}

/// The line of the transcript: where it goes, and the headers that a check has chosen.
fn line(number: u64, request: &Request, asked: &Asked) -> String {
    let mut line = format!("#{number} {} {}", request.method, request.target);
    if asked.probe {
        let ordinary = ["host", "user-agent", "accept", "content-type", "content-length"];
        let is_ordinary = |name: &str| ordinary.iter().any(|known| name.eq_ignore_ascii_case(known));
        for (name, value) in request.headers.iter().filter(|(name, _)| !is_ordinary(name)) {
            // What authorizes is a secret.
            let value = match name.to_ascii_lowercase().as_str() {
                "authorization" | "cookie" | "proxy-authorization" | "x-api-key" => "...".into(),
                _ => String::from_utf8_lossy(value),
            };
            line.push_str(&format!("  {name}: {value}"));
        }
    }
    line
}

fn circumstances<'a>(state: &'a State, client: &'a Client) -> Circumstances<'a> {
    Circumstances {
        facts: client.facts(),
        revision: state.settings.revision,
        session: state.link.session.as_deref(),
        old: state.link.old,
        tools: &state.link.tools,
    }
}

fn posting(state: &State, client: &Client, message: &Value, body: Vec<u8>) -> Request {
    let mut headers = circumstances(state, client).of_post(message);
    headers.push("Content-Length", body.len().to_string());
    let patient = message.get("method").and_then(Value::as_str) == Some("subscriptions/listen");
    Request { method: "POST".to_owned(), target: target(state, client), headers, body, patient, ..Request::default() }
}

fn target(state: &State, client: &Client) -> String {
    let url = &client.facts().url;
    let endpoint = state.link.endpoint.as_ref().and_then(|endpoint| url.resolve(endpoint).ok());
    match endpoint {
        // Elsewhere, only by its whole address: the transport decides whether we go there.
        Some(other) if other.origin() != url.origin() => other.to_string(),
        Some(same) => same.target,
        None => url.target.clone(),
    }
}

fn probing(state: &State, client: &Client, probe: &Probe) -> Request {
    let with_body = |message: &Value, body: Vec<u8>| posting(state, client, message, body);
    let ordinary = match &probe.content {
        Content::Message(message) => with_body(message, encode(message).trim_ascii_end().to_vec()),
        Content::Bytes(bytes) => with_body(&serde_json::from_slice(bytes).unwrap_or(Value::Null), bytes.clone()),
        Content::Nothing => {
            let headers = circumstances(state, client).of_other(&probe.method);
            let target = match probe.method.as_str() {
                "GET" => client.facts().url.target.clone(),
                _ => target(state, client),
            };
            Request { target, headers, ..Request::default() }
        }
    };
    let target = probe.path.clone().unwrap_or(ordinary.target);
    let headers = over(ordinary.headers, &probe.headers);
    let patient = ordinary.patient || probe.method == "GET";
    Request { method: probe.method.clone(), target, headers, patient, cut: probe.cut, alone: true, ..ordinary }
}

/// The headers of a check over those that would be sent.
fn over(mut headers: Headers, chosen: &[(String, Vec<String>)]) -> Headers {
    for (name, values) in chosen {
        headers.remove(name);
        for value in values {
            headers.push(name.as_str(), value.as_str());
        }
    }
    headers
}
