//! The calls that may be made: which tools, with which arguments. A tool that turns out to be slow is called once.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde_json::Value;

use super::tools::Tools;
use crate::session::{List, Session};

/// What is known of the tools of a server during a run.
#[derive(Clone)]
pub(super) struct Caller {
    tools: Tools,
    slow: Arc<Mutex<BTreeSet<String>>>,
}

/// What can be called, and why the rest cannot.
pub(super) struct Calls {
    /// Each with `tool` and `arguments`.
    pub(super) items: Vec<Value>,
    /// Why nothing more can.
    pub(super) excuse: String,
}

impl Caller {
    pub(super) fn new(tools: Tools) -> Self {
        Self { tools, slow: Arc::default() }
    }

    /// Do not call this tool again: it takes too long.
    pub(super) fn spare(&self, tool: &str) {
        self.slow().insert(tool.to_owned());
    }

    fn slow(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.slow.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The calls that the policy allows and that arguments were found for.
    pub(super) async fn calls(&self, session: &mut Session) -> Calls {
        let tools = session.list(List::Tools).await;
        let allowed: Vec<&Value> = tools.iter().filter(|tool| self.tools.allows(tool)).collect();
        let possible: Vec<Value> = allowed.iter().filter_map(|tool| self.tools.call(tool)).collect();
        let slow = self.slow();
        let items: Vec<Value> = possible.iter().filter(|call| !slow.contains(name(call))).cloned().collect();
        let excuse = match (tools.len(), allowed.len(), possible.len()) {
            (0, ..) => "the server lists no tools".to_owned(),
            (all, 0, _) => self.tools.excuse(all),
            (_, some, few) if few < some => format!("no valid arguments were found for {} of {some} tools", some - few),
            _ if items.is_empty() => "the tools that may be called are slow, and were called once only".to_owned(),
            _ => "it concerns none of the tools that may be called".to_owned(),
        };
        Calls { items, excuse }
    }
}

/// The name of the tool of a call.
pub(super) fn name(call: &Value) -> &str {
    call.pointer("/tool/name").and_then(Value::as_str).unwrap_or_default()
}
