//! Finding what an `expect` or a `let` is about.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::player::Player;
use crate::{
    session::{Answer, Ticket},
    suite::Subject,
};

/// Why a step cannot be played: a mistake of the suite, or of ours.
pub(super) struct Impossible(pub(super) String);

impl From<crate::suite::Unfilled> for Impossible {
    fn from(unfilled: crate::suite::Unfilled) -> Self {
        Self(unfilled.to_string())
    }
}

/// What a step looks at beside the answer itself.
#[derive(Clone, Copy)]
pub(super) struct Sight {
    /// Whether silence is one of the answers that it foresees.
    pub(super) silence: bool,
    /// Whether it sees how an answer came over HTTP.
    pub(super) http: bool,
}

impl Player<'_> {
    /// What a step is about.
    pub(super) async fn subject(
        &mut self,
        of: &Subject,
        within: Option<Duration>,
        sight: Sight,
    ) -> Result<Value, Impossible> {
        match of {
            Subject::Latest => {
                let ticket = self.latest.clone().ok_or_else(|| Impossible("nothing was sent before".to_owned()))?;
                Ok(self.answer(&ticket, within, sight).await)
            }
            Subject::Label(label) => {
                let ticket = self.tickets.get(label).cloned();
                let ticket = ticket.ok_or_else(|| Impossible(format!("nothing was sent `as: {label}`")))?;
                Ok(self.answer(&ticket, within, sight).await)
            }
            Subject::Value(template) => Ok(self.scope.fill(&Value::String(template.clone()))?),
            Subject::Heard => Ok(self.heard()),
            Subject::Listed(list) => Ok(self.items(list).await?.0.into()),
            Subject::Handshake => Ok(self.handshake()),
            Subject::Exit => self.exit().await,
            Subject::Memory => self.memory(),
        }
    }

    async fn answer(&mut self, ticket: &Ticket, within: Option<Duration>, sight: Sight) -> Value {
        let deadline = Instant::now() + within.unwrap_or(self.session.patience());
        let left = || deadline.saturating_duration_since(Instant::now());
        let answer = if sight.silence || self.session.is_mute(ticket, left()).await {
            self.session.answer_or_silence(ticket, left()).await
        } else {
            self.session.answer(ticket, left()).await
        };
        if sight.http { self.session.subject(ticket, &answer) } else { answer.subject() }
    }

    /// What the server has said by itself since the check began.
    fn heard(&self) -> Value {
        self.session.heard_since(self.began).into_iter().map(|heard| heard.message).collect()
    }

    fn handshake(&self) -> Value {
        match &self.session.greeting {
            Some(greeting) => Answer::Result(greeting.result.clone()).subject(),
            None => Answer::Silence.subject(),
        }
    }

    /// What its processes hold, as the system counts it.
    fn memory(&self) -> Result<Value, Impossible> {
        let bytes = self.session.memory();
        let bytes =
            bytes.ok_or_else(|| Impossible("`of: memory` needs a process on a system that tells".to_owned()))?;
        Ok(json!({ "mebibytes": bytes >> 20 }))
    }

    async fn exit(&mut self) -> Result<Value, Impossible> {
        if self.shared {
            return Err(Impossible("`of: exit` needs `session: fresh` or `bare`".to_owned()));
        }
        if self.exit.is_none() {
            self.exit = Some(self.session.shutdown().await.subject);
        }
        Ok(self.exit.clone().unwrap_or_default())
    }
}
