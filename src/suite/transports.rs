//! What a check does, held against the transports that it is for: requests need a URL, lines and pipes a process.

use super::{
    block::Transport,
    tree::{Data, Fault, Node, Place},
};

/// What a step or a watch needs of the transport.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    /// Lines through pipes.
    Pipes,
    /// Requests to a URL.
    Requests,
}

/// Something that needs a transport.
struct Use {
    need: Need,
    what: String,
    place: Place,
}

/// Reports what a check does that not all of its transports can do. `node` is its block.
pub(super) fn check(transports: &[Transport], node: Node<'_>, faults: &mut Vec<Fault>) {
    let mut uses = Vec::new();
    watched(node, &mut uses);
    steps(node, &mut uses);
    for need in [Need::Pipes, Need::Requests].into_iter().filter(|need| !need.is_met(transports)) {
        // The first one says it for all.
        let first = uses.iter().find(|used| used.need == need);
        faults.extend(first.map(|used| used.place.fault(format!("`{}` {}", used.what, need.words()))));
    }
}

/// Whether a check is for URLs only, so that its example servers have one.
pub(super) fn are_urls(transports: &[Transport]) -> bool {
    Need::Requests.is_met(transports)
}

impl Need {
    fn is_met(self, transports: &[Transport]) -> bool {
        let is_met = |transport: &Transport| (*transport == Transport::Stdio) == (self == Self::Pipes);
        !transports.is_empty() && transports.iter().all(is_met)
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Pipes => "is for servers behind pipes only: say `transports: [stdio]`",
            Self::Requests => "is for servers over HTTP only: say `transports: [http]`, or `[http, sse]`",
        }
    }
}

fn watched(node: Node<'_>, uses: &mut Vec<Use>) {
    let Some(on) = node.get("on") else {
        return;
    };
    let need = match on.text() {
        Some("line" | "exit") => Need::Pipes,
        Some("http") => Need::Requests,
        _ => return,
    };
    uses.push(Use { need, what: format!("on: {}", on.text().unwrap_or_default()), place: on.place() });
}

fn steps(node: Node<'_>, uses: &mut Vec<Use>) {
    for step in node.get("steps").into_iter().flat_map(Node::items) {
        for (key, value) in step.entries() {
            let (need, what) = match (key.name.as_str(), value.data()) {
                ("http" | "hang-up", _) => (Need::Requests, key.name.clone()),
                ("close", _) => (Need::Pipes, "close".to_owned()),
                ("newline", Data::Bool(false)) => (Need::Pipes, "newline: false".to_owned()),
                ("of", Data::Text(text)) if text == "exit" => (Need::Pipes, "of: exit".to_owned()),
                _ => continue,
            };
            uses.push(Use { need, what, place: key.place });
        }
        steps(step, uses);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suite::yaml;

    const PIPES: [&str; 5] = [
        "on: line",
        "on: exit",
        "steps: [{ for: x, steps: [{ raw: a }, { raw: b, newline: false }] }]",
        "steps: [{ close: stdin }]",
        "steps: [{ expect: [], of: exit }]",
    ];
    const REQUESTS: [&str; 3] = ["on: http", "steps: [{ send: a }, { http: GET }]", "steps: [{ hang-up: a }]"];

    fn is_fine(transports: &[Transport], text: &str) -> bool {
        let tree = yaml::read(text, yaml::Origin { line: 1, indent: 0 }).unwrap();
        let mut faults = Vec::new();
        check(transports, tree.root(), &mut faults);
        faults.is_empty()
    }

    #[test]
    fn what_needs_pipes_is_for_stdio_only() {
        use Transport::{Http, Sse, Stdio};
        for text in PIPES {
            assert!(is_fine(&[Stdio], text), "{text}");
            for transports in [&[][..], &[Http], &[Stdio, Http], &[Sse, Stdio]] {
                assert!(!is_fine(transports, text), "{text} {transports:?}");
            }
        }
    }

    #[test]
    fn what_makes_requests_is_for_urls_only() {
        use Transport::{Http, Sse, Stdio};
        for text in REQUESTS {
            for transports in [&[Http][..], &[Sse], &[Http, Sse]] {
                assert!(is_fine(transports, text), "{text} {transports:?}");
            }
            for transports in [&[][..], &[Stdio], &[Stdio, Http]] {
                assert!(!is_fine(transports, text), "{text} {transports:?}");
            }
        }
    }

    #[test]
    fn the_rest_is_for_all() {
        for text in ["on: message", "on: sent", "steps: [{ raw: a, newline: true }, { expect: [], of: heard }]", "{}"] {
            assert!(is_fine(&[], text) && is_fine(&[Transport::Http, Transport::Stdio], text), "{text}");
        }
    }
}
