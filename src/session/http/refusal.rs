//! What to tell the user of an address at which no conversation came about.

use super::{Link, exchange::Exchange};
use crate::transport::http::How;

/// How much of a body is shown.
const LONGEST: usize = 120;

impl Link {
    /// What the first message of ours was met with, and what usually helps; nothing where that was an answer.
    pub(in crate::session) fn first_answer(&self) -> Option<(String, &'static str)> {
        let exchange = self.posted().next()?;
        let Some(status) = exchange.status() else {
            let over = exchange.over.as_ref()?;
            let hint = if over.how == How::Refused { REFUSED } else { SILENT };
            return Some((format!("{} {}: {}", exchange.asked.method, exchange.asked.path, over.why), hint));
        };
        if exchange.response.is_some() && status != 401 {
            return None;
        }
        let kind = exchange.media_type();
        let kind = if kind.is_empty() { "no content type".to_owned() } else { kind };
        let mut what = format!("{} {} was answered with {status} ({kind})", exchange.asked.method, exchange.asked.path);
        let text: String = exchange.text.iter().flat_map(|text| text.chars()).take(LONGEST).collect();
        if !text.trim().is_empty() {
            what.push_str(&format!(": {}", text.trim()));
        }
        Some((what, hint(status)))
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

const fn hint(status: u16) -> &'static str {
    match status {
        300..=399 => "it sends us elsewhere; give that address with `--url`",
        401 | 403 => "it wants to know who asks: `--bearer TOKEN` or `--header 'NAME: VALUE'`",
        404 | 405 => "is the path right? servers often listen at `/mcp`, or at `/sse` in the first revision",
        406 | 415 => "it does not take JSON, or does not answer with it; is it an MCP server?",
        500..=599 => "the server fails by itself: see its own log",
        _ => "is there an MCP server at this address? `--verbose` shows every byte",
    }
}

const REFUSED: &str = "is the server running, and is the port right?";
const SILENT: &str =
    "is there an MCP server at this address? it may need longer: see `--timeout` and `--startup-timeout`";
