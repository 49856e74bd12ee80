//! A request as it was read.

use serde_json::Value;

use super::headers::Headers;
use crate::demo::HttpRequest;

/// A request of HTTP.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// `POST`
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// What follows the question mark.
    pub query: String,
    /// Whether it came as HTTP/1.0: the connection ends with the answer.
    pub is_old: bool,
    /// The headers.
    pub headers: Headers,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// The message in the body, if it is JSON.
    pub fn message(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// A member of the query.
    pub fn query(&self, name: &str) -> Option<&str> {
        let mut members = self.query.split('&').filter_map(|member| member.split_once('='));
        members.find(|(other, _)| *other == name).map(|(_, value)| value)
    }

    /// Whether the connection ends with the answer.
    pub fn is_last(&self) -> bool {
        let wanted = self.headers.get("connection").unwrap_or_default();
        self.is_old || wanted.eq_ignore_ascii_case("close")
    }

    /// What a script gets to see of it.
    pub fn for_script(&self) -> HttpRequest {
        let message = self.message();
        let rpc = message.as_ref().and_then(|message| message["method"].as_str().map(str::to_owned));
        let id = message.map(|message| message["id"].clone()).unwrap_or_default();
        HttpRequest { method: self.method.clone(), path: self.path.clone(), headers: self.headers.lower(), rpc, id }
    }
}
