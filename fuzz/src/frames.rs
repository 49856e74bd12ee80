//! What a client may say, and what it never should: lines of JSON, made of any bytes.

use arbitrary::{Arbitrary, Result, Unstructured};
use serde_json::{Map, Value, json};

use crate::catalogue::{MEMBERS, METHODS, WORDS, params};

/// One thing that is said.
#[derive(Arbitrary, Debug)]
pub enum Frame {
    /// A request.
    Request { id: Json, method: Pick, params: Option<Json> },
    /// A request with parameters that it knows.
    Proper { id: u8, method: Pick, name: Pick, arguments: Json },
    /// A notification.
    Notification { method: Pick, params: Option<Json> },
    /// An answer to what nobody has asked.
    Response { id: Json, is_error: bool, with: Json },
    /// Several in one.
    Batch(Vec<Frame>),
    /// Any JSON.
    Other(Json),
    /// No JSON.
    Broken(Vec<u8>),
}

/// A place in a list.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub struct Pick(u8);

impl Pick {
    fn of(self, list: &'static [&'static str]) -> &'static str {
        list[usize::from(self.0) % list.len()]
    }
}

/// Any JSON value, of little depth.
#[derive(Debug)]
pub struct Json(pub Value);

impl<'a> Arbitrary<'a> for Json {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        value(u, 3).map(Self)
    }
}

fn value(u: &mut Unstructured<'_>, depth: usize) -> Result<Value> {
    Ok(match u.int_in_range(0..=if depth == 0 { 6 } else { 8 })? {
        0 => Value::Null,
        1 => json!(u.arbitrary::<bool>()?),
        2 => json!(u.arbitrary::<i8>()?),
        3 => json!(u.arbitrary::<i64>()?),
        4 => json!(u.arbitrary::<f64>()?),
        5 => json!(*u.choose(WORDS)?),
        6 => json!(u.arbitrary::<&str>()?),
        7 => (0..u.int_in_range(0..=3)?).map(|_| value(u, depth - 1)).collect::<Result<_>>()?,
        _ => {
            let members = (0..u.int_in_range(0..=4)?)
                .map(|_| Ok(((*u.choose(MEMBERS)?).to_owned(), value(u, depth - 1)?)))
                .collect::<Result<Map<_, _>>>()?;
            Value::Object(members)
        }
    })
}

impl Frame {
    /// The line that it is, without its newline.
    pub fn line(self) -> Vec<u8> {
        match self {
            Self::Broken(bytes) => bytes,
            other => other.message().to_string().into_bytes(),
        }
    }

    fn message(self) -> Value {
        match self {
            Self::Request { id, method, params } => {
                said(Some(id.0), Some(method.of(METHODS)), params.map(|params| params.0))
            }
            Self::Proper { id, method, name, arguments } => {
                let (method, word) = (method.of(METHODS), name.of(WORDS));
                said(Some(json!(id)), Some(method), Some(params(method, word, &arguments.0)))
            }
            Self::Notification { method, params } => {
                said(None, Some(method.of(METHODS)), params.map(|params| params.0))
            }
            Self::Response { id, is_error, with } => {
                let mut message = said(Some(id.0), None, None);
                message[if is_error { "error" } else { "result" }] = with.0;
                message
            }
            Self::Batch(frames) => frames.into_iter().take(4).map(Self::message).collect(),
            Self::Other(json) => json.0,
            Self::Broken(bytes) => json!(String::from_utf8_lossy(&bytes)),
        }
    }
}

fn said(id: Option<Value>, method: Option<&str>, params: Option<Value>) -> Value {
    let mut message = json!({ "jsonrpc": "2.0" });
    let parts = [("id", id), ("method", method.map(Value::from)), ("params", params)];
    for (name, part) in parts.into_iter().filter_map(|(name, part)| Some((name, part?))) {
        message[name] = part;
    }
    message
}
