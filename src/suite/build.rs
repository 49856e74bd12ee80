//! A file to a suite: sections to checks, with the defaults of the head. Every fault of the file is gathered.

use std::sync::Arc;

use super::{
    Check, Example, Suite, SuiteError,
    block::Transport,
    error::harmless,
    facts,
    head::Head,
    judge::{judge, tree},
    markdown,
    section::{self, Block, Kind, Section},
    server::server,
    transports,
    tree::{Fault, Place},
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
        message: harmless(message),
    };
    faults.into_iter().map(error).collect()
}

fn read(file: &Arc<str>, text: &str, faults: &mut Vec<Fault>) -> Option<Suite> {
    let (parts, mut found) = markdown::parts(text);
    faults.append(&mut found);
    let (head, sections) = section::cut(parts, faults);
    let before = faults.len();
    let head = match head {
        Some((text, line)) => Head::read(&text, line, faults),
        None if faults.iter().any(|fault| fault.place == Place::line(1)) => None,
        None => {
            faults.push(Place::line(1).fault("a suite begins with a head: `about = \"...\"` between two lines `+++`"));
            None
        }
    };
    let is_sound = head.is_some() && faults.len() == before;
    // A file whose head is wrong is read to its end all the same, for its other faults. It may have named a page.
    let is_read = head.is_some();
    let head = head.unwrap_or_else(|| Head { spec: Some(String::new()), ..Head::default() });
    let chapter = Chapter { name: head.name_for(file), file: file.clone(), head, is_sound };
    let checks = chapter.checks(&sections, faults);
    is_read.then_some(Suite {
        name: chapter.name,
        file: chapter.file,
        about: chapter.head.about,
        watches: chapter.head.watches,
        checks,
    })
}

/// What all sections of a file share.
pub(super) struct Chapter {
    pub name: String,
    pub file: Arc<str>,
    pub head: Head,
    /// Whether all of the head could be read.
    pub is_sound: bool,
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

    fn check(&self, section: &Section<'_>, names: (&str, &str, u32), faults: &mut Vec<Fault>) -> Option<Check> {
        let block = the_check(section, faults);
        let examples: Vec<Example> = section.blocks.iter().filter_map(|block| example(block, faults)).collect();
        let block = block?;
        let tree = tree(block, faults)?;
        let (facts, judge) = judge(block.kind, tree.root(), faults);
        let facts = facts?;
        let transports = self.transports(&facts, tree.root());
        if let Some(transports) = transports {
            transports::check(transports, tree.root(), faults);
            faults.extend(examples.iter().filter_map(|example| stray_answers(example, transports)));
        }
        let info = self.info(&facts, tree.root(), names, section.about.trim(), faults)?;
        let (session, client, body) = judge?;
        facts::check_client(&info, session, client.is_some(), tree.root(), faults);
        Some(Check { info, session, client, body, examples })
    }
}

/// The block of a section that judges. There is one, and servers stand below it.
fn the_check<'s, 'a>(section: &'s Section<'a>, faults: &mut Vec<Fault>) -> Option<&'s Block<'a>> {
    let mut judges = None;
    for block in &section.blocks {
        match (block.kind, judges) {
            (Kind::Server(_), Some(_)) => {}
            (Kind::Server(_), None) => {
                faults.push(block.fence.place.fault("a server stands below the check that judges it"));
            }
            (_, None) => judges = Some(block),
            (_, Some(_)) => {
                let message = "this section has its check already: put a heading `## name: Title` above this one";
                faults.push(block.fence.place.fault(message));
            }
        }
    }
    judges
}

fn example(block: &Block<'_>, faults: &mut Vec<Fault>) -> Option<Example> {
    let Kind::Server(verdict) = block.kind else {
        return None;
    };
    let tree = tree(block, faults)?;
    Some(Example { verdict, server: server(tree.root(), faults), line: block.fence.place.line })
}

