//! A tiny client of HTTP for the demo server: bytes on a socket, read with patience, believed in nothing.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use mcp_litmus::demo::{Host, Options};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// So long a stream may stay silent before it counts as one that says no more. Only what goes wrong waits so long.
const PATIENCE: Duration = Duration::from_secs(10);

/// A server of its own, at an address of its own.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    accepting: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Server {
    /// Starts it.
    pub async fn start(options: Options) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let host: Arc<Host> = Host::new(options);
        let accepting = tokio::spawn(async move {
            let _ = host.accept(listener).await;
        });
        Self { address, accepting }
    }

    /// Sends a request, and opens what comes for it.
    pub async fn open(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Exchange {
        let mut head = format!("{method} {path} HTTP/1.1\r\n");
        let given = |name: &str| headers.iter().any(|(other, _)| other.eq_ignore_ascii_case(name));
        if !given("host") {
            head.push_str(&format!("Host: {}\r\n", self.address));
        }
        if !body.is_empty() {
            head.push_str(&format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len()));
        }
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        self.raw(format!("{head}\r\n{body}").as_bytes()).await
    }

    /// Sends bytes.
    pub async fn raw(&self, bytes: &[u8]) -> Exchange {
        let mut stream = TcpStream::connect(self.address).await.expect("the server listens");
        stream.write_all(bytes).await.expect("the server reads");
        Exchange { stream, bytes: Vec::new() }
    }

    /// Sends a request and reads its whole answer.
    pub async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        self.open(method, path, headers, body).await.whole().await
    }

    /// Posts a message to the endpoint.
    pub async fn post(&self, headers: &[(&str, &str)], message: &Value) -> Answer {
        self.ask("POST", "/mcp", headers, &message.to_string()).await
    }

    /// Shakes hands, and gives the id of the session.
    pub async fn session(&self, revision: &str) -> String {
        let answer = self.post(&[], &initialize(revision)).await;
        let session = answer.header("mcp-session-id").unwrap_or_else(|| panic!("{answer:?}"));
        let ready = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
        assert_eq!(self.post(&[("Mcp-Session-Id", &session)], &ready).await.status, 202);
        session
    }
}

/// The greeting of a client.
pub fn initialize(revision: &str) -> Value {
    request(
        "initialize",
        &json!({
            "protocolVersion": revision,
            "capabilities": { "roots": {} },
            "clientInfo": { "name": "test", "version": "1" },
        }),
    )
}

/// A request with the id 1.
pub fn request(method: &str, params: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params })
}

/// A call of a tool with the id 1.
pub fn call(name: &str, arguments: &Value) -> Value {
    request("tools/call", &json!({ "name": name, "arguments": arguments, "_meta": { "progressToken": 7 } }))
}

/// The same message as one of 2026-07-28.
pub fn modern(mut message: Value) -> Value {
    message["params"]["_meta"]["io.modelcontextprotocol/protocolVersion"] = json!("2026-07-28");
    message["params"]["_meta"]["io.modelcontextprotocol/clientCapabilities"] = json!({});
    message
}

/// A connection on which an answer comes.
pub struct Exchange {
    stream: TcpStream,
    bytes: Vec<u8>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status code; 0, if none came.
    pub status: u16,
    /// The lines of the headers.
    pub headers: Vec<String>,
    /// The body, without its chunks.
    pub body: String,
    /// Whether the body came to its end.
    pub is_whole: bool,
}

impl Exchange {
    /// Reads until the answer is whole, or nothing more comes.
    pub async fn whole(mut self) -> Answer {
        self.until(|answer| answer.is_whole).await
    }

    /// Reads until the answer is as wanted, or nothing more comes.
    pub async fn until(&mut self, is_enough: impl Fn(&Answer) -> bool) -> Answer {
        let mut chunk = [0; 4096];
        loop {
            let answer = parse(&self.bytes);
            if is_enough(&answer) {
                return answer;
            }
            match tokio::time::timeout(PATIENCE, self.stream.read(&mut chunk)).await {
                Ok(Ok(read)) if read > 0 => self.bytes.extend_from_slice(&chunk[..read]),
                _ => return answer,
            }
        }
    }

    /// Reads until a text has come.
    pub async fn said(&mut self, text: &str) -> Answer {
        self.until(|answer| answer.is_whole || answer.body.contains(text)).await
    }
}

impl Answer {
    /// The header of this name.
    pub fn header(&self, name: &str) -> Option<String> {
        let mut lines = self.headers.iter().filter_map(|line| line.split_once(": "));
        lines.find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The messages in the events of the body.
    pub fn messages(&self) -> Vec<Value> {
        let data = self.body.lines().filter_map(|line| line.strip_prefix("data: "));
        data.map(|data| serde_json::from_str(data).unwrap_or_else(|error| panic!("{error}: {data}"))).collect()
    }
}

fn parse(bytes: &[u8]) -> Answer {
    let text = String::from_utf8_lossy(bytes);
    let Some((head, rest)) = text.split_once("\r\n\r\n") else {
        return Answer { status: 0, headers: Vec::new(), body: text.into_owned(), is_whole: false };
    };
    let mut lines = head.lines().map(str::to_owned);
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).unwrap_or(0);
    let mut answer = Answer { status, headers: lines.collect(), body: String::new(), is_whole: false };
    if answer.header("transfer-encoding").is_some() {
        (answer.body, answer.is_whole) = unchunk(rest);
    } else {
        let length = answer.header("content-length").map_or(0, |length| length.parse().unwrap_or(0));
        answer.is_whole = rest.len() >= length;
        rest.clone_into(&mut answer.body);
    }
    answer
}

fn unchunk(mut rest: &str) -> (String, bool) {
    let mut body = String::new();
    while let Some((size, after)) = rest.split_once("\r\n") {
        let Ok(size) = usize::from_str_radix(size, 16) else { return (format!("{body}[{rest}]"), true) };
        if size == 0 {
            return (body, true);
        }
        let Some(chunk) = after.get(..size) else { break };
        body.push_str(chunk);
        rest = after.get(size + 2..).unwrap_or_default();
    }
    (body, false)
}
