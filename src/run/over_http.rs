//! The steps that speak HTTP by themselves.

use serde_json::Value;

use super::{player::Player, subject::Impossible};
use crate::{
    session::{Content, Probe, Until},
    suite::{self, HeaderValue, HttpBody},
};

impl Player<'_> {
    /// Send a request that the suite puts together.
    pub(super) async fn http(&mut self, http: &suite::Http) -> Result<(), Impossible> {
        if self.session.http().is_null() {
            return Err(Impossible("this step needs a server over HTTP: say `transports: [http]`".to_owned()));
        }
        let probe = Probe {
            method: self.scope.fill_text(&http.method)?,
            path: http.path.as_ref().map(|path| self.filled(path)).transpose()?.flatten(),
            headers: self.headers(&http.headers)?,
            content: self.content(http)?,
            cut: http.cut,
            malformed: http.malformed,
            until: match http.until {
                suite::Until::Head => Until::Head,
                suite::Until::Answer => Until::Answer,
                suite::Until::End => Until::End,
            },
        };
        let ticket = self.session.send_probe(probe).await;
        self.remember(http.label.as_ref(), ticket);
        Ok(())
    }

    /// Close the connection of an exchange.
    pub(super) fn hang_up(&mut self, label: &str) -> Result<(), Impossible> {
        let ticket = self.tickets.get(label).ok_or_else(|| Impossible(format!("nothing was sent `as: {label}`")))?;
        self.session.hang_up(ticket);
        Ok(())
    }

    fn headers(&self, headers: &[(String, HeaderValue)]) -> Result<Vec<(String, Vec<String>)>, Impossible> {
        let filled = headers.iter().map(|(name, value)| {
            let values = match value {
                HeaderValue::Leave => Vec::new(),
                HeaderValue::Values(values) => {
                    let filled: Result<Vec<_>, _> = values.iter().map(|value| self.header(value)).collect();
                    filled?.into_iter().flatten().collect()
                }
            };
            Ok((self.scope.fill_text(name)?, values))
        });
        filled.collect()
    }

    /// The value of a header. What the server has said breaks no line of ours, as no client would let it.
    fn header(&self, text: &str) -> Result<Option<String>, Impossible> {
        let breaks = |text: &str| text.contains(['\r', '\n', '\0']);
        let filled = self.filled(text)?;
        Ok(filled.filter(|filled| breaks(text) || !breaks(filled)))
    }

    /// A text with its variables; nothing where it is a variable, whole, that is null.
    fn filled(&self, text: &str) -> Result<Option<String>, Impossible> {
        match self.scope.fill(&Value::String(text.to_owned()))? {
            Value::Null => Ok(None),
            Value::String(text) => Ok(Some(text)),
            other => Ok(Some(other.to_string())),
        }
    }

    fn content(&mut self, http: &suite::Http) -> Result<Content, Impossible> {
        Ok(match &http.body {
            HttpBody::Nothing => Content::Nothing,
            HttpBody::Bytes(payload) => Content::Bytes(payload.fill(&self.scope)?),
            HttpBody::Message(message) => {
                let (message, meta) = (self.scope.fill(message)?, self.meta(&http.meta)?);
                Content::Message(self.session.complete(message, &meta, http.notification))
            }
        })
    }

    /// Tell the patterns what is known of the target; over other transports, that there is nothing to know.
    pub(super) fn know_target(&mut self) {
        let mut target = self.session.http();
        if target.is_null() {
            let members = ["url", "origin", "host", "name", "port", "path", "session", "bearer"];
            let flags = ["loopback", "launched", "secure", "authorized"];
            target = members.into_iter().chain(flags).map(|name| (name.to_owned(), Value::Null)).collect();
        }
        self.scope.set("http", target);
    }
}
