//! Who sent a request: what the client declared, in the handshake or in the request itself.

use serde_json::{Value, json};

use super::{
    dress,
    failure::{Answer, Cause, Failure, malformed},
    level::Level,
    rpc::Members,
};
use crate::model::Revision;

/// Where a request names its version.
pub const VERSION: &str = "io.modelcontextprotocol/protocolVersion";
/// Where a request says what its sender can do.
pub const CAPABILITIES: &str = "io.modelcontextprotocol/clientCapabilities";
/// Where a request names its sender.
pub const CLIENT_INFO: &str = "io.modelcontextprotocol/clientInfo";
/// Where a request asks for log messages.
pub const LOG_LEVEL: &str = "io.modelcontextprotocol/logLevel";
/// Where results name the server.
pub const SERVER_INFO: &str = "io.modelcontextprotocol/serverInfo";
/// Where notifications and results name the subscription.
pub const SUBSCRIPTION: &str = "io.modelcontextprotocol/subscriptionId";

/// The sender of a request.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The revision that the request speaks.
    pub revision: Revision,
    /// What the client declared.
    pub capabilities: Value,
    /// Where it wants to hear of progress.
    pub token: Option<Value>,
    /// From which level on it wants to hear log messages; `None` is never.
    pub level: Option<Level>,
}

impl Caller {
    /// Whether the client said that it can do this; forms, where it is elicitation.
    pub fn declares(&self, capability: &str) -> bool {
        let declared = self.capabilities.get(capability).and_then(Value::as_object);
        declared.is_some_and(|modes| {
            capability != "elicitation" || modes.contains_key("form") || !modes.contains_key("url")
        })
    }
}

/// Whether the params of a request speak the modern way.
pub fn is_modern(params: &Members) -> bool {
    let meta = params.get("_meta").and_then(Value::as_object);
    meta.is_some_and(|meta| meta.contains_key(VERSION) || meta.contains_key(CAPABILITIES))
}

/// Who sent this modern request. Each request stands alone: nothing of earlier ones counts.
pub fn modern(params: &Members, spoken: &[Revision]) -> Result<Caller, Failure> {
    let none = Members::new();
    let meta = params.get("_meta").and_then(Value::as_object).unwrap_or(&none);
    let version = match meta.get(VERSION) {
        Some(Value::String(version)) => version,
        Some(_) => return Err(unnamed(format!("{VERSION} has to be a string"))),
        None => return Err(unnamed(format!("_meta lacks {VERSION}"))),
    };
    let revision = supported(version, spoken)?;
    let capabilities = match meta.get(CAPABILITIES) {
        Some(capabilities) if capabilities.is_object() => capabilities.clone(),
        Some(_) => return Err(unnamed(format!("{CAPABILITIES} has to be an object"))),
        None => return Err(unnamed(format!("_meta lacks {CAPABILITIES}"))),
    };
    if let Some(info) = meta.get(CLIENT_INFO) {
        implementation(Some(info))?;
    }
    let level = meta.get(LOG_LEVEL).map(|level| Level::read(Some(level))).transpose()?;
    Ok(Caller { revision, capabilities, token: token(params)?, level })
}

fn supported(version: &str, spoken: &[Revision]) -> Result<Revision, Failure> {
    let found = modern_revisions(spoken).find(|revision| revision.as_str() == version);
    found.ok_or_else(|| unsupported(version, spoken))
}

/// The versions that need no handshake: the only ones that a request can name.
pub fn modern_revisions(spoken: &[Revision]) -> impl Iterator<Item = Revision> {
    spoken.iter().copied().filter(|revision| *revision >= Revision::V2026_07_28)
}

/// The error for a version that is not spoken. It names those that are.
pub fn unsupported(requested: &str, spoken: &[Revision]) -> Failure {
    let supported: Vec<_> = modern_revisions(spoken).map(Revision::as_str).collect();
    Failure::new(Cause::Version, "unsupported protocol version")
        .with(json!({ "supported": supported, "requested": requested }))
}

fn unnamed(why: impl Into<String>) -> Failure {
    Failure::new(Cause::Meta, why)
}

/// Checks what a client says of itself.
pub fn implementation(info: Option<&Value>) -> Result<(), Failure> {
    let has = |member| info.and_then(|info| info.get(member)).is_some_and(Value::is_string);
    if has("name") && has("version") { Ok(()) } else { Err(malformed("clientInfo needs a name and a version")) }
}

/// Where the sender wants to hear of progress.
pub fn token(params: &Members) -> Result<Option<Value>, Failure> {
    match params.get("_meta").map(|meta| (meta, meta.get("progressToken"))) {
        Some((meta, _)) if !meta.is_object() => Err(unnamed("_meta has to be an object")),
        None | Some((_, None)) => Ok(None),
        Some((_, Some(token))) if token.is_string() || token.is_i64() || token.is_u64() => Ok(Some(token.clone())),
        Some(_) => Err(malformed("progressToken has to be a string or an integer")),
    }
}

/// Adds to a result what every modern result has: its kind, its sender and, where it can be kept, for how long.
pub fn modern_answer(method: &str, answer: Answer) -> Answer {
    let mut result = answer?;
    if result.get("resultType").is_none() {
        result["resultType"] = json!("complete");
    }
    result["_meta"][SERVER_INFO] = dress::signature();
    if result["resultType"] == "complete" && is_cacheable(method) {
        result["ttlMs"] = json!(60_000);
        result["cacheScope"] = json!("public");
    }
    Ok(result)
}

/// Whether clients may keep the results of this method.
pub fn is_cacheable(method: &str) -> bool {
    let lists = ["tools/list", "prompts/list", "resources/list", "resources/templates/list"];
    lists.contains(&method) || method == "server/discover" || method == "resources/read"
}
