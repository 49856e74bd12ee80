//! The streams that stay open, and the session: opened after the handshake, taken up again when they break, closed at
//! the end.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use serde_json::Value;

use super::{Probe, Until};
use crate::{
    model::{Era, Revision},
    session::{Answer, Session, State, Ticket, talk::Shared},
    transport::http::{Client, Facts, How},
};

/// How long a stream that has brought its response may take to end before we close it at the end of a conversation.
const LINGER: Duration = Duration::from_secs(1);
/// How long the end of a session may take, and what is left of its exchanges.
const FAREWELL: Duration = Duration::from_secs(2);
/// How long to wait at the most before a stream is taken up again.
const RETRY: u64 = 5000;

impl Session {
    /// The client, if it is spoken to over HTTP.
    pub(in crate::session) const fn client(&self) -> Option<&Client> {
        match &self.way {
            crate::transport::Way::Http(client) => Some(client),
            crate::transport::Way::Pipe(_) => None,
        }
    }

    /// What is known of the target and the session, for the texts of a suite; null over other transports.
    pub fn http(&self) -> Value {
        let Some(client) = self.client() else { return Value::Null };
        let facts = client.facts();
        let url = &facts.url;
        serde_json::json!({
            "url": url.to_string(), "origin": url.origin(), "host": url.authority(), "name": url.host, "port": url.port,
            "path": url.path(), "secure": url.secure, "loopback": url.is_loopback(), "launched": facts.listening.is_some(),
            "authorized": facts.headers.get("authorization").is_some(), "bearer": bearer(facts), "session": self.shared.state().link.session,
        })
    }

    /// Where the server listens, if we have started it.
    pub fn sockets(&self) -> Option<Vec<SocketAddr>> {
        self.client()?.facts().listening.as_ref()?.sockets()
    }

    /// Send a request that a check has put together.
    pub async fn send_probe(&mut self, probe: Probe) -> Ticket {
        self.until_endpoint().await;
        let Some(client) = self.client() else { return Ticket::of_exchange(0, probe.until) };
        if let (super::Content::Message(message), false) = (&probe.content, probe.malformed) {
            self.shared.state().observe_sent(message, None);
        }
        let number = self.shared.probe(client, &probe);
        let id = match &probe.content {
            super::Content::Message(message) => message.get("id").filter(|id| !id.is_null()),
            _ => None,
        };
        let old = self.shared.state().link.old;
        let ticket = id.map(|id| if old { Ticket::of_key(id) } else { Ticket::of_id(id, number) });
        ticket.unwrap_or_else(|| self.shared.state().expect_nameless()).on(number, probe.until)
    }

    /// Close the connection of an exchange.
    pub fn hang_up(&self, ticket: &Ticket) {
        if let (Some(client), Some(number)) = (self.client(), ticket.exchange) {
            client.hang_up(number);
            self.shared.state().requests.give_up(ticket);
        }
    }

    /// Over HTTP, a modern revision cancels a request by closing its stream. Gives whether that is what was done.
    pub(in crate::session) fn hangs_up(&self, method: &str, request: &Value) -> bool {
        let Some(client) = self.client().filter(|_| method == "notifications/cancelled") else { return false };
        if self.revision().era() == Era::Legacy {
            return false;
        }
        let state = self.shared.state();
        let number = state.link.open().find(|(_, exchange)| exchange.asked.id.as_ref() == Some(request));
        number.map(|(number, _)| client.hang_up(number)).is_some()
    }

    /// What a check sees of an answer.
    pub fn subject(&self, ticket: &Ticket, answer: &Answer) -> Value {
        let mut subject = answer.subject();
        let state = self.shared.state();
        if let Some(exchange) = ticket.exchange.and_then(|number| state.link.exchange(number)) {
            subject["http"] = exchange.facts();
        }
        subject
    }

    /// In the transport of the first revision, the answers come on one stream, and it says where to post.
    pub(in crate::session) async fn until_endpoint(&self) {
        if self.shared.state().link.old {
            let deadline = Instant::now() + self.settings().limits.startup.saturating_sub(self.age());
            let known = |state: &State| (state.link.endpoint.is_some() || state.is_over()).then_some(());
            self.wait_for(deadline, known).await;
        }
    }

