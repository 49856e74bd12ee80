//! What refers to what: variables and `as:` names have to be there before they are used.

use super::{
    List, SessionKind, Subject,
    scope::{is_path, paths},
    suggest,
    tree::{Data, Fault, Node, Place},
};

/// The variables that are always there.
const BUILT_IN: [&str; 4] = ["http", "nonce", "revision", "server"];
/// The members of `http`: the address of the server, and what is known of it.
const HTTP: [&str; 12] = [
    "url",
    "origin",
    "host",
    "name",
    "port",
    "path",
    "session",
    "loopback",
    "launched",
    "secure",
    "authorized",
    "bearer",
];
/// What `of:` knows besides `as:` names and variables.
const ENDS: [&str; 8] = ["handshake", "exit", "memory", "heard", "tools", "prompts", "resources", "templates"];

/// What can be referred to at a point of a script.
#[derive(Clone, Debug)]
pub(super) struct Names {
    variables: Vec<String>,
    labels: Vec<String>,
    /// Whether there is an answer that could be the latest.
    has_sent: bool,
    /// The process that the check speaks to.
    pub session: SessionKind,
}

impl Names {
    /// At the beginning of a script.
    pub fn new(session: SessionKind) -> Self {
        Self { variables: BUILT_IN.map(str::to_owned).into(), labels: Vec::new(), has_sent: false, session }
    }

    /// Notes that something was sent that can be answered, maybe with an `as:` name.
    pub fn sent(&mut self, label: Option<&str>) {
        self.has_sent = true;
        self.labels.extend(label.map(str::to_owned));
    }

    /// Notes a variable.
    pub fn name(&mut self, name: &str, place: Place, faults: &mut Vec<Fault>) {
        if BUILT_IN.contains(&name) {
            faults.push(place.fault(format!("`{name}` has a meaning already; take another name")));
        } else if !is_path(name) || name.contains(['.', '/', '$']) {
            faults.push(place.fault(format!("`{name}` cannot be the name of a variable: use letters, digits and `_`")));
        }
        self.variables.push(name.to_owned());
    }

    /// Checks that an `as:` name can be told from what `of:` knows itself.
    pub fn check_label(node: Node<'_>, label: &str, faults: &mut Vec<Fault>) {
        if ENDS.contains(&label) || paths(label).next().is_some() {
            faults.push(node.fault(format!("`{label}` means something else to `of`; take another name")));
        }
    }

    /// Checks every variable in the texts and keys of a node.
    pub fn check_variables(&self, node: Node<'_>, faults: &mut Vec<Fault>) {
        match node.data() {
            Data::Text(text) => faults.extend(self.unknown(text).map(|message| node.fault(message))),
            Data::List(_) => node.items().for_each(|item| self.check_variables(item, faults)),
            Data::Map(_) => {
                for (key, value) in node.entries() {
                    faults.extend(self.unknown(&key.name).map(|message| key.place.fault(message)));
                    self.check_variables(value, faults);
                }
            }
            Data::Null | Data::Bool(_) | Data::Number(_) => {}
        }
    }

    fn unknown<'a>(&'a self, text: &'a str) -> impl Iterator<Item = String> + 'a {
        paths(text).filter_map(|path| {
            let mut members = path.split('.');
            let root = members.next().unwrap_or_default();
            if !self.variables.iter().any(|known| known == root) {
                let hint = suggest::hint(root, self.variables.iter().map(String::as_str));
                return Some(format!("`{root}` is not a variable here{hint}"));
            }
            let member = members.next().filter(|member| root == "http" && !HTTP.contains(member))?;
            let hint = suggest::hint(member, HTTP);
            Some(format!("`http` has no member `{member}`{hint}"))
        })
    }

    /// An `as:` name that was given before; `others` are words that could stand in its place.
    pub fn label(&self, node: Node<'_>, text: &str, others: &[&str]) -> Result<String, Fault> {
        if self.labels.iter().any(|label| label == text) {
            return Ok(text.to_owned());
        }
        let known = self.labels.iter().map(String::as_str).chain(others.iter().copied());
        let hint = suggest::hint(text, known);
        Err(node.fault(format!("no step before this has `as: {text}`{hint}")))
    }

    /// What an `of:` means; without one, the latest answer.
    pub fn subject(&self, of: Option<Node<'_>>, owner: Node<'_>) -> Result<Subject, Fault> {
        let Some(node) = of else {
            let message = "nothing was sent before this: send something, or say with `of` what is judged";
            return if self.has_sent { Ok(Subject::Latest) } else { Err(owner.fault(message)) };
        };
        let Some(text) = node.text() else {
            return Err(node.fault(format!("expected a text, got {}", node.words())));
        };
        match text {
            "exit" => Ok(Subject::Exit),
            "memory" => Ok(Subject::Memory),
            "heard" => Ok(Subject::Heard),
            "tools" => Ok(Subject::Listed(List::Tools)),
            "prompts" => Ok(Subject::Listed(List::Prompts)),
            "resources" => Ok(Subject::Listed(List::Resources)),
            "templates" => Ok(Subject::Listed(List::Templates)),
            "handshake" if matches!(self.session, SessionKind::Bare | SessionKind::Spare) => {
                Err(node.fault("a bare session has no handshake: send one, or say `session: fresh`"))
            }
            "handshake" => Ok(Subject::Handshake),
            _ if paths(text).next().is_some() => Ok(Subject::Value(text.to_owned())),
            _ => self.label(node, text, &ENDS).map(Subject::Label),
        }
    }
}
