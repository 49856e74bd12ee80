//! Which tools may be called, and with which arguments.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::instances::Maker;

/// Which tools may be called, where nothing more is said of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CallPolicy {
    /// None.
    None,
    /// Those that say of themselves that they only read.
    #[default]
    ReadOnly,
    /// All of them.
    All,
}

impl CallPolicy {
    /// Whether a tool may be called.
    pub fn allows(self, tool: &Value) -> bool {
        match self {
            Self::None => false,
            Self::ReadOnly => tool.pointer("/annotations/readOnlyHint") == Some(&Value::Bool(true)),
            Self::All => true,
        }
    }

    /// What would have more tools called.
    const fn remedy(self) -> &'static str {
        match self {
            Self::None => "`--call read-only` calls those that only read",
            _ => "none says `readOnlyHint: true`; `--call all` calls every tool, `[tools]` in litmus.toml names some",
        }
    }
}

/// What the user says of the tools.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tools {
    /// What holds for those that are not named.
    pub policy: CallPolicy,
    /// Those that are named: `None` is never called; `Some(null)` is called with arguments that are made from its
    /// schema; any other value is the arguments.
    pub named: BTreeMap<String, Option<Value>>,
}

impl From<CallPolicy> for Tools {
    fn from(policy: CallPolicy) -> Self {
        Self { policy, named: BTreeMap::new() }
    }
}

impl Tools {
    /// Whether a tool may be called. What is said of it by name goes before the policy.
    pub fn allows(&self, tool: &Value) -> bool {
        self.named(tool).map_or_else(|| self.policy.allows(tool), Option::is_some)
    }

    /// A call of a tool: those arguments that the user has given, or some that fit its schema.
    pub fn call(&self, tool: &Value) -> Option<Value> {
        tool.get("name")?.as_str()?;
        let given = self.named(tool).and_then(Option::as_ref).filter(|given| given.is_object());
        let made = || Maker::of_arguments(tool.get("inputSchema")?)?.smallest().filter(Value::is_object);
        let arguments = given.cloned().or_else(made)?;
        Some(json!({ "tool": tool, "arguments": arguments }))
    }

    /// Why none of them may be called.
    pub(super) fn excuse(&self, all: usize) -> String {
        format!("none of {all} tools may be called: {}", self.policy.remedy())
    }

    fn named(&self, tool: &Value) -> Option<&Option<Value>> {
        self.named.get(tool.get("name")?.as_str()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_says_that_it_reads_is_called_by_default() {
        let tool = |hint: Value| json!({ "name": "t", "annotations": { "readOnlyHint": hint } });
        assert!(CallPolicy::ReadOnly.allows(&tool(json!(true))));
        assert!(!CallPolicy::ReadOnly.allows(&tool(json!("true"))) && !CallPolicy::ReadOnly.allows(&json!({})));
        assert!(CallPolicy::All.allows(&json!({})) && !CallPolicy::None.allows(&tool(json!(true))));
    }

    #[test]
    fn what_is_said_of_a_tool_by_name_goes_before_the_policy() {
        let named = [("never", None), ("made", Some(Value::Null)), ("given", Some(json!({ "a": 1 })))];
        let tools = Tools {
            policy: CallPolicy::All,
            named: named.into_iter().map(|(name, call)| (name.to_owned(), call)).collect(),
        };
        let tool = |name: &str| json!({ "name": name, "inputSchema": { "type": "object" } });
        assert!(!tools.allows(&tool("never")) && tools.allows(&tool("other")));
        let careful = Tools { policy: CallPolicy::None, ..tools };
        assert!(careful.allows(&tool("made")) && !careful.allows(&tool("other")));
        let arguments = |name: &str| careful.call(&tool(name)).map(|call| call["arguments"].clone());
        assert_eq!(arguments("made"), Some(json!({})));
        assert_eq!(arguments("given"), Some(json!({ "a": 1 })));
        let vague = json!({ "name": "other", "inputSchema": {} });
        assert_eq!(careful.call(&vague).map(|call| call["arguments"].clone()), Some(json!({})));
    }
}
