//! `for`: the same steps for each item of a list.

use serde_json::Value;

use super::{
    mirrored::mirrored,
    player::{Flow, Player},
    subject::Impossible,
};
use crate::{
    session,
    suite::{For, List},
};

impl Player<'_> {
    /// Play the steps once for each item; one bad round does not keep the next from being played.
    pub(super) async fn each(&mut self, each: &For) -> Result<Flow, Impossible> {
        let (items, excuse) = self.items(&each.list).await?;
        let mut played = 0;
        for (index, item) in items.into_iter().enumerate() {
            let only = each.only.as_ref();
            if !is_addressable(&each.list, &item) || only.is_some_and(|only| only.fit(&item, &self.scope).is_err()) {
                continue;
            }
            played += 1;
            let before = self.from;
            self.from = self.session.mark();
            self.rounds.push(label(&each.list, &each.name, index, &item));
            self.scope.set(each.name.clone(), item);
            let flow = self.steps(&each.steps).await;
            self.rounds.pop();
            self.from = before;
            if flow == Flow::CheckOver {
                return Ok(flow);
            }
        }
        if played == 0 {
            self.excuse.get_or_insert(excuse);
        }
        Ok(Flow::On)
    }

    pub(super) async fn items(&mut self, list: &List) -> Result<(Vec<Value>, String), Impossible> {
        match list {
            List::Calls => {
                let calls = self.caller.calls(self.session).await;
                return Ok((calls.items, calls.excuse));
            }
            List::Mirrored => {
                let calls = self.caller.calls(self.session).await;
                let items = mirrored(&calls.items);
                let nothing = calls.items.is_empty();
                return Ok((items, if nothing { calls.excuse } else { "no argument travels as a header".to_owned() }));
            }
            List::Values(values) => {
                let filled: Result<Vec<Value>, _> = values.iter().map(|value| self.scope.fill(value)).collect();
                return Ok((filled?, "the server gave nothing that it could go on with".to_owned()));
            }
            List::Variable(template) => return self.variable(template),
            _ => {}
        }
        let Some(listed) = listed(list) else { return Ok((Vec::new(), String::new())) };
        let items = self.session.list(listed).await;
        let excuse = if items.is_empty() { "the server lists no" } else { "it concerns none of the server's" };
        Ok((items, format!("{excuse} {}", listed.member())))
    }

    fn variable(&self, template: &str) -> Result<(Vec<Value>, String), Impossible> {
        match self.scope.fill(&Value::String(template.to_owned()))? {
            Value::Array(items) => Ok((items, "the list is empty".to_owned())),
            Value::Null => Ok((Vec::new(), "there is no such list".to_owned())),
            other => Err(Impossible(format!("`in: {template}` is no list but {}", crate::checks::brief(&other)))),
        }
    }
}

/// What of a server a list is.
const fn listed(list: &List) -> Option<session::List> {
    match list {
        List::Tools => Some(session::List::Tools),
        List::Prompts => Some(session::List::Prompts),
        List::Resources => Some(session::List::Resources),
        List::Templates => Some(session::List::Templates),
        List::Calls | List::Mirrored | List::Values(_) | List::Variable(_) => None,
    }
}

/// Whether a step can be about an item: without the name that a request would need, any request would be malformed.
/// What is wrong with such an item the watches tell.
fn is_addressable(list: &List, item: &Value) -> bool {
    listed(list).is_none_or(|list| list.address(item).is_some())
}

/// What a round is called in a finding: `tools[3] (add)`.
fn label(list: &List, name: &str, index: usize, item: &Value) -> String {
    let text =
        |pointer: &str| item.pointer(pointer).and_then(Value::as_str).map(|text| text.chars().take(80).collect());
    let called: Option<String> = text("/tool/name").or_else(|| text("/name")).or_else(|| text("/uri"));
    match (list, called) {
        (List::Calls, Some(called)) => called,
        (_, Some(called)) => format!("{name}[{index}] ({called})"),
        (_, None) if item.is_object() || item.is_array() => format!("{name}[{index}]"),
        (_, None) => format!("{name} {}", crate::checks::brief(item)),
    }
}
