//! Every message that the author of a suite can get, as it is shown. The goldens are `golden/suite_errors*.snap`.

mod suite_support;

use suite_support::{each, golden, with_check, with_section};

/// A block that is right.
const BLOCK: &str = "```yaml check\nlevel: MUST\ncode: x\n```\n";

/// A block that is right, below this heading.
fn below(heading: &str) -> String {
    with_section(&format!("{heading}\n{BLOCK}"))
}

/// A file around some steps.
fn with_steps(steps: &str) -> String {
    with_check(&format!("level: MUST\nsteps:\n{steps}"))
}

/// A file around a step and the arms that judge it.
fn with_arms(arms: &str) -> String {
    with_steps(&format!("  - send: ping\n  - expect:\n{arms}"))
}

/// A file around a check that is right, and a server.
fn with_server(block: &str) -> String {
    let check = with_check("level: MUST\ncode: a/b");
    format!("{check}```yaml server fail\n{block}\n```\n")
}

#[test]
#[rustfmt::skip] // one row a mistake
fn of_the_file() {
    golden(
        "suite_errors_file",
        &[
            ("no head", "# Tools\n\n## a: B\n".into()),
            ("head is never closed", "+++\nabout = 1\n".into()),
            ("head is no TOML", "+++\nabout = \"x\nneeds = 1\n+++\n".into()),
            (
                "keys of the head",
                "+++\nabot = \"x\"\nrevisions = \">=2025\"\nneeds = \"tools\"\n+++\n".into(),
            ),
            (
                "transport of the head",
                "+++\nabout = \"x\"\ntransports = [\"stdoi\"]\n+++\n".into(),
            ),
        ],
    );
}

#[test]
#[rustfmt::skip] // one row a mistake
fn of_a_section() {
    golden(
        "suite_errors_section",
        &[
            ("unknown block", with_section("## a: B\n```yaml chek\nlevel: MUST\n```\n")),
            ("check with more words", with_section("## a: B\n```yaml check twice\n```\n")),
            ("server without a verdict", with_section("## a: B\n```yaml server\n```\n")),
            ("server with an unknown verdict", with_section("## a: B\n```yaml server fails\n```\n")),
            ("block is never closed", with_section("## a: B\n```yaml check\nlevel: MUST\ncode: x\n")),
        ],
    );
}

#[test]
#[rustfmt::skip] // one row a mistake
fn of_a_heading() {
    golden(
        "suite_errors_heading",
        &[
            ("check without heading", with_section(BLOCK)),
            ("heading without title", below("## Some words")),
            ("heading with a bad name", below("## Un known: T")),
            ("the same heading twice", {
                let section = format!("## a: B\n{BLOCK}");
                with_section(&format!("{section}\n{section}"))
            }),
            ("two checks below one heading", {
                with_section(&format!("## a: B\n{BLOCK}{BLOCK}"))
            }),
            ("server above its check", with_section("## a: B\n```yaml server pass\n```\n")),
        ],
    );
}

#[test]
#[rustfmt::skip] // one row a mistake
fn of_yaml() {
    golden(
        "suite_errors_yaml",
        &[
            ("no YAML", with_check("level: [MUST\ncode: x")),
            ("tab", with_check("level: MUST\n\tcode: x")),
            ("duplicate key", with_check("level: MUST\ncode: x\nlevel: MUST")),
            ("key that is no text", with_check("level: MUST\n5: x")),
            ("tag", with_check("level: !must MUST\ncode: x")),
            ("two documents", with_check("level: MUST\n---\ncode: x")),
            ("infinite number", with_steps("  - send: ping\n    params: { x: .inf }\n  - alive: x")),
            ("nesting without end", with_check(&format!("level: {}{}", "[".repeat(100), "]".repeat(100)))),
            ("a list", with_check("- level: MUST")),
            ("nothing", with_check("")),
        ],
    );
}

#[test]
fn of_a_check() {
    let snippets = r#"
# unknown keys, all of them
levle: MUST
step: []
whatever: 1
code: x
# no level
code: x
# unknown level
level: MOST
code: x
# level that is no text
level: [MUST]
code: x
# unknown revision
level: MUST
revisions: ">=2025-03-27"
code: x
# wrong types, all of them
level: MUST
needs: tools
proves: 5
session: fesh
code: x
"#;
    golden("suite_errors_check", &each(with_check, snippets));
}

#[test]
#[rustfmt::skip] // one row a mistake
fn of_how_it_judges() {
    golden(
        "suite_errors_judge",
        &[
            ("steps and code", with_check("level: MUST\nsteps: [{ alive: x }]\ncode: x")),
            ("neither steps nor code", with_check("level: MUST")),
            ("anchor without page", with_check("level: MUST\nspec: \"#errors\"\ncode: x")),
            ("unknown inventory", with_check("level: MUST\nproves: [modrn:a/b, \"legacy:x\"]\ncode: x")),
            ("client in a shared session", with_check("level: MUST\nclient: {}\ncode: x")),
            ("nothing is expected", with_steps("  - send: ping")),
            ("watch without on", with_section("## a: B\n```yaml watch\nlevel: MUST\ncode: x\n```\n")),
            ("watch of something else", with_section("## a: B\n```yaml watch\nlevel: MUST\non: mesage\n```\n")),
            ("watch with steps", with_section("## a: B\n```yaml watch\nlevel: MUST\non: line\nsteps: []\n```\n")),
        ],
    );
}

