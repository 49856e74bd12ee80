//! Every fault of HTTP shows in the revisions that it names: one conversation with and without it.

mod demo_http_client;

use std::sync::Arc;

use demo_http_client::{Answer, Server, call, initialize, modern, request};
use mcp_litmus::{
    demo::{Fault, Group, Options, Transport},
    model::{Era, Revision},
};
use serde_json::{Value, json};
use tokio::{sync::Semaphore, task::JoinSet};

const TOKEN: &str = "open-sesame";
/// `{"alg":"HS256"}`, `{"exp":1}`, and something that looks like a signature.
const EXPIRED: &str = "eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjF9.c2ln";
/// `{"alg":"none"}` and `{"sub":"x"}`.
const UNSIGNED: &str = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.";

/// What was seen differs from what was expected.
struct Differs;

/// What was seen so far, against what an honest server shows.
struct Log {
    seen: Vec<String>,
    expected: Option<Arc<Vec<String>>>,
    /// The names that change from run to run.
    hidden: Vec<(String, &'static str)>,
}

impl Log {
    fn note(&mut self, text: &str) -> Result<(), Differs> {
        let hide = |text: String, (name, word): &(String, &str)| text.replace(name.as_str(), word);
        let text = self.hidden.iter().fold(text.to_owned(), hide);
        let is_new = self.expected.as_ref().is_some_and(|expected| expected.get(self.seen.len()) != Some(&text));
        self.seen.push(text);
        if is_new { Err(Differs) } else { Ok(()) }
    }

    fn answer(&mut self, answer: &Answer) -> Result<(), Differs> {
        self.note(&format!("{answer:?}"))
    }

    /// Hides the id of a session, if it is one that nobody can guess.
    fn hide(&mut self, session: &str) {
        if session.len() == 32 && session.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            self.hidden.push((session.to_owned(), "SESSION"));
        }
    }
}

struct Talk<'a> {
    server: &'a Server,
    revision: &'static str,
    log: &'a mut Log,
    fault: Option<Fault>,
}