    /// Open the stream on which the server speaks by itself. One that has none says so, and that is fine.
    pub(in crate::session) fn open_stream(&self) {
        let Some(client) = self.client() else { return };
        if self.revision().era() == Era::Legacy && !self.shared.state().link.old {
            self.shared.ask_plainly(client, "GET", &[]);
        }
    }

    /// Wait until an exchange is over, or the deadline passes.
    pub(in crate::session) async fn until_over(&self, number: u64, deadline: Instant) {
        let over = |state: &State| state.link.is_over(number).then_some(());
        self.wait_for(deadline, over).await;
    }

    /// End the session, and close what is open. Streams that have brought their response are given time to end by
    /// themselves: whether they do is judged.
    pub(in crate::session) async fn farewell(&mut self) {
        let Some(client) = self.client().cloned() else { return };
        let lingering = |state: &State| (!state.link.has_lingering()).then_some(());
        self.wait_for(Instant::now() + LINGER, lingering).await;
        let has_session = {
            let mut state = self.shared.state();
            state.link.closing = true;
            state.link.session.is_some() && state.link.gone.is_none()
        };
        if has_session && self.revision() >= Revision::V2025_03_26 {
            let number = self.shared.ask_plainly(&client, "DELETE", &[]);
            self.until_over(number, Instant::now() + FAREWELL).await;
        }
        let open = self.shared.state().link.leave();
        for number in open {
            client.hang_up(number);
        }
        let all_over = |state: &State| state.link.open().next().is_none().then_some(());
        self.wait_for(Instant::now() + FAREWELL, all_over).await;
    }
}

/// The token of the user.
fn bearer(facts: &Facts) -> Option<String> {
    let header = facts.headers.get("authorization")?;
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}

impl Shared {
    /// Open the one stream of the first revision: it says where to post, and brings all answers.
    pub(in crate::session) fn begin_old(&self, client: &Client) {
        self.state().link.old = true;
        self.ask_plainly(client, "GET", &[]);
    }

    /// Take up a stream where it ended.
    pub(in crate::session) async fn resume(&self, client: Client, number: u64, after: u64, cursor: String) {
        tokio::time::sleep(Duration::from_millis(after.min(RETRY))).await;
        // Nobody is left who would listen.
        if self.state().link.closing {
            return;
        }
        let by = self.ask_plainly(&client, "GET", &[("Last-Event-ID", &cursor)]);
        self.state().link.goes_on(number, by);
        self.changed.notify_waiters();
    }
}

impl super::Link {
    /// Whether nothing more comes of an exchange, or of those that go on with it.
    pub(in crate::session) fn is_over(&self, number: u64) -> bool {
        match self.exchange(number) {
            Some(exchange) if exchange.is_open() => false,
            Some(exchange) => exchange.resumed_by.is_none_or(|by| by != 0 && self.is_over(by)),
            None => true,
        }
    }

    fn has_lingering(&self) -> bool {
        self.open().any(|(_, exchange)| exchange.answered.is_some() && !exchange.asked.probe)
    }

    /// What has come for a ticket: enough to stop waiting, or nothing yet. `answer` is the response to its id.
    pub(in crate::session) fn outcome(&self, number: u64, until: Until, answer: Option<Answer>) -> Option<Answer> {
        let exchange = self.exchange(number)?;
        // An error on the way of a request is about that request, even where it does not say so.
        let carried = || exchange.response.as_ref().map(Answer::of);
        let over = self.is_over(number);
        let by_id = exchange.asked.is_awaited_by_id();
        let answer =
            answer.or_else(|| carried().filter(|answer| !by_id || (over && matches!(answer, Answer::Error(_)))));
        let refused = exchange.over.as_ref().is_some_and(|over| over.how == How::Refused);
        let accepted = exchange.status().is_some_and(|status| status < 300);
        let enough = match until {
            _ if refused => return Some(answer.unwrap_or(Answer::Closed)),
            Until::Head => exchange.head.is_some() || over,
            // The answer comes on the stream that is open for all of them.
            Until::Answer if self.old && accepted && exchange.asked.id.is_some() => answer.is_some(),
            // A subscription is answered when it ends; what it says first shows that it has begun.
            Until::Answer => answer.is_some() || over || exchange.is_listened_to(),
            Until::End => over,
        };
        enough.then(|| answer.unwrap_or(Answer::Silence))
    }
}
