//! A file to a suite: sections to checks, with the defaults of the head. Every fault of the file is gathered.

use std::sync::Arc;

use super::{
    Body, Check, Example, Pattern, SessionKind, Suite, SuiteError, Watch, WatchRule,
    arms::arms,
    block::{Facts, ScriptKeys, WatchKeys},
    decode::{Ref, decode_both},
    facts,
    head::Head,
    markdown,
    names::Names,
    section::{self, Block, Kind, Section},
    server::server,
    steps::Steps,
    tree::{Data, Fault, Node, Place, Tree},
    yaml,
};

impl Suite {
    /// Reads a suite file. Every error of the file is reported, in the order of its lines.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<SuiteError>> {
        let file: Arc<str> = file.into();
        let mut faults = Vec::new();
        let suite = read(&file, text, &mut faults);
        match suite {
            Some(suite) if faults.is_empty() => Ok(suite),
            _ => Err(errors(&file, faults)),
        }
    }
}

fn errors(file: &Arc<str>, mut faults: Vec<Fault>) -> Vec<SuiteError> {
    faults.sort_by_key(|fault| fault.place);
    faults.dedup();
    let error = |Fault { place, message }| SuiteError {
        file: file.clone(),
        line: place.line,
        column: place.column,
        message,
    };
    faults.into_iter().map(error).collect()
}

fn read(file: &Arc<str>, text: &str, faults: &mut Vec<Fault>) -> Option<Suite> {
    let (parts, mut found) = markdown::parts(text);
    faults.append(&mut found);
    let (head, sections) = section::cut(parts, faults);
    let head = match head {
        Some((text, line)) => Head::read(&text, line, faults),
        None if faults.iter().any(|fault| fault.place == Place::line(1)) => None,
        None => {
            faults.push(
                Place::line(1).fault("a suite begins with a head: `about = \"...\"` between two lines `+++`"),
            );
            None
        }
    };
    // A file whose head is wrong is read to its end all the same, for its other faults.
    let is_read = head.is_some();
    let chapter = Chapter {
        name: head.as_ref().map_or_else(String::new, |head| head.name_for(file)),
        file: file.clone(),
        head: head.unwrap_or_default(),
    };
    let checks = chapter.checks(&sections, faults);
    is_read.then_some(Suite {
        name: chapter.name,
        file: chapter.file,
        about: chapter.head.about,
        checks,
    })
}

/// What all sections of a file share.
pub(super) struct Chapter {
    pub name: String,
    pub file: Arc<str>,
    pub head: Head,
}

