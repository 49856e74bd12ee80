//! What to tell the user of an address at which no conversation came about.

use super::{Link, exchange::Exchange};
use crate::transport::http::{How, Over};

/// How much of a body is shown.
const LONGEST: usize = 120;

impl Link {
    /// What the first message of ours was met with, and what usually helps; nothing where that was an answer.
    pub(in crate::session) fn first_answer(&self) -> Option<(String, &'static str)> {
        if let Some(stream) = self.exchanges().next().filter(|_| self.old && self.endpoint.is_none()) {
            return Some(stream.told_without_endpoint());
        }
        let exchange = self.posted().next()?;
        let Some(status) = exchange.status() else { return Some(exchange.told_without_status()) };
        if exchange.response.is_some() && status != 401 {
            return None;
        }
        let mut what = exchange.told();
        if let Some(text) = exchange.shown() {
            what.push_str(&format!(": {text}"));
        }
        if status >= 300 {
            return Some((what, hint(status, exchange.asked.has_header("authorization"))));
        }
        let (why, hint) = exchange.trouble();
        Some((format!("{what}; {why}"), hint))
    }

    /// Whether the server wants to know who we are before it talks.
    pub(in crate::session) fn is_locked(&self) -> bool {
        self.posted().next().is_some_and(|exchange| exchange.status() == Some(401))
    }

    /// Where the first message was sent on to, if it was.
    pub(in crate::session) fn redirect(&self) -> Option<String> {
        let head = self.posted().next()?.head.as_ref()?;
        matches!(head.status, 301 | 302 | 303 | 307 | 308).then(|| head.headers.get("location"))?
    }

    /// Whether the first message met an address that knows nothing of Streamable HTTP.
    pub(in crate::session) fn may_be_old(&self) -> bool {
        let exchange = self.posted().next();
        exchange.and_then(Exchange::status).is_some_and(|status| (400..500).contains(&status) && status != 401)
    }
}

impl Exchange {
    /// What was asked, and the status that it was answered with.
    fn told(&self) -> String {
        let kind = self.media_type();
        let kind = if kind.is_empty() { "no content type".to_owned() } else { kind };
        let status = self.status().unwrap_or_default();
        format!("{} {} was answered with {status} ({kind})", self.asked.method, self.asked.path)
    }

    fn told_without_status(&self) -> (String, &'static str) {
        let why = self.over.as_ref().map_or("no answer in time", |over| over.why.as_str());
        let hint = self.over.as_ref().map_or(SILENT, hint_of_end);
        (format!("{} {}: {why}", self.asked.method, self.asked.path), hint)
    }

    /// The stream of the first revision, which has to say first where to post.
    fn told_without_endpoint(&self) -> (String, &'static str) {
        match self.status() {
            None => self.told_without_status(),
            Some(200) => (format!("{}, but no event came that says where to post", self.told()), NO_ENDPOINT),
            Some(status) => (self.told(), hint(status, self.asked.has_header("authorization"))),
        }
    }

    /// The beginning of the body, if people can read it.
    fn shown(&self) -> Option<String> {
        let text: String = self.text.iter().flat_map(|text| text.chars()).take(LONGEST).collect();
        let is_text =
            !text.contains(|c: char| c == char::REPLACEMENT_CHARACTER || (c.is_control() && !c.is_whitespace()));
        Some(text.trim().to_owned()).filter(|text| is_text && !text.is_empty())
    }

    /// Why what came is no answer, where its status does not say it.
    fn trouble(&self) -> (String, &'static str) {
        match &self.over {
            None => ("what answers the request did not come in time".to_owned(), LONG),
            Some(over) if over.how == How::Late => (over.why.clone(), LONG),
            Some(over) if over.how != How::Done => (over.why.clone(), SPOILT),
            Some(over) => match over.defects.last() {
                Some(defect) => (defect.to_string(), SPOILT),
                None => (self.emptiness().to_owned(), ADDRESS),
            },
        }
    }

    /// What is missing in an answer that is whole.
    fn emptiness(&self) -> &'static str {
        match &self.text {
            _ if self.messages > 0 => "nothing in it answers the request",
            _ if self.is_stream() => "the stream ended without a message",
            None => "the body is longer than any message may be",
            Some(text) if text.is_empty() => "the body is empty",
            Some(_) => "the body is no message",
        }
    }
}

const fn hint(status: u16, authorized: bool) -> &'static str {
    match status {
        401 | 403 if authorized => "it refuses what it was told about who asks: is the token right, and not expired?",
        300..=399 => "it sends us elsewhere; give that address with `--url`",
        401 | 403 => "it wants to know who asks: `--bearer TOKEN` or `--header 'NAME: VALUE'`",
        404 | 405 => "is the path right? servers often listen at `/mcp`, or at `/sse` in the first revision",
        406 | 415 => "it does not take JSON, or does not answer with it; is it an MCP server?",
        500..=599 => "the server fails by itself: see its own log",
        _ => ADDRESS,
    }
}

fn hint_of_end(over: &Over) -> &'static str {
    match over.how {
        How::Refused if over.why.contains("--") => OPTION,
        How::Refused if over.why.contains("TLS") => TLS,
        How::Refused => REFUSED,
        How::Late if over.defects.is_empty() => SILENT,
        _ => BROKEN,
    }
}

const OPTION: &str = "use the option that it names if you trust what is there";
const TLS: &str = "is it `https://` that is spoken at this port?";
const BROKEN: &str = "is there an MCP server at this address, and is it `http://` or `https://`?";
const ADDRESS: &str = "is there an MCP server at this address? `--verbose` shows every byte";
const LONG: &str =
    "is there an MCP server at this address? if it is only slow, see `--timeout` and `--startup-timeout`";
const SPOILT: &str = "the server, or a proxy before it, spoils its answers; `--verbose` shows every byte";
const NO_ENDPOINT: &str =
    "the transport of the first revision begins with an `endpoint` event; `--transport http` is the newer one";
const REFUSED: &str = "is the server running, and is the port right?";
const SILENT: &str =
    "is there an MCP server at this address? it may need longer: see `--timeout` and `--startup-timeout`";
