//! Who may do what: one token to look, one to change things as well, and the documents that lead a client to them.

use serde_json::{Value, json};

use super::{endpoint::ENDPOINT, old, reply::Reply, request::Request};
use crate::demo::Options;

/// What everybody with a token may do.
const READ: &str = "demo:read";
/// What it takes to change something.
const ALL: &str = "demo:read demo:write";
/// What stands behind a token that opens everything.
const WRITE: &str = ":write";
/// The tool that needs it.
const GUARDED: &str = "mutate";
/// Where a resource describes itself.
pub const RESOURCE: &str = "/.well-known/oauth-protected-resource";
const SERVER: &str = "/.well-known/oauth-authorization-server";

/// Lets a request in, or answers it.
pub fn admit(options: &Options, request: &Request) -> Result<(), Reply> {
    let Some(token) = &options.token else { return Ok(()) };
    if let Some(document) = document(options, request) {
        return Err(Reply::json(200, document.to_string().into_bytes()));
    }
    if ["/authorize", "/token"].contains(&request.path.as_str()) {
        return Err(Reply::json(400, json!({ "error": "invalid_request" }).to_string().into_bytes()));
    }
    match bearer(request) {
        None => Err(challenge(401, options, request, READ, None)),
        Some(given) if given.strip_suffix(WRITE).is_some_and(|given| given == token) => Ok(()),
        Some(given) if given != *token => Err(challenge(401, options, request, READ, Some("invalid_token"))),
        Some(_) if needs_more(request) => Err(challenge(403, options, request, ALL, Some("insufficient_scope"))),
        Some(_) => Ok(()),
    }
}

/// The token that a request shows.
pub fn bearer(request: &Request) -> Option<String> {
    let shown = request.headers.get("authorization")?;
    let (scheme, token) = shown.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}

fn needs_more(request: &Request) -> bool {
    request.message().is_some_and(|message| match &message {
        Value::Array(items) => items.iter().any(changes),
        message => changes(message),
    })
}

fn changes(message: &Value) -> bool {
    message["method"] == "tools/call" && message["params"]["name"] == GUARDED
}

fn challenge(status: u16, options: &Options, request: &Request, scope: &str, error: Option<&str>) -> Reply {
    let place = format!("{}{RESOURCE}{}", base(request), endpoint(options));
    let error = error.map(|error| format!(", error=\"{error}\"")).unwrap_or_default();
    let challenge = format!("Bearer resource_metadata=\"{place}\", scope=\"{scope}\"{error}");
    let why = if status == 401 { "a token is needed" } else { "this token does not open this" };
    Reply::text(status, why).with("WWW-Authenticate", &challenge)
}

fn endpoint(options: &Options) -> &'static str {
    if options.sse { old::STREAM } else { ENDPOINT }
}

fn base(request: &Request) -> String {
    format!("http://{}", request.headers.get("host").unwrap_or_else(|| "localhost".to_owned()))
}

/// What a well-known place says.
fn document(options: &Options, request: &Request) -> Option<Value> {
    let (base, endpoint) = (base(request), endpoint(options));
    let of_resource = request.path.strip_prefix(RESOURCE).is_some_and(|rest| rest.is_empty() || rest == endpoint);
    if request.method != "GET" {
        None
    } else if of_resource {
        Some(json!({
            "resource": format!("{base}{endpoint}"),
            "authorization_servers": [base],
            "scopes_supported": ALL.split(' ').collect::<Vec<_>>(),
            "bearer_methods_supported": ["header"],
            "resource_name": "Reference server of mcp-litmus",
        }))
    } else if request.path == SERVER {
        Some(json!({
            "issuer": base,
            "authorization_endpoint": format!("{base}/authorize"),
            "token_endpoint": format!("{base}/token"),
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code"],
            "code_challenge_methods_supported": ["S256"],
            "scopes_supported": ALL.split(' ').collect::<Vec<_>>(),
        }))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(token: Option<&str>, tool: &str) -> u16 {
        let mut request = Request { path: ENDPOINT.to_owned(), method: "POST".to_owned(), ..Request::default() };
        let message = json!({ "method": "tools/call", "params": { "name": tool } });
        request.body = message.to_string().into_bytes();
        if let Some(token) = token {
            request.headers.set("Authorization", token);
        }
        let options = Options { token: Some("abc".to_owned()), ..Options::default() };
        admit(&options, &request).err().map_or(200, |reply| reply.status)
    }

    #[test]
    fn each_token_opens_what_it_opens() {
        assert_eq!(status(None, "echo"), 401);
        assert_eq!(status(Some("Bearer xyz"), "echo"), 401);
        assert_eq!(status(Some("Basic abc"), "echo"), 401);
        assert_eq!(status(Some("bearer abc"), "echo"), 200);
        assert_eq!(status(Some("Bearer abc"), "mutate"), 403);
        assert_eq!(status(Some("Bearer abc:write"), "mutate"), 200);
    }

    #[test]
    fn the_challenge_leads_to_the_documents() {
        let mut request = Request { path: ENDPOINT.to_owned(), method: "GET".to_owned(), ..Request::default() };
        request.headers.set("Host", "localhost:5");
        let options = Options { token: Some("abc".to_owned()), ..Options::default() };
        let refusal = admit(&options, &request).unwrap_err();
        let challenge = &refusal.headers.last().unwrap().1;
        let place = "resource_metadata=\"http://localhost:5/.well-known/oauth-protected-resource/mcp\"";
        assert!(challenge.contains(place) && !challenge.contains("error"), "{challenge}");
        request.path = format!("{RESOURCE}{ENDPOINT}");
        assert_eq!(document(&options, &request).unwrap()["resource"], "http://localhost:5/mcp");
        request.path = format!("{RESOURCE}/other");
        assert_eq!(document(&options, &request), None);
    }
}
