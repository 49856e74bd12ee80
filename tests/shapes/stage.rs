//! A session with a server in memory that says what it is told, so that watches see it as they do in a run.

use std::sync::Arc;

use mcp_litmus::{
    model::Revision,
    session::{Answer, Limits, Meta, Observer, Say, Session, Settings},
    transport::memory,
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream},
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
};

use crate::sayings::Saying;

/// Have all of it said, while the observer listens.
pub async fn play(revision: Revision, sayings: &[Saying], observer: Arc<dyn Observer>) {
    let (say, said) = unbounded_channel();
    let connection = memory::connect(move |stdin, stdout| serve(revision, said, stdin, stdout));
    let mut session = Session::begin(connection, Settings::new("main", revision, Limits::default()), observer);
    session.greet().await.expect("a handshake");
    for (number, saying) in sayings.iter().enumerate() {
        if let Some(method) = saying.asked {
            // Without its parameters, which the answer does not depend on.
            let request = Say { method, params: None, meta: &Meta::Standard, malformed: true };
            session.say(request, Some(json!(saying.id))).await;
        }
        say.send(saying.message.clone()).expect("the server listens");
        if number % 100 == 0 || number + 1 == sayings.len() {
            let answer = session.alive().await;
            assert!(matches!(answer, Answer::Result(_)), "after saying {number}: {answer:?}");
        }
    }
}

/// Says what it is told, and answers the requests that the session needs for itself.
async fn serve(
    revision: Revision,
    mut said: UnboundedReceiver<Value>,
    stdin: DuplexStream,
    mut stdout: DuplexStream,
) -> i32 {
    let mut lines = BufReader::new(stdin).lines();
    loop {
        let message = tokio::select! {
            // What is told comes first, so that all of it is said before the answer behind it.
            biased;
            Some(message) = said.recv() => message,
            line = lines.next_line() => match line {
                Ok(Some(line)) => answer(revision, &line),
                _ => return 0,
            },
        };
        if !message.is_null() && stdout.write_all(format!("{message}\n").as_bytes()).await.is_err() {
            return 0;
        }
    }
}

/// An answer to the session itself, whose ids are numbers; null for anything else.
fn answer(revision: Revision, line: &str) -> Value {
    let request: Value = serde_json::from_str(line).unwrap_or_default();
    let info = json!({ "name": "stage", "version": "1" });
    let result = match request["method"].as_str() {
        Some("initialize") => json!({ "protocolVersion": revision, "capabilities": {}, "serverInfo": info }),
        Some("server/discover") => json!({
            "resultType": "complete", "supportedVersions": [revision], "capabilities": {}, "ttlMs": 0,
            "cacheScope": "private", "_meta": { "io.modelcontextprotocol/serverInfo": info },
        }),
        Some("ping") => json!({}),
        _ => return Value::Null,
    };
    match &request["id"] {
        Value::Number(id) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
        _ => Value::Null,
    }
}
