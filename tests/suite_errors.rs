//! Every message that the author of a suite can get, as it is shown. The goldens are `golden/suite_errors*.snap`.

use mcp_litmus::suite::Suite;

/// A block that is right.
const BLOCK: &str = "```yaml check\nlevel: MUST\ncode: x\n```\n";

/// A block that is right, below this heading.
fn below(heading: &str) -> String {
    with_section(&format!("{heading}\n{BLOCK}"))
}

/// A file around one section.
fn with_section(section: &str) -> String {
    format!("+++\nabout = \"a test\"\n+++\n\n{section}")
}

/// A file around one `yaml check`.
fn with_check(block: &str) -> String {
    with_section(&format!("## a: B\n```yaml check\n{block}\n```\n"))
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

fn rendered(text: &str) -> String {
    let Err(errors) = Suite::parse("tools.md", text) else {
        return "nothing is wrong".to_owned();
    };
    errors
        .iter()
        .map(|error| error.render(text))
        .collect::<Vec<_>>()
        .join("\n")
}

fn all_rendered(snippets: &[(&str, String)]) -> String {
    let one = |(name, text): &(&str, String)| format!("# {name}\n{}\n", rendered(text));
    snippets.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// Compares with `golden/NAME.snap`.
fn golden(name: &str, snippets: &[(&str, String)]) {
    let all = all_rendered(snippets);
    assert!(
        !all.contains("nothing is wrong"),
        "each of these is a mistake:\n{all}"
    );
    insta::with_settings!({
        snapshot_path => "../golden", prepend_module_to_snapshot => false, omit_expression => true,
    }, { insta::assert_snapshot!(name, all) });
}

#[test]
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
fn of_a_section() {
    golden(
        "suite_errors_section",
        &[
            (
                "unknown block",
                with_section("## a: B\n```yaml chek\nlevel: MUST\n```\n"),
            ),
            (
                "check with more words",
                with_section("## a: B\n```yaml check twice\n```\n"),
            ),
            (
                "server without a verdict",
                with_section("## a: B\n```yaml server\n```\n"),
            ),
            (
                "server with an unknown verdict",
                with_section("## a: B\n```yaml server fails\n```\n"),
            ),
            (
                "block is never closed",
                with_section("## a: B\n```yaml check\nlevel: MUST\ncode: x\n"),
            ),
        ],
    );
}

#[test]
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
            (
                "server above its check",
                with_section("## a: B\n```yaml server pass\n```\n"),
            ),
        ],
    );
}

#[test]
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
            (
                "infinite number",
                with_steps("  - send: ping\n    params: { x: .inf }\n  - alive: x"),
            ),
            (
                "nesting without end",
                with_check(&format!("level: {}{}", "[".repeat(100), "]".repeat(100))),
            ),
            ("a list", with_check("- level: MUST")),
            ("nothing", with_check("")),
        ],
    );
}

#[test]
fn of_a_check() {
    golden(
        "suite_errors_check",
        &[
            (
                "unknown keys, all of them",
                with_check("levle: MUST\nstep: []\nwhatever: 1\ncode: x"),
            ),
            ("no level", with_check("code: x")),
            ("unknown level", with_check("level: MOST\ncode: x")),
            ("level that is no text", with_check("level: [MUST]\ncode: x")),
            (
                "unknown revision",
                with_check("level: MUST\nrevisions: \">=2025-03-27\"\ncode: x"),
            ),
            (
                "wrong types, all of them",
                with_check("level: MUST\nneeds: tools\nproves: 5\nsession: fesh\ncode: x"),
            ),
        ],
    );
}

#[test]
fn of_how_it_judges() {
    golden(
        "suite_errors_judge",
        &[
            (
                "steps and code",
                with_check("level: MUST\nsteps: [{ alive: x }]\ncode: x"),
            ),
            ("neither steps nor code", with_check("level: MUST")),
            (
                "anchor without page",
                with_check("level: MUST\nspec: \"#errors\"\ncode: x"),
            ),
            (
                "unknown inventory",
                with_check("level: MUST\nproves: [modrn:a/b, \"legacy:x\"]\ncode: x"),
            ),
            (
                "client in a shared session",
                with_check("level: MUST\nclient: {}\ncode: x"),
            ),
            ("nothing is expected", with_steps("  - send: ping")),
            (
                "watch without on",
                with_section("## a: B\n```yaml watch\nlevel: MUST\ncode: x\n```\n"),
            ),
            (
                "watch of something else",
                with_section("## a: B\n```yaml watch\nlevel: MUST\non: mesage\n```\n"),
            ),
            (
                "watch with steps",
                with_section("## a: B\n```yaml watch\nlevel: MUST\non: line\nsteps: []\n```\n"),
            ),
        ],
    );
}

