//! Headers that repeat the body, compared not at all, too little or too much.

use serde_json::Value;

use super::memory::Knock;
use crate::demo::{
    Fault,
    failure::Failure,
    http::{Body, METHOD, NAME, PARAM, Reply, Request, marks, repeated, source},
    tools,
};
use crate::model::Revision;

/// A request arrives.
pub fn request(fault: Fault, request: &mut Request, knock: &Knock) {
    if !knock.is_modern {
        return;
    }
    let method = knock.method();
    let name = source(method).and_then(|source| knock.message["params"][source].as_str());
    let headers = &mut request.headers;
    match fault {
        Fault::HttpMethodHeaderMissing if !headers.has(METHOD) => headers.set(METHOD, method),
        Fault::HttpMethodHeaderMismatch if headers.has(METHOD) => headers.set(METHOD, method),
        Fault::HttpHeaderNamesCase => {
            let strict = |name: &str| [METHOD, NAME].iter().all(|own| !name.eq_ignore_ascii_case(own) || name == *own);
            headers.keep(strict);
        }
        Fault::HttpHeaderValuesCase => {
            let same = headers.get(METHOD).is_some_and(|value| value.eq_ignore_ascii_case(method));
            if same {
                headers.set(METHOD, method);
            }
        }
        Fault::HttpParamMismatch | Fault::HttpParamMissing => arguments(fault, request, knock),
        _ => named(fault, request, name),
    }
}

fn named(fault: Fault, request: &mut Request, name: Option<&str>) {
    let headers = &mut request.headers;
    let (Some(name), given) = (name, headers.get(NAME)) else { return };
    let inner = |given: &str| marks::decode(given.as_bytes()).filter(|inner| inner != given);
    match (fault, given) {
        (Fault::HttpNameHeaderMissing, None) | (Fault::HttpNameHeaderMismatch, Some(_)) => {
            headers.set(NAME, &marks::encode(name));
        }
        (Fault::HttpHeaderValuesCase, Some(given)) if given.eq_ignore_ascii_case(name) => headers.set(NAME, name),
        (Fault::HttpSentinelIgnored, Some(given)) if inner(&given).is_some() => {
            headers.set(NAME, &marks::encode(&given));
        }
        (Fault::HttpSentinelTwice, Some(given)) => {
            if let Some(inner) = inner(&given).filter(|text| inner(text).is_some()) {
                headers.set(NAME, &inner);
            }
        }
        (Fault::HttpSentinelCase, Some(given)) => {
            let marked = given.get(..marks::BEFORE.len()).is_some_and(|mark| mark.eq_ignore_ascii_case(marks::BEFORE));
            if marked {
                let rest = given.get(marks::BEFORE.len()..).unwrap_or_default();
                headers.set(NAME, &format!("{}{rest}", marks::BEFORE));
            }
        }
        _ => {}
    }
}

/// Puts the arguments of a call into its headers.
fn arguments(fault: Fault, request: &mut Request, knock: &Knock) {
    let params = &knock.message["params"];
    let tool = params["name"].as_str().and_then(|name| tools::find(name, Revision::NEWEST, 0));
    let Some(tool) = tool.filter(|_| knock.method() == "tools/call") else { return };
    let headers = &mut request.headers;
    let mut repair = |name: &str, value: &Value| -> Result<(), Failure> {
        let name = format!("{PARAM}{name}");
        let applies = headers.has(&name) == (fault == Fault::HttpParamMismatch);
        match value {
            _ if !applies => {}
            Value::Null => headers.remove(&name),
            Value::String(text) => headers.set(&name, &marks::encode(text)),
            value => headers.set(&name, &value.to_string()),
        }
        Ok(())
    };
    let _ = repeated(&tool.definition["inputSchema"], &params["arguments"], &mut repair);
}

/// An answer leaves.
pub fn reply(fault: Fault, reply: &mut Reply) {
    let Body::Full(body) = &mut reply.body else { return };
    let text = String::from_utf8_lossy(body).into_owned();
    if !text.contains("\"code\":-32020") {
        return;
    }
    match fault {
        Fault::HttpHeaderErrorCode => *body = text.replace("-32020", "-32602").into_bytes(),
        Fault::HttpHeaderErrorOk => reply.status = 200,
        Fault::HttpHeaderErrorHtml => {
            *body = b"<html><body>Bad Request</body></html>".to_vec();
            reply.set("Content-Type", "text/html");
        }
        _ => {}
    }
}
