//! Requests of the server to the client, as the older revisions allow them.

use std::{
    collections::HashMap,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use serde_json::{Value, json};
use tokio::sync::oneshot;

use super::{
    calls::locked,
    outbox::{Outbox, Outgoing},
    rpc::{self, Response},
};
use crate::model::Revision;

/// People fill in forms slowly.
const PATIENCE: Duration = Duration::from_secs(300);

type Outcome = Result<Value, Value>;

/// The client, as somebody to ask.
#[derive(Default)]
pub struct Client {
    pending: Mutex<HashMap<String, oneshot::Sender<Outcome>>>,
    asked: AtomicU64,
}

impl Client {
    /// Asks, and waits for the answer; an error is told in words.
    pub async fn ask(
        &self,
        outbox: &Outbox,
        revision: Revision,
        method: &str,
        params: Option<Value>,
    ) -> Result<Value, String> {
        let id = json!(format!("demo-{}", self.asked.fetch_add(1, Ordering::Relaxed) + 1));
        let mut message = json!({ "jsonrpc": "2.0", "id": id, "method": method });
        if let Some(params) = params {
            message["params"] = params;
        }
        let (sender, answer) = oneshot::channel();
        locked(&self.pending).insert(id.to_string(), sender);
        let _question = Question { client: self, outbox, revision, id };
        outbox.send(Outgoing { message, request: None, cause: None, revision }).await;
        match tokio::time::timeout(PATIENCE, answer).await {
            Ok(Ok(Ok(result))) => Ok(result),
            Ok(Ok(Err(error))) => Err(format!("the client refused: {}", error["message"])),
            Ok(Err(_)) => Err("the client is gone".to_owned()),
            Err(_) => Err("the client did not answer".to_owned()),
        }
    }

    /// Takes an answer. One that nobody waits for is ignored.
    pub fn settle(&self, response: Response) {
        if let Some(waiting) = locked(&self.pending).remove(&response.id.to_string()) {
            let _ = waiting.send(response.outcome);
        }
    }

    /// Tells all who wait that no answer will come.
    pub fn hang_up(&self) {
        locked(&self.pending).clear();
    }
}

/// A question that is withdrawn when nobody waits for its answer any more.
struct Question<'a> {
    client: &'a Client,
    outbox: &'a Outbox,
    revision: Revision,
    id: Value,
}

impl Drop for Question<'_> {
    fn drop(&mut self) {
        if locked(&self.client.pending).remove(&self.id.to_string()).is_some() {
            let params = json!({ "requestId": self.id, "reason": "the answer is no longer needed" });
            let message = rpc::notification("notifications/cancelled", &params);
            self.outbox.try_send(Outgoing { message, request: None, cause: None, revision: self.revision });
        }
    }
}
