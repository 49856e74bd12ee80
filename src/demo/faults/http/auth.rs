//! Guards that sleep, and signs that lead nowhere.

use std::time::{SystemTime, UNIX_EPOCH};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;

use crate::demo::{
    Fault,
    http::{Body, RESOURCE, Reply, Request, SESSION, bearer},
};

const AUTHORIZATION: &str = "Authorization";
const CHALLENGE: &str = "WWW-Authenticate";

/// A request arrives. `right` is the token that opens the honest server.
pub fn request(fault: Fault, request: &mut Request, right: Option<&str>) {
    let Some(right) = right else { return };
    let shown = bearer(request);
    let is_right = shown.as_deref().is_some_and(|shown| shown.starts_with(right));
    let claims = shown.as_deref().and_then(claims);
    let is_taken = match fault {
        Fault::AuthTokenInQuery => shown.is_none() && request.query("access_token").is_some(),
        Fault::AuthGarbageAccepted => shown.is_some() && claims.is_none(),
        Fault::AuthExpiredAccepted => claims.is_some_and(|(_, claims)| is_over(&claims["exp"])),
        Fault::AuthUnsignedAccepted => claims.is_some_and(|(header, _)| header["alg"] == "none"),
        Fault::AuthSessionSuffices => shown.is_none() && request.headers.has(SESSION),
        _ => false,
    };
    if is_taken && !is_right {
        request.headers.set(AUTHORIZATION, &format!("Bearer {right}"));
    }
}

/// The header and the claims of a token that has them.
fn claims(token: &str) -> Option<(Value, Value)> {
    let mut parts = token.split('.').map(|part| URL_SAFE_NO_PAD.decode(part).ok());
    let mut part = || serde_json::from_slice(&parts.next()??).ok();
    Some((part()?, part()?))
}

fn is_over(end: &Value) -> bool {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_secs());
    end.as_u64().is_some_and(|end| end < now)
}

/// An answer leaves.
pub fn reply(fault: Fault, reply: &mut Reply, request: &Request) {
    match reply.status {
        401 => unauthorized(fault, reply, request),
        403 if reply.header(CHALLENGE).is_some() => insufficient(fault, reply),
        200 if request.path.starts_with(RESOURCE) => document(fault, reply),
        _ => {}
    }
}

fn unauthorized(fault: Fault, reply: &mut Reply, request: &Request) {
    match fault {
        Fault::AuthNoChallenge => reply.without(CHALLENGE),
        Fault::AuthUndiscoverable => reply.set(CHALLENGE, "Bearer scope=\"demo:read\""),
        Fault::AuthUnauthorized403 => reply.status = 403,
        Fault::AuthUnauthorizedOk => {
            let error = br#"{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"a token is needed"}}"#;
            *reply = Reply::json(200, error.to_vec());
        }
        Fault::AuthTokenEchoed => {
            if let Some(token) = bearer(request) {
                reply.body = Body::Full(format!("the token {token} is not valid\n").into_bytes());
            }
        }
        _ => {}
    }
}

fn insufficient(fault: Fault, reply: &mut Reply) {
    match fault {
        Fault::AuthScope401 => reply.status = 401,
        Fault::AuthScopeUnnamed => reply.set(CHALLENGE, "Bearer"),
        _ => {}
    }
}

fn document(fault: Fault, reply: &mut Reply) {
    let Body::Full(body) = &mut reply.body else { return };
    let Ok(mut document) = serde_json::from_slice::<Value>(body) else { return };
    match fault {
        Fault::AuthUndiscoverable => *reply = Reply::text(404, "there is nothing here"),
        Fault::AuthForeignResource => {
            document["resource"] = "https://other.example/mcp".into();
            *body = document.to_string().into_bytes();
        }
        Fault::AuthNoServers => {
            document.as_object_mut().map(|members| members.remove("authorization_servers"));
            *body = document.to_string().into_bytes();
        }
        _ => {}
    }
}
