//! What a result has to say against the server: what was expected, what came, the conversation, and how to see it again.

use std::cmp::Reverse;

use crate::model::{CheckResult, Finding, Severity, Verdict};

use super::{layout::Layout, words};

/// Everything that a result has to say against the server, and how to see it again.
pub fn evidence(layout: &Layout, result: &CheckResult, target: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut findings: Vec<&Finding> = result.findings.iter().collect();
    findings.sort_by_key(|finding| Reverse(finding.severity));
    for finding in findings.into_iter().take(layout.findings) {
        lines.extend(one(layout, result, finding));
        separate(&mut lines);
    }
    let left_out = result.findings.len().saturating_sub(layout.findings);
    if left_out > 0 {
        lines.extend([layout.remark(&format!("… {left_out} more findings")), String::new()]);
    }
    lines.extend(result.spec.iter().map(|address| layout.labelled("spec", address)));
    let command = words::reproduce(result, target);
    lines.push(layout.labelled("reproduce", &command));
    lines
}

fn one(layout: &Layout, result: &CheckResult, finding: &Finding) -> Vec<String> {
    let mut lines = Vec::new();
    if result.verdict == Verdict::Fail && finding.severity == Severity::Warn {
        lines.extend(layout.row("only", "a warning"));
    }
    // The title says it already.
    if finding.expected != result.title {
        lines.extend(layout.row("expected", &finding.expected));
    }
    lines.extend(layout.row("got", &finding.got));
    lines.extend(layout.row("because", &finding.because));
    lines.extend(layout.row("where", &finding.place));
    if finding.count > 1 {
        lines.extend(layout.row("seen", &format!("{} times, here the first", finding.count)));
    }
    lines.extend(layout.transcript(&finding.transcript));
    lines
}

/// End a paragraph, unless it has ended.
pub fn separate(lines: &mut Vec<String>) {
    if lines.last().is_some_and(|last| !last.is_empty()) {
        lines.push(String::new());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Options;

    #[test]
    fn failures_are_not_crowded_out_by_warnings() {
        let finding = |severity, got: &str| {
            serde_json::json!({
                "severity": severity, "expected": "", "got": got, "count": 1, "transcript": []
            })
        };
        let mut findings = vec![finding("warn", "mild"); 9];
        findings.push(finding("fail", "severe"));
        let result = serde_json::json!({
            "check": "a/b", "title": "", "level": "MUST", "verdict": "fail", "revision": "2025-11-25",
            "transport": "stdio", "duration_ms": 0.0, "judged": 1, "findings": findings,
            "source": { "file": "suites/a.md", "line": 1 },
        });
        let result: CheckResult = serde_json::from_value(result).unwrap();
        let lines = evidence(&Layout::console(&Options::default()), &result, "x");
        assert_eq!(lines.first().unwrap(), "      got        severe");
        assert_eq!(lines.iter().filter(|line| line.ends_with("mild")).count(), 4);
        assert!(lines.contains(&"      … 5 more findings".to_owned()));
    }
}