#[test]
fn of_a_step() {
    let snippets = r#"
# unknown verb
  - send: ping
  - expct:
      - pass: {}
# two verbs
  - send: ping
    alive: x
# no map
  - ping
# key of another step
  - send: ping
    parms: {}
    within: 2s
  - alive: x
# several wrong steps
  - sed: ping
  - send: [ping]
  - alive: 5
  - wait: 5
# time without unit
  - wait: "200"
  - wait: 2h
  - wait: 1000s
  - alive: x
# bytes that are none
  - raw: { hex: "f" }
  - raw: { a: b }
  - alive: x
# meta
  - send: ping
    meta: non
  - alive: x
# close in a shared session
  - close: stdin
  - alive: x
# close of something else
  - close: stdout
  - alive: x
"#;
    golden("suite_errors_step", &each(with_steps, snippets));
}

#[test]
#[rustfmt::skip] // one row a mistake
fn of_a_reference() {
    golden(
        "suite_errors_reference",
        &[
            ("unknown label", with_steps("  - send: a\n    as: first\n  - expect: [{ pass: {} }]\n    of: frist")),
            ("label with a meaning", with_steps("  - send: a\n    as: exit\n  - alive: x")),
            (
                "handshake of a bare session",
                with_check(
                    "level: MUST\nsession: bare\nsteps:\n  - expect: [{ pass: { result: {} } }]\n    of: handshake",
                ),
            ),
            ("expect before anything was sent", with_steps("  - expect: [{ pass: { result: {} } }]")),
        ],
    );
}

#[test]
fn of_a_variable() {
    let snippets = r#"
# unknown variables
  - send: ping
    params: { "{{nonse}}": "{{tool.name}}" }
  - alive: x
# variable of a loop that is over
  - for: tool
    in: tools
    steps: [{ alive: "{{tool.name}}" }]
  - alive: "{{tool.name}}"
# built-in variable
  - send: a
  - let: { server: /result }
  - alive: x
# pointer without slash
  - send: a
  - let: { x: result }
  - alive: x
# unknown list
  - for: x
    in: tool
    steps: [{ alive: x }]
# loop without steps
  - for: x
    in: [1]
    steps: []
  - alive: x
"#;
    golden("suite_errors_variable", &each(with_steps, snippets));
}

#[test]
#[rustfmt::skip] // one row a mistake
fn of_an_arm() {
    golden(
        "suite_errors_arm",
        &[
            ("no outcome", with_arms("      - because: x")),
            ("two outcomes", with_arms("      - pass: {}\n        fail: {}\n        because: x")),
            ("unknown outcome", with_arms("      - pas: {}")),
            ("no reason", with_arms("      - pass: { result: {} }\n      - fail: { error: {} }")),
            ("no arms", with_steps("  - send: ping\n  - expect: []")),
            ("it cannot fail", with_arms("      - pass: {}")),
            (
                "it cannot fail, with a skip",
                with_arms("      - skip: { error: {} }\n        because: x\n      - pass: {}"),
            ),
            ("never reached", with_arms("      - fail: {}\n        because: x\n      - pass: { result: {} }")),
        ],
    );
}

#[test]
fn of_a_pattern() {
    let snippets = r#"
# unknown operators
      - pass: { result: { $typ: string } }
      - pass: { result: { $type: text } }
# operator beside members
      - pass: { result: { a: 1, $type: object } }
# expression
      - pass: { result: { $re: "(" } }
# schema
      - pass: { result: { $schema: { type: text } } }
# schema that would be fetched
      - pass: { result: { $schema: { $ref: "https://example.com/a.json" } } }
# variable in an expression
      - pass: { result: { $re: "{{nonce}}" } }
"#;
    golden("suite_errors_pattern", &each(with_arms, snippets));
}

#[test]
fn of_a_server() {
    let snippets = r#"
# nothing said
ping: {}
# two things said
ping: { silence: true, exit: 3 }
# unknown saying
ping: { rsult: {} }
# exact without result
ping: { error: {}, exact: true }
# faults that are no list
faults: banner
# no alternatives
ping: []
# pattern of an alternative
ping:
  - when: { $absnt: true }
    exit: 1
# variable in a pattern
ping: { when: { id: "{{id}}" }, exit: 1 }
# pattern for what is no JSON
unparsable: { when: {}, exit: 1 }
# code that is no number
ping: { exit: now }
"#;
    golden("suite_errors_server", &each(with_server, snippets));
}
