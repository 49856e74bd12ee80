//! Results that a person has to look at. The same finding in several revisions is one case.

use crate::model::{CheckResult, Finding, Verdict};
use crate::report::{Record, evidence::evidence, layout::Layout, style::Tone};

/// One check that says the same in one or more revisions.
struct Case<'a> {
    first: &'a CheckResult,
    places: Vec<String>,
}

/// A block of lines for each case with this verdict, by name of the check.
pub fn blocks(record: &Record, verdict: Verdict, layout: &Layout) -> Vec<Vec<String>> {
    cases(record, verdict).iter().map(|case| block(case, record, layout)).collect()
}

fn cases(record: &Record, verdict: Verdict) -> Vec<Case<'_>> {
    let several_transports =
        record.results.iter().any(|a| record.results.first().is_some_and(|b| a.transport != b.transport));
    let mut cases: Vec<Case<'_>> = Vec::new();
    for result in record.sorted().into_iter().filter(|result| result.verdict == verdict) {
        let mut place = result.revision.to_string();
        if several_transports {
            place = format!("{place} {}", result.transport);
        }
        match cases.iter_mut().find(|case| alike(case.first, result)) {
            Some(case) => case.places.push(place),
            None => cases.push(Case { first: result, places: vec![place] }),
        }
    }
    cases.sort_by_key(|case| &case.first.check);
    cases
}

fn alike(a: &CheckResult, b: &CheckResult) -> bool {
    a.check == b.check && a.reason == b.reason && a.findings.iter().map(claim).eq(b.findings.iter().map(claim))
}

/// What a finding says, without when and how often.
fn claim(finding: &Finding) -> impl PartialEq + '_ {
    (finding.severity, &finding.expected, &finding.got, &finding.because, &finding.place)
}

fn block(case: &Case<'_>, record: &Record, layout: &Layout) -> Vec<String> {
    let (result, ink) = (case.first, layout.ink);
    let word = result.verdict.as_str().to_uppercase();
    let mut lines = vec![format!(
        "{}  {}  {}  {}",
        ink.paint(result.verdict.into(), &word),
        ink.paint(Tone::Bold, result.check.as_str()),
        ink.paint(Tone::Plain, result.level.as_str()),
        ink.paint(Tone::Dim, &case.places.join(", "))
    )];
    lines.extend(layout.paragraph(&result.title));
    lines.push(String::new());
    if result.verdict == Verdict::Error {
        lines.extend(layout.row("reason", &result.reason));
        lines.extend(layout.row(
            "please",
            "report this: it is a fault of mcp-litmus, not of the server; add the file of `--report ndjson=FILE`",
        ));
        lines.push(String::new());
    }
    lines.extend(evidence(layout, result, &record.target));
    lines
}