impl Chapter {
    fn checks(&self, sections: &[Section<'_>], faults: &mut Vec<Fault>) -> Vec<Check> {
        let mut seen: Vec<(&str, u32)> = Vec::new();
        let mut checks = Vec::new();
        for section in sections.iter().filter(|section| !section.blocks.is_empty()) {
            let (name, title, line) = match section.names() {
                Ok(names) => names,
                Err(fault) => {
                    faults.push(fault);
                    ("", "", 0)
                }
            };
            if let Some((_, first)) = seen.iter().find(|(other, _)| *other == name && line > 0) {
                let message = format!("`{name}` stands in line {first} already; an id is given once");
                faults.push(Place { line, column: 4 }.fault(message));
            }
            seen.push((name, line));
            checks.extend(self.check(section, (name, title, line), faults));
        }
        checks
    }

    fn check(
        &self,
        section: &Section<'_>,
        names: (&str, &str, u32),
        faults: &mut Vec<Fault>,
    ) -> Option<Check> {
        let mut judge = None;
        let mut examples = Vec::new();
        for block in &section.blocks {
            match block.kind {
                Kind::Server(verdict) => {
                    let tree = tree(block, faults);
                    if judge.is_none() {
                        faults.push(
                            block
                                .fence
                                .place
                                .fault("a server stands below the check that judges it"),
                        );
                    }
                    let server = tree.map(|tree| server(tree.root(), faults));
                    examples.extend(server.map(|server| Example {
                        verdict,
                        server,
                        line: block.fence.place.line,
                    }));
                }
                Kind::Check | Kind::Watch if judge.is_some() => {
                    let message =
                        "this section has its check already: put a heading `## name: Title` above this one";
                    faults.push(block.fence.place.fault(message));
                }
                Kind::Check | Kind::Watch => judge = Some(block),
            }
        }
        let tree = tree(judge?, faults)?;
        let judged = if judge?.kind == Kind::Watch {
            watch(tree.root(), faults)
        } else {
            script(tree.root(), faults)
        };
        let (facts, judge) = judged;
        let info = self.info(&facts?, tree.root(), names, section.about.trim(), faults)?;
        let (session, client, body) = judge?;
        facts::check_client(&info, session, client.is_some(), tree.root(), faults);
        Some(Check {
            info,
            session,
            client,
            body,
            examples,
        })
    }
}

fn tree(block: &Block<'_>, faults: &mut Vec<Fault>) -> Option<Tree> {
    yaml::read(&block.fence.text, block.fence.origin())
        .map_err(|fault| faults.push(fault))
        .ok()
}

/// What a block says of its session and of how it judges.
type Judge = (SessionKind, Option<serde_json::Value>, Body);

fn script(node: Node<'_>, faults: &mut Vec<Fault>) -> (Option<Facts>, Option<Judge>) {
    let (facts, keys) = decode_both::<Facts, ScriptKeys>(node, "`yaml check`", faults);
    let judge = keys.and_then(|keys| {
        let client = keys.client.map(|client| client.of(&node).to_value());
        let body = match (&keys.steps, keys.code) {
            (Some(steps), None) => Body::Script(steps_of(steps, keys.session, node, faults)),
            (None, Some(code)) => Body::Code(code),
            _ => {
                faults.push(node.fault("a check has `steps`, or the `code` that judges: one of the two"));
                return None;
            }
        };
        Some((keys.session, client, body))
    });
    (facts, judge)
}

fn steps_of(list: &[Ref], session: SessionKind, node: Node<'_>, faults: &mut Vec<Fault>) -> Vec<super::Step> {
    let mut steps = Steps {
        names: Names::new(session),
        faults: Vec::new(),
        expects: false,
    };
    let read = steps.all(list, node);
    if !steps.expects && steps.faults.is_empty() {
        steps
            .faults
            .push(node.fault("nothing is expected: add an `expect` or an `alive` to the steps"));
    }
    faults.append(&mut steps.faults);
    read
}

fn watch(node: Node<'_>, faults: &mut Vec<Fault>) -> (Option<Facts>, Option<Judge>) {
    let (facts, keys) = decode_both::<Facts, WatchKeys>(node, "`yaml watch`", faults);
    let judge = keys.and_then(|keys| {
        let names = Names::new(SessionKind::Shared);
        let texts = node
            .entries()
            .filter(|(key, _)| matches!(key.name.as_str(), "where" | "expect"));
        texts.for_each(|(_, value)| names.check_variables(value, faults));
        let only = keys.only.map(|only| {
            Pattern::decode(only.of(&node))
                .map_err(|fault| faults.push(fault))
                .ok()
        });
        let rule = match (&keys.expect, keys.code) {
            (Some(list), None) => {
                WatchRule::Arms(arms(list, node.get("expect").unwrap_or(node), true, faults))
            }
            (None, Some(code)) => WatchRule::Code(code),
            _ => {
                faults.push(node.fault("a watch has `expect`, or the `code` that judges: one of the two"));
                return None;
            }
        };
        Some((
            SessionKind::Shared,
            None,
            Body::Watch(Watch {
                on: keys.on,
                only: only.flatten(),
                rule,
            }),
        ))
    });
    (facts, judge)
}