#[test]
fn of_a_step() {
    golden(
        "suite_errors_step",
        &[
            (
                "unknown verb",
                with_steps("  - send: ping\n  - expct:\n      - pass: {}"),
            ),
            ("two verbs", with_steps("  - send: ping\n    alive: x")),
            ("no map", with_steps("  - ping")),
            (
                "key of another step",
                with_steps("  - send: ping\n    parms: {}\n    within: 2s\n  - alive: x"),
            ),
            (
                "several wrong steps",
                with_steps("  - sed: ping\n  - send: [ping]\n  - alive: 5\n  - wait: 5"),
            ),
            (
                "time without unit",
                with_steps("  - wait: \"200\"\n  - wait: 2h\n  - wait: 1000s\n  - alive: x"),
            ),
            (
                "bytes that are none",
                with_steps("  - raw: { hex: \"f\" }\n  - raw: { a: b }\n  - alive: x"),
            ),
            ("meta", with_steps("  - send: ping\n    meta: non\n  - alive: x")),
            (
                "close in a shared session",
                with_steps("  - close: stdin\n  - alive: x"),
            ),
            (
                "close of something else",
                with_steps("  - close: stdout\n  - alive: x"),
            ),
        ],
    );
}

#[test]
fn of_a_reference() {
    golden(
        "suite_errors_reference",
        &[
            (
                "unknown label",
                with_steps("  - send: a\n    as: first\n  - expect: [{ pass: {} }]\n    of: frist"),
            ),
            (
                "label with a meaning",
                with_steps("  - send: a\n    as: exit\n  - alive: x"),
            ),
            (
                "handshake of a bare session",
                with_check(
                    "level: MUST\nsession: bare\nsteps:\n  - expect: [{ pass: { result: {} } }]\n    of: handshake",
                ),
            ),
            (
                "expect before anything was sent",
                with_steps("  - expect: [{ pass: { result: {} } }]"),
            ),
        ],
    );
}

#[test]
fn of_a_variable() {
    golden(
        "suite_errors_variable",
        &[
            (
                "unknown variables",
                with_steps("  - send: ping\n    params: { \"{{nonse}}\": \"{{tool.name}}\" }\n  - alive: x"),
            ),
            (
                "variable of a loop that is over",
                with_steps(
                    "  - for: tool\n    in: tools\n    steps: [{ alive: \"{{tool.name}}\" }]\n  - alive: \"{{tool.name}}\"",
                ),
            ),
            (
                "built-in variable",
                with_steps("  - send: a\n  - let: { server: /result }\n  - alive: x"),
            ),
            (
                "pointer without slash",
                with_steps("  - send: a\n  - let: { x: result }\n  - alive: x"),
            ),
            (
                "unknown list",
                with_steps("  - for: x\n    in: tool\n    steps: [{ alive: x }]"),
            ),
            (
                "loop without steps",
                with_steps("  - for: x\n    in: [1]\n    steps: []\n  - alive: x"),
            ),
        ],
    );
}

#[test]
fn of_an_arm() {
    golden(
        "suite_errors_arm",
        &[
            ("no outcome", with_arms("      - because: x")),
            (
                "two outcomes",
                with_arms("      - pass: {}\n        fail: {}\n        because: x"),
            ),
            ("unknown outcome", with_arms("      - pas: {}")),
            (
                "no reason",
                with_arms("      - pass: { result: {} }\n      - fail: { error: {} }"),
            ),
            ("no arms", with_steps("  - send: ping\n  - expect: []")),
            ("it cannot fail", with_arms("      - pass: {}")),
            (
                "it cannot fail, with a skip",
                with_arms("      - skip: { error: {} }\n        because: x\n      - pass: {}"),
            ),
            (
                "never reached",
                with_arms("      - fail: {}\n        because: x\n      - pass: { result: {} }"),
            ),
        ],
    );
}

#[test]
fn of_a_pattern() {
    golden(
        "suite_errors_pattern",
        &[
            (
                "unknown operators",
                with_arms(
                    "      - pass: { result: { $typ: string } }\n      - pass: { result: { $type: text } }",
                ),
            ),
            (
                "operator beside members",
                with_arms("      - pass: { result: { a: 1, $type: object } }"),
            ),
            (
                "expression",
                with_arms("      - pass: { result: { $re: \"(\" } }"),
            ),
            (
                "schema",
                with_arms("      - pass: { result: { $schema: { type: text } } }"),
            ),
            (
                "schema that would be fetched",
                with_arms("      - pass: { result: { $schema: { $ref: \"https://example.com/a.json\" } } }"),
            ),
            (
                "variable in an expression",
                with_arms("      - pass: { result: { $re: \"{{nonce}}\" } }"),
            ),
        ],
    );
}

#[test]
fn of_a_server() {
    golden(
        "suite_errors_server",
        &[
            ("nothing said", with_server("ping: {}")),
            ("two things said", with_server("ping: { silence: true, exit: 3 }")),
            ("unknown saying", with_server("ping: { rsult: {} }")),
            (
                "exact without result",
                with_server("ping: { error: {}, exact: true }"),
            ),
            ("faults that are no list", with_server("faults: banner")),
            ("no alternatives", with_server("ping: []")),
            (
                "pattern of an alternative",
                with_server("ping:\n  - when: { $absnt: true }\n    exit: 1"),
            ),
            (
                "variable in a pattern",
                with_server("ping: { when: { id: \"{{id}}\" }, exit: 1 }"),
            ),
            (
                "pattern for what is no JSON",
                with_server("unparsable: { when: {}, exit: 1 }"),
            ),
            ("code that is no number", with_server("ping: { exit: now }")),
        ],
    );
}