impl Talk<'_> {
    async fn ask(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Result<Answer, Differs> {
        let answer = self.server.ask(method, path, headers, body).await;
        self.log.answer(&answer)?;
        Ok(answer)
    }

    async fn post(&mut self, headers: &[(&str, &str)], message: &Value) -> Result<Answer, Differs> {
        self.ask("POST", "/mcp", headers, &message.to_string()).await
    }

    async fn strangers(&mut self, path: &str) -> Result<(), Differs> {
        for origin in ["http://evil.example", "http://localhost.evil.example", "null", "http://localhost:3000"] {
            let greeting = initialize(self.revision).to_string();
            let answer = self.server.ask("POST", path, &[("Origin", origin)], &greeting).await;
            self.log.note(&format!("{origin} {} {}", answer.status, answer.body))?;
        }
        self.ask("PUT", path, &[("Host", "evil.example")], "").await.map(drop)
    }

    async fn legacy(&mut self) -> Result<(), Differs> {
        let begun = self.server.post(&[], &initialize(self.revision)).await;
        let session = begun.header("mcp-session-id").unwrap_or_else(|| "none".to_owned());
        self.log.hide(&session);
        self.log.answer(&begun)?;
        let own = [("Mcp-Session-Id", session.as_str())];
        let lists = request("tools/list", &json!({}));
        self.post(&own, &json!({ "jsonrpc": "2.0", "method": "notifications/initialized" })).await?;
        self.post(&own, &lists).await?;
        for version in [self.revision, "1999-01-01"] {
            self.post(&[own[0], ("MCP-Protocol-Version", version)], &lists).await?;
        }
        self.post(&[], &lists).await?;
        self.streams(&session).await?;
        self.ask("DELETE", "/mcp", &[], "").await?;
        self.post(&own, &lists).await.map(drop)
    }

    /// Streams of requests and of what belongs to none, and a way back to one of them.
    async fn streams(&mut self, session: &str) -> Result<(), Differs> {
        let own = [("Mcp-Session-Id", session)];
        let first = self.post(&own, &call("progress", &json!({ "steps": 2 }))).await?;
        let mut other = call("progress", &json!({ "steps": 1 }));
        other["params"]["_meta"]["progressToken"] = json!(8);
        self.post(&own, &other).await?;
        let ids = first.body.lines().filter_map(|line| line.strip_prefix("id: "));
        let id = ids.into_iter().find(|id| id.ends_with("-1")).unwrap_or("p1-1").to_owned();
        self.ask("GET", "/mcp", &[own[0], ("Last-Event-ID", &id)], "").await?;
        let mut one = self.server.open("GET", "/mcp", &own, "").await;
        self.log.note(&format!("{:?}", one.until(|answer| answer.status > 0).await.headers))?;
        let mut two = self.server.open("GET", "/mcp", &own, "").await;
        self.log.note(&format!("{:?}", two.until(|answer| answer.status > 0).await.status))?;
        self.post(&own, &call("mutate", &json!({}))).await?;
        let heard = one.said("list_changed").await;
        self.log.answer(&heard)?;
        self.ask("DELETE", "/mcp", &own, "").await?;
        self.log.answer(&two.whole().await)
    }

    async fn modern(&mut self) -> Result<(), Differs> {
        let version = ("MCP-Protocol-Version", "2026-07-28");
        let echo = modern(call("echo", &json!({ "text": "hi" })));
        let good = [version, ("Mcp-Method", "tools/call"), ("Mcp-Name", "echo")];
        self.post(&good, &echo).await?;
        self.post(&[version, good[2]], &echo).await?;
        self.post(&[version, good[1]], &echo).await?;
        for method in ["tools/list", "Tools/Call"] {
            self.post(&[version, ("Mcp-Method", method), good[2]], &echo).await?;
        }
        self.post(&[version, ("mcp-METHOD", "tools/call"), ("mcp-NAME", "echo")], &echo).await?;
        for name in ["other", "=?base64?ZWNobw==?=", "=?BASE64?ZWNobw==?="] {
            self.post(&[version, good[1], ("Mcp-Name", name)], &echo).await?;
        }
        let odd = modern(call("=?base64?ZWNobw==?=", &json!({})));
        self.post(&[version, good[1], ("Mcp-Name", "=?base64?PT9iYXNlNjQ/WldOb2J3PT0/PQ==?=")], &odd).await?;
        for header in [("Mcp-Param-Steps", "2"), ("Mcp-Param-Steps", "3"), ("X-None", "2")] {
            let steps = modern(call("progress", &json!({ "steps": 2 })));
            self.post(&[version, good[1], ("Mcp-Name", "progress"), header], &steps).await?;
        }
        let again = modern(request("tools/call", &json!({ "name": "progress", "_meta": { "progressToken": 9 } })));
        self.post(&[version, good[1], ("Mcp-Name", "progress")], &again).await?;
        for header in [("Mcp-Session-Id", "none"), ("Last-Event-ID", "m-1")] {
            self.post(&[good[0], good[1], good[2], header], &echo).await?;
        }
        self.strange().await?;
        self.listens().await
    }

    async fn strange(&mut self) -> Result<(), Differs> {
        let version = ("MCP-Protocol-Version", "2026-07-28");
        let mut future = modern(request("tools/list", &json!({})));
        self.post(&[("MCP-Protocol-Version", "1999-01-01"), ("Mcp-Method", "tools/list")], &future).await?;
        future["params"]["_meta"]["io.modelcontextprotocol/protocolVersion"] = json!("1999-01-01");
        self.post(&[("MCP-Protocol-Version", "1999-01-01"), ("Mcp-Method", "tools/list")], &future).await?;
        let unknown = modern(request("no/such/method", &json!({})));
        self.post(&[version, ("Mcp-Method", "no/such/method")], &unknown).await?;
        let told = json!({ "jsonrpc": "2.0", "method": "notifications/unknown" });
        self.post(&[version], &told).await.map(drop)
    }

    async fn listens(&mut self) -> Result<(), Differs> {
        let version = ("MCP-Protocol-Version", "2026-07-28");
        let headers = [version, ("Mcp-Method", "subscriptions/listen")];
        let wanted = json!({ "notifications": { "toolsListChanged": true } });
        let mut listen = modern(request("subscriptions/listen", &wanted));
        let mut first = self.server.open("POST", "/mcp", &headers, &listen.to_string()).await;
        self.log.answer(&first.said("acknowledged").await)?;
        listen["id"] = json!("another");
        let mut second = self.server.open("POST", "/mcp", &headers, &listen.to_string()).await;
        self.log.answer(&second.said("acknowledged").await)?;
        drop(first);
        if self.fault == Some(Fault::HttpCloseEndsAll) {
            self.log.note(&second.until(|answer| answer.is_whole).await.is_whole.to_string())?;
        }
        let headers = [version, ("Mcp-Method", "tools/call"), ("Mcp-Name", "mutate")];
        let change = modern(request("tools/call", &json!({ "name": "mutate" })));
        self.post(&headers, &change).await?;
        self.log.answer(&second.said("list_changed").await)?;
        let headers = [version, ("Mcp-Method", "tools/call"), ("Mcp-Name", "slow")];
        let slow = modern(call("slow", &json!({ "ms": 3000 })));
        let mut busy = self.server.open("POST", "/mcp", &headers, &slow.to_string()).await;
        self.log.note(&busy.said("progress").await.status.to_string())?;
        let lists = modern(request("tools/list", &json!({})));
        self.post(&[version, ("Mcp-Method", "tools/list")], &lists).await.map(drop)
    }

    async fn old(&mut self) -> Result<(), Differs> {
        let mut stream = self.server.open("GET", "/sse", &[], "").await;
        let begun = stream.said("\n\n").await;
        let session = begun.body.split_once("session=").map_or("", |(_, rest)| rest.get(..32).unwrap_or(""));
        self.log.hide(session);
        self.log.answer(&begun)?;
        let place = format!("/messages?session={session}");
        self.ask("POST", &place, &[], &initialize(self.revision).to_string()).await?;
        self.log.answer(&stream.said("serverInfo").await)?;
        self.ask("POST", &place, &[], &request("tools/list", &json!({})).to_string()).await?;
        self.log.answer(&stream.said("nextCursor").await)
    }

    async fn guarded(&mut self, is_old: bool) -> Result<(), Differs> {
        let path = if is_old { "/sse" } else { "/mcp" };
        for well_known in ["/.well-known/oauth-protected-resource", "/.well-known/oauth-authorization-server"] {
            self.ask("GET", well_known, &[], "").await?;
        }
        let right = format!("Bearer {TOKEN}");
        let own = [("Authorization", right.as_str())];
        let greeting = initialize(self.revision).to_string();
        for token in ["nonsense", EXPIRED, UNSIGNED] {
            let token = format!("Bearer {token}");
            self.seen("PUT", path, &[("Authorization", &token)], "").await?;
        }
        for address in [path.to_owned(), format!("{path}?access_token={TOKEN}")] {
            self.seen("POST", &address, &[], &greeting).await?;
        }
        self.ask("POST", path, &own, &call("mutate", &json!({})).to_string()).await?;
        if is_old || self.revision == "2026-07-28" {
            return Ok(());
        }
        let begun = self.server.ask("POST", path, &own, &greeting).await;
        let session = begun.header("mcp-session-id").unwrap_or_default();
        self.post(&[("Mcp-Session-Id", &session)], &request("ping", &json!({}))).await.map(drop)
    }

    /// Notes an answer without what changes from run to run.
    async fn seen(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Result<(), Differs> {
        let answer = self.server.ask(method, path, headers, body).await;
        let challenge = answer.header("www-authenticate");
        self.log.note(&format!("{} {challenge:?} {}", answer.status, answer.body))
    }
}

/// What a conversation shows; what comes after the first difference is of no interest.
async fn hear(
    transport: Transport,
    revision: Revision,
    fault: Option<Fault>,
    with_token: bool,
    expected: Option<Arc<Vec<String>>>,
) -> Result<Vec<String>, Vec<String>> {
    let is_old = transport == Transport::Sse;
    let token = with_token.then(|| TOKEN.to_owned());
    let options = Options { faults: fault.into_iter().collect(), sse: is_old, token, ..Options::default() };
    let server = Server::start(options).await;
    let mut log = Log { seen: Vec::new(), expected, hidden: vec![(server.address.to_string(), "ADDRESS")] };
    let mut talk = Talk { server: &server, revision: revision.as_str(), log: &mut log, fault };
    let outcome = match (with_token, is_old, revision.era()) {
        (true, ..) => talk.guarded(is_old).await,
        (false, true, _) => match talk.strangers("/sse").await {
            Ok(()) => talk.old().await,
            differs => differs,
        },
        (false, false, era) => match talk.strangers("/mcp").await {
            Ok(()) if era == Era::Legacy => talk.legacy().await,
            Ok(()) => talk.modern().await,
            differs => differs,
        },
    };
    outcome.map(|()| log.seen.clone()).map_err(|Differs| log.seen)
}

/// Where the fault is to be looked for.
fn places(fault: Fault) -> Vec<(Transport, Revision)> {
    let mut places = Vec::new();
    for revision in fault.revisions() {
        let is_legacy = revision.era() == Era::Legacy;
        if fault.shows_over(Transport::Http) && revision > Revision::V2024_11_05 {
            places.push((Transport::Http, revision));
        }
        if fault.shows_over(Transport::Sse) && is_legacy {
            places.push((Transport::Sse, revision));
        }
    }
    places
}

#[tokio::test]
async fn each_fault_of_http_shows_where_it_says() {
    let room = Arc::new(Semaphore::new(8));
    let mut runs = JoinSet::new();
    // Where it listens shows in the table of sockets, and in no answer.
    let of_http = |fault: &&Fault| fault.group().is_of_http() && **fault != Fault::ListensEverywhere;
    let faults: Vec<Fault> = Fault::ALL.iter().filter(of_http).copied().collect();
    assert!(faults.len() >= 45, "{} faults of HTTP", faults.len());
    for with_token in [false, true] {
        for (transport, revision) in all_places() {
            let honest = hear(transport, revision, None, with_token, None).await.unwrap_or_default();
            let honest = Arc::new(honest);
            let again = hear(transport, revision, None, with_token, Some(honest.clone())).await;
            assert!(again.is_ok(), "{revision} {transport:?}: {:?} {:?}", again.unwrap_err().last(), honest.last());
            let wanted = faults.iter().copied().filter(|fault| (fault.group() == Group::Auth) == with_token);
            for fault in wanted.filter(|fault| places(*fault).contains(&(transport, revision))) {
                let (room, honest) = (room.clone(), honest.clone());
                runs.spawn(async move {
                    let _place = room.acquire().await;
                    let shows = hear(transport, revision, Some(fault), with_token, Some(honest)).await.is_err();
                    (!shows).then(|| format!("{} over {transport:?} in {revision}", fault.name()))
                });
            }
        }
    }
    let hidden: Vec<String> = runs.join_all().await.into_iter().flatten().collect();
    assert!(hidden.is_empty(), "do not show: {hidden:#?}");
}

fn all_places() -> Vec<(Transport, Revision)> {
    let legacy = Revision::ALL.into_iter().filter(|revision| revision.era() == Era::Legacy);
    let http = Revision::ALL.into_iter().filter(|revision| *revision > Revision::V2024_11_05);
    let http = http.map(|revision| (Transport::Http, revision));
    http.chain(legacy.map(|revision| (Transport::Sse, revision))).collect()
}
