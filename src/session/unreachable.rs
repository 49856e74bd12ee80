//! What to tell the user of a server with which no conversation came about, or whose conversation is lost.

use std::time::{Duration, Instant};

use serde_json::Value;

use super::{Failure, Session, flood::Flood};
use crate::model::event::Unreachable;

/// A server with which no conversation came about, and what might still be tried.
pub struct Lost {
    /// What to tell the user.
    pub unreachable: Unreachable,
    /// Where the server sends us instead.
    pub redirect: Option<String>,
    /// Whether it may speak the transport of the first revision.
    pub may_be_old: bool,
    /// Whether it speaks the transport of the first revision.
    pub is_old: bool,
    /// The conversation as far as it came, where the server wants to know first who asks, and has not been told.
    pub locked: Option<Box<Session>>,
}

/// Nothing else can be tried.
impl From<Unreachable> for Lost {
    fn from(unreachable: Unreachable) -> Self {
        Self { unreachable, redirect: None, may_be_old: false, is_old: false, locked: None }
    }
}

impl Session {
    /// Give up, and tell what might still be tried.
    pub async fn lost(mut self, failure: &Failure) -> Lost {
        let unreachable = self.unreachable(failure).await;
        let is_authorized = self.client().is_some_and(|client| client.facts().headers.get("authorization").is_some());
        let (redirect, may_be_old, is_old, is_locked) = {
            let link = &self.shared.state().link;
            (link.redirect(), link.may_be_old(), link.endpoint.is_some(), link.is_locked() && !is_authorized)
        };
        Lost { unreachable, redirect, may_be_old, is_old, locked: is_locked.then(|| Box::new(self)) }
    }

    /// What to tell the user when nothing can be judged.
    pub async fn unreachable(&mut self, failure: &Failure) -> Unreachable {
        // What the process says while it dies is the best explanation there is.
        tokio::time::sleep(Duration::from_millis(50)).await;
        let answered =
            self.shared.state().link.first_answer().filter(|_| !matches!(failure, Failure::OtherRevision(_)));
        let (what, hint) = match failure {
            _ if answered.is_some() => self.with_flood(answered.unwrap_or_default()),
            _ if self.shared.state().echoes => ("the server sends back what it is sent".to_owned(), ECHO),
            Failure::Refused(error) => (format!("the server refuses the handshake: {error}"), REFUSED),
            Failure::Silent(patience) => self.silent(*patience),
            Failure::Closed if self.unasked().is_over() => {
                (format!("before it answered, {}", self.ending().await), FLOOD)
            }
            Failure::Closed => self.with_noise(format!("before it answered, {}", self.ending().await), CLOSED),
            Failure::OtherRevision(result) => {
                let versions = result.get("supportedVersions").unwrap_or(&Value::Null);
                (format!("the server does not speak {}, but {versions}", self.revision()), OTHER_REVISION)
            }
        };
        let transcript = self.last(20);
        Unreachable { what, hint: hint.to_owned(), stderr: self.stderr(20), transcript }
    }

    /// How the conversation ended, when it is not open any more. Its stdout closes a moment before the process ends.
    pub async fn ending(&self) -> String {
        let deadline = Instant::now() + Duration::from_millis(100);
        self.wait_for(deadline, |state| state.exited.is_some().then_some(())).await;
        let (unasked, gone) = (self.unasked(), self.shared.state().link.gone.clone());
        match self.exited() {
            _ if unasked.is_over() => format!("the server flooded {} with {unasked}", self.mouth()),
            None if gone.is_some() => {
                format!("the server cannot be reached any more: {}{}", gone.unwrap_or_default(), self.end_of_served())
            }
            Some(exited) => format!("the process ended: {exited}"),
            None => "the server closed its stdout".to_owned(),
        }
    }

    /// How the process ended that serves it, if we have started it and it has.
    fn end_of_served(&self) -> String {
        let listening = self.client().and_then(|client| client.facts().listening.as_ref());
        let exited = listening.and_then(crate::transport::Listening::exited);
        exited.map(|exited| format!("; the process that serves it {exited}")).unwrap_or_default()
    }

    fn unasked(&self) -> Flood {
        self.shared.state().unasked
    }

    /// Where its messages come from.
    const fn mouth(&self) -> &'static str {
        if self.client().is_some() { "its streams" } else { "its stdout" }
    }

    /// Messages without end explain more than what they came with.
    fn with_flood(&self, (what, hint): (String, &'static str)) -> (String, &'static str) {
        let unasked = self.unasked();
        if !unasked.is_many() {
            return (what, hint);
        }
        (format!("{what}; the server flooded its streams with {unasked}"), FLOOD_OF_EVENTS)
    }

    fn silent(&self, patience: Duration) -> (String, &'static str) {
        let (unasked, what) =
            (self.unasked(), format!("the server did not answer within {} s", patience.as_secs_f32()));
        if unasked.is_much() {
            return (format!("{what}, but flooded its stdout with {unasked}"), FLOOD);
        }
        self.with_noise(what, SILENT)
    }

    /// Text on stdout explains most servers that do not answer.
    fn with_noise(&self, what: String, hint: &'static str) -> (String, &'static str) {
        match &self.shared.state().noise {
            Some(noise) => (format!("{what}; what it wrote to its stdout is no message: `{noise}`"), NOISE),
            None => (what, hint),
        }
    }
}

const ECHO: &str = "is it a server, or a program that copies its input?";
const REFUSED: &str = "see what it says of the request; `--verbose` shows every byte";
const SILENT: &str =
    "does it speak MCP over stdio? it may be waiting for something else, or need longer: see `--startup-timeout`";
const CLOSED: &str = "run the command by hand: it may need arguments or environment variables";
const NOISE: &str = "stdout is for messages only: send logs to stderr; some servers need an option to speak stdio";
const FLOOD: &str = "it never stops writing; is it the right command? `--verbose` shows what it writes";
const FLOOD_OF_EVENTS: &str = "it never stops sending; is it the right address? `--verbose` shows what it sends";
const OTHER_REVISION: &str = "name one that it speaks with `--revision`, or leave the option out";
