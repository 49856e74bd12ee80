//! What the long helps and `explain` tell of verdicts, exit codes and reports: tables, made from where each is defined.

use crate::{
    fuzz::STRATEGIES,
    model::{Exit, Verdict},
    report::{campaign, format::FORMATS},
    wire::Defect,
};

/// Something that `explain` knows beside checks, and what it tells of it.
type Topic = (&'static str, fn() -> String);

/// All of them.
pub(super) const TOPICS: [Topic; 4] =
    [("verdicts", verdicts), ("exit-codes", exit_codes), ("reports", reports), ("defects", defects)];

const VERDICTS: [(Verdict, &str); 5] = [
    (Verdict::Pass, "the server did what the sentence demands"),
    (Verdict::Fail, "it broke a binding sentence: a MUST or a MUST NOT"),
    (Verdict::Warn, "it broke a recommendation, or did what clients do not expect"),
    (
        Verdict::Skip,
        "nothing was tested: the server does not offer it (not applicable), or nothing allowed us to try it (not exercised)",
    ),
    (Verdict::Error, "we could not judge it, and that is our fault"),
];

/// How the helps begin that show examples.
pub(super) const EXAMPLES: &str = "\
Examples:
  mcp-litmus check -- node server.js        check a server that is started with a command
  mcp-litmus check --demo --revision all    see it at work on the built-in server
  mcp-litmus explain tools/unknown-tool     what a check wants, and why";

const CHECK_EXAMPLES: &str = "\
Examples:
  mcp-litmus check -- npx -y @modelcontextprotocol/server-everything
  mcp-litmus check --env API_KEY=... --cwd ./server -- python -m server
  mcp-litmus check --url https://example.com/mcp --bearer '${TOKEN}'
  mcp-litmus check --url http://127.0.0.1:8000/mcp -- node server.js --port 8000
  mcp-litmus check --config .mcp.json --server weather
  mcp-litmus check --only 'tools/*' --verbose -- node server.js
  mcp-litmus check --revision all --deny warnings --report junit=report.xml -- node server.js
  mcp-litmus check --demo --fault banner";

const RUN_EXAMPLES: &str = "\
Examples:
  mcp-litmus run tests/weather.md -- node server.js
  mcp-litmus run suites/*.md --report console --report junit=report.xml -- node server.js
  mcp-litmus rehearse tests/weather.md      play its example servers first";

const FUZZ_EXAMPLES: &str = "\
Examples:
  mcp-litmus fuzz -- node server.js                            a minute, in a sandbox
  mcp-litmus fuzz --time 10m --corpus corpus -- python -m server
  mcp-litmus fuzz --messages 100000 --seed 7 --report junit=fuzz.xml -- ./server
  mcp-litmus fuzz --only arguments --only echo --call all --server weather
  mcp-litmus run litmus-findings/*.md -- node server.js        are they mended?";

/// The end of the help of `schema`.
pub(super) const SCHEMA_EXAMPLES: &str = "\
Examples:
  mcp-litmus schema suite
  mcp-litmus schema message --revision 2025-11-25
  mcp-litmus schema message --revision newest --method tools/list --result
  mcp-litmus schema message --revision newest --type Tool";

/// The end of the help of `validate`.
pub(super) const VALIDATE_EXAMPLES: &str = "\
Examples:
  mcp-litmus validate transcript.ndjson
  mcp-litmus validate --revision 2025-11-25 --method tools/list answer.json
  node server.js < requests.ndjson | mcp-litmus validate --revision newest --direction server -
  mcp-litmus validate --format json events.ndjson";

/// The end of the long help of everything.
pub(super) fn general() -> String {
    format!("{EXAMPLES}\n\nExit codes:\n{}", exit_codes())
}

/// The end of the long help of `check`.
pub(super) fn check() -> String {
    run_of(CHECK_EXAMPLES)
}

/// The end of the long help of `run`.
pub(super) fn run() -> String {
    run_of(RUN_EXAMPLES)
}

/// The end of the long help of `validate`.
pub(super) fn validate() -> String {
    format!("{VALIDATE_EXAMPLES}\n\nExit codes:\n{}", exit_codes())
}

/// The end of the long help of `fuzz`.
pub(super) fn fuzz() -> String {
    let strategies = table(STRATEGIES.iter().map(|strategy| (strategy.name.to_owned(), strategy.breaks)));
    let reports = table(campaign::FORMATS.iter().map(|format| (format.name.to_owned(), format.about)));
    format!(
        "{FUZZ_EXAMPLES}\n\nStrategies:\n{strategies}\nExit codes:\n{}\nReports:\n{}",
        exit_codes(),
        reports.trim_end()
    )
}

/// The formats, for the long help of `report`.
pub(super) fn formats() -> String {
    format!("Formats:\n{}", reports())
}

fn run_of(examples: &str) -> String {
    let sections = [("Verdicts", verdicts()), ("Exit codes", exit_codes()), ("Reports", reports())];
    let tables: String = sections.map(|(title, table)| format!("\n\n{title}:\n{}", table.trim_end())).concat();
    format!("{examples}{tables}")
}

fn verdicts() -> String {
    table(VERDICTS.map(|(verdict, meaning)| (verdict.to_string(), meaning)))
}

fn exit_codes() -> String {
    table(Exit::TABLE.map(|(exit, meaning)| (format!("{:>3}", exit.code()), meaning)))
}

fn reports() -> String {
    table(FORMATS.iter().map(|format| (format.name.to_owned(), format.about)))
}

fn defects() -> String {
    table(Defect::ALL.iter().map(|defect| (defect.name().to_owned(), defect.explain())))
}

/// Two columns, the second wrapped.
fn table<'a>(rows: impl IntoIterator<Item = (String, &'a str)>) -> String {
    let rows: Vec<_> = rows.into_iter().collect();
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let row = |(name, meaning): &(String, &str)| {
        let rest = format!("\n{:width$}", "", width = width + 4);
        format!("  {name:width$}  {}\n", wrap(meaning, 92 - width).join(&rest))
    };
    rows.iter().map(row).collect()
}

fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.len() + 1 + word.len() <= width => line.extend([" ", word]),
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_have_two_columns_and_bounded_lines() {
        for (name, topic) in TOPICS {
            for line in topic().lines() {
                assert!(line.len() <= 100 && line.starts_with("  "), "{name}: {line}");
            }
        }
        assert_eq!(table([("a".to_owned(), "x"), ("bbb".to_owned(), "y")]), "  a    x\n  bbb  y\n");
    }
}
