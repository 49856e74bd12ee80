//! What bugs remember of the conversation.

use std::collections::HashSet;

use serde_json::Value;

/// Leaks end here, so that a long run does not take the machine with it.
const MOST: usize = 1 << 30;

/// What happened so far.
#[derive(Default)]
pub struct Memory {
    /// Which request this is of those that arrived in one read, counted from one.
    pub crowd: usize,
    /// Whether the trigger was met that changes what comes after.
    pub damaged: bool,
    /// What has begun to be written and waits for its end.
    pub rest: Option<Vec<u8>>,
    /// How many notes were created.
    pub created: usize,
    read: u64,
    of_read: HashSet<String>,
    ids: HashSet<String>,
    calls: HashSet<String>,
    latest: Option<Value>,
    done: HashSet<String>,
    kept: Vec<Vec<u8>>,
    held: usize,
}

impl Memory {
    /// Takes note of a line that arrived with this read.
    pub fn note(&mut self, read: u64, message: &Value) {
        if std::mem::replace(&mut self.read, read) != read {
            self.crowd = 0;
            self.of_read.clear();
        }
        if message.get("method").is_some() && message.get("id").is_some() {
            self.crowd += 1;
        }
    }

    /// Takes note of a request, after the bugs have seen it.
    pub fn remember(&mut self, id: &Value, method: &str) {
        if method == "tools/call" {
            self.calls.insert(id.to_string());
        }
        self.of_read.insert(id.to_string());
        self.ids.insert(id.to_string());
        self.latest = Some(id.clone());
    }

    /// Whether a request with this id came before.
    pub fn had(&self, id: &Value) -> bool {
        self.ids.contains(&id.to_string())
    }

    /// Whether a call of a tool with this id came before.
    pub fn called(&self, id: &Value) -> bool {
        self.calls.contains(&id.to_string())
    }

    /// Whether a request with this id came before in the same read.
    pub fn had_just_now(&self, id: &Value) -> bool {
        self.of_read.contains(&id.to_string())
    }

    /// The id of the latest request.
    pub fn latest(&self) -> Option<&Value> {
        self.latest.as_ref()
    }

    /// True the first time that it is told this.
    pub fn first(&mut self, what: &str) -> bool {
        self.done.insert(what.to_owned())
    }

    /// Whether it was told this.
    pub fn knows(&self, what: &str) -> bool {
        self.done.contains(what)
    }

    /// Forgets this.
    pub fn forget(&mut self, what: &str) {
        self.done.remove(what);
    }

    /// Keeps so much for ever.
    pub fn keep(&mut self, bytes: usize) {
        if self.held < MOST {
            // What holds only zeros would take no memory.
            self.kept.push(vec![0xA5; bytes]);
            self.held += bytes;
        }
    }
}
