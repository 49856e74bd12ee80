//! How a conversation begins: `initialize` and `notifications/initialized`, or `server/discover`.
//!
//! Lenient where it can be: an answer with odd members begins a conversation all the same, and the checks judge it.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Answer, Meta, Session, settings::client_info};
use crate::model::{Era, Revision, ServerInfo};

/// How long an exchange may take to say why it ended.
const GRACE: Duration = Duration::from_millis(250);

/// What the handshake brought.
#[derive(Clone, Debug, PartialEq)]
pub struct Greeting {
    /// How the server names itself.
    pub server: ServerInfo,
    /// What it declares; an empty object when that is no object.
    pub capabilities: Value,
    /// The whole result of `initialize` or `server/discover`.
    pub result: Value,
    /// How long the process took to its first answer.
    pub startup: Duration,
}

impl Greeting {
    /// That of a server that says nothing before it knows who asks.
    fn none(startup: Duration) -> Self {
        Self { server: ServerInfo::default(), capabilities: json!({}), result: Value::Null, startup }
    }

    /// Whether there was none: only the door of the server can be judged.
    pub fn is_none(&self) -> bool {
        self.result.is_null()
    }
}

/// Why no conversation came about.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// The handshake was refused with this error.
    Refused(Value),
    /// No answer came in time.
    Silent(Duration),
    /// The server closed its output or ended.
    Closed,
    /// It answered, but not in the revision that was asked for.
    OtherRevision(Value),
}

impl Session {
    /// Begin as the revision demands.
    pub async fn greet(&mut self) -> Result<(), Failure> {
        match self.revision().era() {
            Era::Legacy => self.initialize().await,
            Era::Modern => self.discover().await,
        }
    }

    async fn initialize(&mut self) -> Result<(), Failure> {
        let settings = self.settings();
        let params = json!({
            "protocolVersion": settings.revision, "capabilities": settings.capabilities, "clientInfo": client_info(),
        });
        let result = self.first_result("initialize", Some(params)).await?;
        let version = result.get("protocolVersion").and_then(Value::as_str).unwrap_or_default();
        let spoken = version.parse().ok().filter(|spoken: &Revision| spoken.era() == Era::Legacy);
        self.greeted(spoken.unwrap_or(settings.revision), result);
        self.notify("notifications/initialized", None, &Meta::Standard).await;
        self.open_stream();
        Ok(())
    }

    /// Go on without a handshake: a server that wants to know first who asks has a side that can be judged all the same.
    pub fn skip_greeting(&mut self) {
        self.greeting = Some(Greeting::none(self.age()));
    }

    /// Discover; a server that cannot be discovered but answers in the manner of the revision is spoken to all the same.
    async fn discover(&mut self) -> Result<(), Failure> {
        let failure = match self.first_result("server/discover", None).await {
            Ok(result) if result.get("resultType").is_some() => {
                self.greeted(self.revision(), result);
                return Ok(());
            }
            Ok(result) => return self.accept_discovery(result),
            Err(Failure::Closed) => return Err(Failure::Closed),
            Err(failure) => failure,
        };
        match self.ask("tools/list", None).await {
            Answer::Result(page) if page.get("resultType").is_some() => {
                self.greeted(self.revision(), json!({ "capabilities": { "tools": {} } }));
                Ok(())
            }
            _ => Err(failure),
        }
    }

    /// Go on in the modern era, if the server offers a revision of it.
    pub(super) fn accept_discovery(&mut self, result: Value) -> Result<(), Failure> {
        match result.get("supportedVersions").and_then(Value::as_array) {
            Some(versions) if !versions.is_empty() && !is_modern(versions) => Err(Failure::OtherRevision(result)),
            _ => {
                self.greeted(self.revision(), result);
                Ok(())
            }
        }
    }

    async fn first_result(&mut self, method: &str, params: Option<Value>) -> Result<Value, Failure> {
        let patience = self.settings().limits.startup;
        // Over HTTP, what it is that does not come in time is told a moment later.
        let grace = if self.client().is_some() { GRACE } else { Duration::ZERO };
        let ticket = self.send(method, params, &Meta::Standard, None).await;
        match self.answer(&ticket, patience + grace).await {
            Answer::Result(result) => Ok(result),
            Answer::Error(error) => Err(Failure::Refused(error)),
            Answer::Silence => Err(Failure::Silent(patience)),
            Answer::Closed => Err(Failure::Closed),
        }
    }

    fn greeted(&mut self, revision: Revision, result: Value) {
        let capabilities = result.get("capabilities").filter(|declared| declared.is_object()).cloned();
        let greeting = Greeting {
            server: server_info(&result),
            capabilities: capabilities.unwrap_or_else(|| json!({})),
            startup: self.age(),
            result,
        };
        self.settle_on(revision, greeting);
    }
}

fn is_modern(versions: &[Value]) -> bool {
    let dates = versions.iter().filter_map(Value::as_str).filter_map(|date| date.parse::<Revision>().ok());
    dates.into_iter().any(|revision| revision.era() == Era::Modern)
}

fn server_info(result: &Value) -> ServerInfo {
    let modern = result.pointer("/_meta/io.modelcontextprotocol~1serverInfo");
    let info = modern.or_else(|| result.get("serverInfo")).unwrap_or(&Value::Null);
    let text = |key: &str| info.get(key).and_then(Value::as_str).unwrap_or_default().chars().take(200).collect();
    ServerInfo { name: text("name"), version: text("version") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_names_itself_in_either_era() {
        let old = json!({ "serverInfo": { "name": "a", "version": "1" } });
        let modern = json!({ "_meta": { "io.modelcontextprotocol/serverInfo": { "name": "b", "version": 2 } } });
        assert_eq!(server_info(&old), ServerInfo { name: "a".to_owned(), version: "1".to_owned() });
        assert_eq!(server_info(&modern), ServerInfo { name: "b".to_owned(), version: String::new() });
        assert_eq!(server_info(&Value::Null), ServerInfo::default());
    }
}
