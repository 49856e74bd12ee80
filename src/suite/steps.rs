//! Nodes to steps. A step is found by its verb, and the other keys have to belong to it.

use serde::de::DeserializeOwned;

use super::{
    Action, Expect, For, Let, List, Notify, Pattern, Raw, Send, SessionKind, Step, Subject, Wait,
    arms::arms,
    decode::{Ref, decode},
    names::Names,
    payload::payload,
    suggest,
    tree::{Data, Fault, Node},
    values,
    verb::{AliveKeys, CloseKeys, ExpectKeys, ForKeys, LetKeys, NotifyKeys, RawKeys, SendKeys, WaitKeys},
};

/// Reads the steps of one check.
pub(super) struct Steps {
    pub names: Names,
    pub faults: Vec<Fault>,
    /// Whether any step so far judges anything.
    pub expects: bool,
}

/// How the keys of a step become an action.
type Read = fn(&mut Steps, Node<'_>) -> Option<Action>;

/// Every verb.
const VERBS: [(&str, Read); 11] = [
    ("send", Steps::send),
    ("notify", Steps::notify),
    ("raw", Steps::raw),
    ("http", Steps::http),
    ("hang-up", Steps::hang_up),
    ("expect", Steps::expect),
    ("alive", Steps::alive),
    ("let", Steps::name),
    ("for", Steps::each),
    ("close", Steps::close),
    ("wait", Steps::wait),
];

impl Steps {
    /// Reads a list of steps. Each is read even when one before it is wrong.
    pub fn all(&mut self, list: &[Ref], owner: Node<'_>) -> Vec<Step> {
        list.iter().filter_map(|item| self.step(item.of(owner))).collect()
    }

    fn step(&mut self, node: Node<'_>) -> Option<Step> {
        let read = verb(node).map_err(|fault| self.faults.push(fault)).ok()?;
        let action = read(self, node)?;
        Some(Step { line: node.place().line, action })
    }

    /// Decodes the keys of a step, and checks the variables in all of them but those in `steps`.
    pub(super) fn keys<T: DeserializeOwned>(&mut self, node: Node<'_>, owner: &str) -> Option<T> {
        for (_, value) in node.entries().filter(|(key, _)| key.name != "steps") {
            self.names.check_variables(value, &mut self.faults);
        }
        decode(node, owner, &mut self.faults)
    }

    pub(super) fn keep<T>(&mut self, read: Result<T, Fault>) -> Option<T> {
        read.map_err(|fault| self.faults.push(fault)).ok()
    }

    pub(super) fn label(&mut self, node: Node<'_>, label: Option<&str>) {
        if let (Some(label), Some(node)) = (label, node.get("as")) {
            Names::check_label(node, label, &mut self.faults);
        }
        self.names.sent(label);
    }

    fn send(&mut self, node: Node<'_>) -> Option<Action> {
        let keys: Option<SendKeys> = self.keys(node, "`send`");
        self.label(node, node.get("as").and_then(Node::text));
        let keys = keys?;
        let meta = self.keep(values::meta(keys.meta.map(|meta| meta.of(node))))?;
        let value = |given: Option<Ref>| given.map(|given| given.of(node).to_value());
        let (params, id) = (value(keys.params), value(keys.id));
        let malformed = keys.malformed.unwrap_or(false);
        Some(Action::Send(Send { method: keys.send, params, id, label: keys.label, meta, malformed }))
    }

    fn notify(&mut self, node: Node<'_>) -> Option<Action> {
        let keys: NotifyKeys = self.keys(node, "`notify`")?;
        let meta = self.keep(values::meta(keys.meta.map(|meta| meta.of(node))))?;
        let params = keys.params.map(|params| params.of(node).to_value());
        let malformed = keys.malformed.unwrap_or(false);
        Some(Action::Notify(Notify { method: keys.notify, params, meta, malformed }))
    }

    fn raw(&mut self, node: Node<'_>) -> Option<Action> {
        let keys: Option<RawKeys> = self.keys(node, "`raw`");
        self.label(node, node.get("as").and_then(Node::text));
        let keys = keys?;
        let payload = self.keep(payload(keys.raw.of(node), "raw"))?;
        let id = keys.id.map(|id| id.of(node).to_value());
        Some(Action::Raw(Raw { payload, newline: keys.newline.unwrap_or(true), id, label: keys.label }))
    }

    fn expect(&mut self, node: Node<'_>) -> Option<Action> {
        self.expects = true;
        let keys: ExpectKeys = self.keys(node, "`expect`")?;
        let of = self.keep(self.names.subject(keys.of.map(|of| of.of(node)), node))?;
        let within = keys.within.map(|within| self.keep(values::duration(within.of(node))));
        let of_answers = !matches!(of, Subject::Value(_) | Subject::Heard | Subject::Listed(_) | Subject::Memory);
        let arms = arms(&keys.expect, node, of_answers, &mut self.faults);
        Some(Action::Expect(Expect { arms, of, within: within.flatten() }))
    }

    fn alive(&mut self, node: Node<'_>) -> Option<Action> {
        self.expects = true;
        let keys: AliveKeys = self.keys(node, "`alive`")?;
        Some(Action::Alive(keys.alive))
    }

    fn name(&mut self, node: Node<'_>) -> Option<Action> {
        let keys: LetKeys = self.keys(node, "`let`")?;
        let of = self.keep(self.names.subject(keys.of.map(|of| of.of(node)), node));
        let pairs = keys.names.of(node);
        if !matches!(pairs.data(), Data::Map(entries) if !entries.is_empty()) {
            self.faults.push(pairs.fault("`let` takes names with JSON pointers: `{ cursor: /result/nextCursor }`"));
        }
        let mut names = Vec::new();
        for (key, value) in pairs.entries() {
            self.names.name(&key.name, key.place, &mut self.faults);
            let pointer = self.keep(values::pointer(value));
            names.extend(pointer.map(|pointer| (key.name.clone(), pointer)));
        }
        Some(Action::Let(Let { names, of: of?, otherwise: keys.otherwise }))
    }

    fn each(&mut self, node: Node<'_>) -> Option<Action> {
        let keys: ForKeys = self.keys(node, "`for`")?;
        let list: Option<List> = self.keep(values::list(keys.list.of(node)));
        let only = keys.only.map(|only| self.keep(Pattern::decode(only.of(node))));
        let outside = self.names.clone();
        self.names.name(&keys.name, node.place(), &mut self.faults);
        let steps = self.all(&keys.steps, node);
        self.names = outside;
        if keys.steps.is_empty() {
            self.faults.push(node.fault("`for` has no steps"));
        }
        Some(Action::For(For { name: keys.name, list: list?, only: only.flatten(), steps }))
    }

    fn close(&mut self, node: Node<'_>) -> Option<Action> {
        let _: CloseKeys = self.keys(node, "`close`")?;
        if self.names.session == SessionKind::Shared {
            let message = "`close` ends the process that other checks share: say `session: fresh` or `session: bare`";
            self.faults.push(node.fault(message));
        }
        Some(Action::Close)
    }

    fn wait(&mut self, node: Node<'_>) -> Option<Action> {
        let keys: WaitKeys = self.keys(node, "`wait`")?;
        let wait = keys.wait.of(node);
        if wait.text() == Some("quiet") {
            return Some(Action::Wait(Wait::Quiet));
        }
        self.keep(values::duration(wait)).map(|duration| Action::Wait(Wait::For(duration)))
    }
}

/// The verb of a step.
fn verb(node: Node<'_>) -> Result<Read, Fault> {
    let names = VERBS.map(|(name, _)| name);
    let mut found = node.entries().filter_map(|(key, _)| Some((key, verb_of(&key.name)?)));
    match (found.next(), found.next()) {
        (Some((_, read)), None) => Ok(read),
        (Some((first, _)), Some((second, _))) => {
            let message = format!("`{}` cannot stand beside `{}`: it is a step of its own", second.name, first.name);
            Err(second.place.fault(message))
        }
        (None, _) => match node.entries().next() {
            Some((key, _)) => {
                let hint = suggest::hint(&key.name, names);
                Err(key.place.fault(format!("`{}` is not a step{hint}", key.name)))
            }
            None => Err(node.fault(format!("a step is one of {}", suggest::either(&names)))),
        },
    }
}

fn verb_of(name: &str) -> Option<Read> {
    VERBS.iter().find(|(verb, _)| *verb == name).map(|(_, read)| *read)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suite::{
        decode,
        verb::{HangUpKeys, HttpKeys},
    };

    #[test]
    fn each_verb_takes_itself() {
        let first = [
            decode::fields::<SendKeys>(),
            decode::fields::<NotifyKeys>(),
            decode::fields::<RawKeys>(),
            decode::fields::<HttpKeys>(),
            decode::fields::<HangUpKeys>(),
            decode::fields::<ExpectKeys>(),
            decode::fields::<AliveKeys>(),
            decode::fields::<LetKeys>(),
            decode::fields::<ForKeys>(),
            decode::fields::<CloseKeys>(),
            decode::fields::<WaitKeys>(),
        ];
        assert_eq!(first.map(|fields| fields[0]), VERBS.map(|(verb, _)| verb));
        let others: Vec<&str> = first.iter().flat_map(|fields| &fields[1..]).copied().collect();
        assert!(others.iter().all(|name| verb_of(name).is_none()), "a verb cannot be the key of another step");
    }
}