/// Answers over HTTP in an example of a check that is also played over pipes.
fn stray_answers(example: &Example, transports: &[Transport]) -> Option<Fault> {
    let is_stray = !example.server.http.is_empty() && !transports::are_urls(transports);
    let message = "`http` in a server is for checks over HTTP only: say `transports: [http]` in the check";
    is_stray.then(|| Place { line: example.line, column: 4 }.fault(message))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::{
        model::{Level, Verdict},
        suite::{Action, Body, Outcome, Pattern, Say, SessionKind, Subject, WatchOn},
    };

    const FILE: &str = r##"+++
about = "Listing and calling tools"
spec = "server/tools"
needs = ["tools"]
revisions = ">=2025-03-26"
transports = ["stdio"]
+++

# Tools

Prose.

## unknown-tool: Calling a tool that does not exist is an error
An agent has to learn it.

```yaml check
level: SHOULD
spec: "#errors"
needs: [tools.listChanged]
session: fresh
client: { roots: {} }
proves: ["modern:tools/unknown"]
formerly: [tools/old]
steps:
  - send: tools/call
    params: { name: "litmus-{{nonce}}" }
    as: call
  - expect:
      - pass: { error: { code: -32602 } }
      - fail: { result: {} }
        because: it succeeded
    of: call
    within: 200ms
  - for: tool
    in: tools
    where: { name: { $re: "^a" } }
    steps:
      - let: { name: /result/name }
        of: call
        otherwise: no name
      - alive: "{{tool.name}} {{name}}"
  - close: stdin
```
Not part of the explanation.
```yaml server pass
tools/call: { error: { code: -32602 } }
"*": [{ when: { id: 1 }, silence: true }, { exit: 3 }]
```
```yaml server fail
faults: [banner]
```

## Other words

## codes: Codes are numbers
```yaml watch
level: MUST
spec: basic#codes
revisions: "=2024-11-05"
on: message
where: { kind: error }
expect:
  - pass: { message: { error: { code: { $integral: true } } } }
```
"##;

    fn suite() -> Suite {
        Suite::parse("suites/server/tools.md", FILE).unwrap_or_else(|errors| panic!("{errors:#?}"))
    }

    #[test]
    fn the_facts_come_from_the_block_and_the_head() {
        let suite = suite();
        assert_eq!((suite.name.as_str(), suite.about.as_str()), ("tools", "Listing and calling tools"));
        let [tool, codes] = suite.checks.as_slice() else { panic!("{:?}", suite.checks) };
        assert_eq!((tool.info.id.as_str(), tool.info.level), ("tools/unknown-tool", Level::Should));
        assert_eq!(&*tool.info.about, "An agent has to learn it.");
        assert_eq!(tool.info.spec.as_deref(), Some("server/tools#errors"));
        assert_eq!(tool.info.needs, ["tools", "tools.listChanged"]);
        assert_eq!((tool.info.revisions.to_string().as_str(), tool.info.source.line), (">=2025-03-26", 13));
        assert_eq!((tool.session, tool.client.clone()), (SessionKind::Fresh, Some(json!({ "roots": {} }))));
        assert_eq!(codes.info.spec.as_deref(), Some("basic#codes"));
        assert_eq!(codes.info.revisions.to_string(), "=2024-11-05");
    }

    #[test]
    fn steps_are_in_order_and_know_their_line() {
        let suite = suite();
        let Body::Script(steps) = &suite.checks[0].body else { panic!() };
        assert_eq!(steps.iter().map(|step| step.line).collect::<Vec<_>>(), [25, 28, 34, 42]);
        let Action::Expect(expect) = &steps[1].action else { panic!() };
        assert_eq!(expect.of, Subject::Label("call".into()));
        assert_eq!((expect.arms[1].outcome, expect.arms[1].line), (Outcome::Fail, 30));
        assert!(!expect.looks_for_silence());
        let Action::For(each) = &steps[2].action else { panic!() };
        assert_eq!((each.name.as_str(), each.steps.len(), each.only.is_some()), ("tool", 2, true));
    }

    #[test]
    fn a_watch_judges_what_it_names() {
        let suite = suite();
        let Body::Watch(watch) = &suite.checks[1].body else { panic!() };
        assert_eq!(watch.on, WatchOn::Message);
        assert_eq!(watch.only.as_ref().map(Pattern::describe).as_deref(), Some("{ kind: \"error\" }"));
        assert_eq!((watch.arms.len(), watch.shapes.len()), (1, 0));
    }

    #[test]
    fn servers_say_what_fits_first() {
        let suite = suite();
        let [pass, fail] = suite.checks[0].examples.as_slice() else { panic!() };
        assert_eq!((pass.verdict, fail.verdict, pass.line), (Verdict::Pass, Verdict::Fail, 45));
        let call = json!({ "method": "tools/call", "id": 5 });
        assert_eq!(pass.server.choose(&call), Some(&Say::Error(json!({ "code": -32602 }))));
        assert_eq!(pass.server.choose(&json!({ "method": "ping", "id": 1 })), Some(&Say::Silence));
        assert_eq!(pass.server.choose(&json!({ "id": 2 })), Some(&Say::Exit(3)));
        assert_eq!((fail.server.choose(&call), fail.server.faults.as_slice()), (None, &["banner".to_owned()][..]));
        assert_eq!(pass.server.choose_unparsable(), None);
    }

    proptest! {
        #[test]
        fn no_text_makes_a_panic(text in "\\PC{0,200}") {
            let _ = Suite::parse("a.md", &text);
        }

        #[test]
        fn no_block_makes_a_panic(block in "([ \\-:{}\\[\\]&*!?|>'\"#%@`,\n\t]|[a-c]|level|steps|\\$any|expect|é){0,80}") {
            for kind in ["check", "watch", "server pass"] {
                let _ = Suite::parse("a.md", &format!("+++\nabout = 1\n+++\n## a: B\n```yaml {kind}\n{block}\n```\n"));
            }
        }

        #[test]
        fn no_damage_to_a_good_file_makes_a_panic(cuts in prop::collection::vec((0..FILE.len(), ".{0,3}"), 1..4)) {
            let mut text = FILE.to_owned();
            for (at, with) in cuts {
                let (from, to) = (at.min(text.len()), (at + 2).min(text.len()));
                if text.is_char_boundary(from) && text.is_char_boundary(to) {
                    text.replace_range(from..to, &with);
                }
            }
            if let Err(errors) = Suite::parse("a.md", &text) {
                prop_assert!(!errors.is_empty());
                prop_assert!(errors.is_sorted_by_key(|error| error.line));
                for error in &errors {
                    prop_assert!(error.render(&text).starts_with("a.md:"));
                }
            }
        }
    }
}
