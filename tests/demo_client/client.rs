//! A tiny client for the demo server, in memory. It believes nothing and knows nothing of the tester.

use std::time::Duration;

use mcp_litmus::{
    demo::{self, Fault, Options},
    model::{Era, Revision},
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream, Lines, ReadHalf, WriteHalf},
    task::JoinHandle,
};

/// Only to keep a broken test from hanging.
const PATIENCE: Duration = Duration::from_secs(60);

/// A conversation with a server of its own.
pub struct Client {
    /// What is spoken.
    pub revision: Revision,
    /// What is declared.
    pub capabilities: Value,
    /// What is put into the metadata of each modern request, besides what has to be there.
    pub meta: Value,
    /// How a person answers a form.
    pub action: &'static str,
    /// Every message that came, with the method that it answers or has.
    pub heard: Vec<(String, Value)>,
    lines: Lines<BufReader<ReadHalf<DuplexStream>>>,
    writer: Option<WriteHalf<DuplexStream>>,
    served: JoinHandle<i32>,
    id: u64,
}

impl Client {
    /// A server that has heard nothing yet.
    pub fn bare(revision: Revision, options: Options) -> Self {
        let (ours, theirs) = tokio::io::duplex(1 << 20);
        let (input, output) = tokio::io::split(theirs);
        let (reader, writer) = tokio::io::split(ours);
        Self {
            revision,
            capabilities: json!({ "roots": {}, "sampling": {}, "elicitation": {} }),
            meta: json!({}),
            action: "accept",
            heard: Vec::new(),
            lines: BufReader::new(reader).lines(),
            writer: Some(writer),
            served: tokio::spawn(async move { demo::serve(input, output, options).await }),
            id: 0,
        }
    }

    /// The same after the handshake, where there is one.
    pub async fn ready(revision: Revision, faults: &[Fault]) -> Self {
        let mut client = Self::bare(revision, Options { faults: faults.to_vec(), ..Options::default() });
        if revision.era() == Era::Legacy {
            client.initialize().await;
            client.notify("notifications/initialized", json!({})).await;
        }
        client
    }

    /// Shakes hands.
    pub async fn initialize(&mut self) -> Value {
        let params = json!({
            "protocolVersion": self.revision.as_str(),
            "capabilities": self.capabilities,
            "clientInfo": { "name": "test", "version": "1" },
        });
        self.request("initialize", params).await
    }

    /// Writes bytes.
    pub async fn write(&mut self, bytes: &[u8]) {
        self.writer.as_mut().expect("open").write_all(bytes).await.expect("the server listens");
    }

    /// Writes a message.
    pub async fn send(&mut self, message: &Value) {
        self.write(format!("{message}\n").as_bytes()).await;
    }

    /// Sends a notification.
    pub async fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params })).await;
    }

    /// Sends a request, and gives its id.
    pub async fn ask(&mut self, method: &str, mut params: Value) -> Value {
        self.id += 1;
        if self.revision.era() == Era::Modern {
            params["_meta"] = self.metadata(&params["_meta"]);
        }
        self.send(&json!({ "jsonrpc": "2.0", "id": self.id, "method": method, "params": params })).await;
        json!(self.id)
    }

    fn metadata(&self, own: &Value) -> Value {
        let mut meta = json!({
            "io.modelcontextprotocol/protocolVersion": self.revision.as_str(),
            "io.modelcontextprotocol/clientCapabilities": self.capabilities,
        });
        for extra in [&self.meta, own].into_iter().filter_map(Value::as_object) {
            meta.as_object_mut().unwrap().extend(extra.clone());
        }
        meta
    }

    /// The next line, if any more come.
    pub async fn line(&mut self) -> Option<String> {
        let line = tokio::time::timeout(PATIENCE, self.lines.next_line()).await;
        line.expect("the server says something").expect("readable")
    }

    /// The next message.
    pub async fn message(&mut self) -> Value {
        let line = self.line().await.expect("the server lives");
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
    }

    /// Asks, answers what the server asks meanwhile, and gives the response.
    pub async fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params).await;
        self.response(method, &id).await
    }

    /// The response to the request with this id.
    pub async fn response(&mut self, method: &str, id: &Value) -> Value {
        loop {
            let message = self.message().await;
            let name = message["method"].as_str().unwrap_or(method).to_owned();
            self.heard.push((name, message.clone()));
            if message.get("method").is_none() && message["id"] == *id {
                return message;
            }
            if message.get("method").is_some() && message.get("id").is_some() {
                let result = self.reply(message["method"].as_str().unwrap_or_default());
                self.send(&json!({ "jsonrpc": "2.0", "id": message["id"], "result": result })).await;
            }
        }
    }

    /// What the client says when it is asked.
    pub fn reply(&self, method: &str) -> Value {
        match method {
            "roots/list" => json!({ "roots": [{ "uri": "file:///tmp" }] }),
            "sampling/createMessage" => {
                json!({ "role": "assistant", "model": "m", "content": { "type": "text", "text": "hi" } })
            }
            "elicitation/create" if self.action == "accept" => {
                json!({ "action": "accept", "content": { "name": "Ada" } })
            }
            "elicitation/create" => json!({ "action": self.action }),
            other => panic!("asked for {other}"),
        }
    }

    /// Calls a tool; where the server needs something first, calls it again with that.
    pub async fn call(&mut self, name: &str, arguments: Value) -> Value {
        let mut params = json!({ "name": name, "arguments": arguments });
        let first = self.request("tools/call", params.clone()).await;
        if first["result"]["resultType"] != "input_required" {
            return first;
        }
        let wanted = first["result"]["inputRequests"].as_object().unwrap();
        let given = wanted.iter().map(|(key, request)| (key.clone(), self.reply(request["method"].as_str().unwrap())));
        params["inputResponses"] = Value::Object(given.collect());
        params["requestState"] = first["result"]["requestState"].clone();
        self.request("tools/call", params).await
    }

    /// The text of the first block that a tool gives.
    pub async fn text(&mut self, name: &str, arguments: Value) -> String {
        let answer = self.call(name, arguments).await;
        answer["result"]["content"][0]["text"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
    }

    /// Walks through all pages of a list.
    pub async fn walk(&mut self, method: &str, member: &str) -> Vec<Value> {
        let (mut items, mut params) = (Vec::new(), json!({}));
        loop {
            let answer = self.request(method, params.clone()).await;
            items.extend(answer["result"][member].as_array().unwrap_or_else(|| panic!("{answer}")).clone());
            match answer["result"].get("nextCursor") {
                Some(cursor) => params["cursor"] = cursor.clone(),
                None => return items,
            }
        }
    }

    /// What was heard of this method.
    pub fn told(&self, method: &str) -> Vec<&Value> {
        self.heard
            .iter()
            .filter(|(name, message)| name == method && message.get("method").is_some())
            .map(|(_, m)| m)
            .collect()
    }

    /// Closes the input, hears the rest, and gives it with the exit code.
    pub async fn close(mut self) -> (Vec<String>, i32) {
        if let Some(mut writer) = self.writer.take() {
            let _ = writer.shutdown().await;
        }
        let mut rest = Vec::new();
        while let Some(line) = self.line().await {
            rest.push(line);
        }
        let code = tokio::time::timeout(PATIENCE, self.served).await.expect("the server ends");
        (rest, code.expect("no panic"))
    }
}
