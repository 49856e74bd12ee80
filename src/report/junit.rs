//! `JUnit` XML for pipelines: a suite for each conversation, a case for each check.
//!
//! A pipeline takes a file without failures for success; what keeps a run from being one is a case with an error.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::model::{CheckResult, Severity, Verdict, event::Unreachable};

use super::{Options, Record, columns::cut, escape::visible, evidence::evidence, layout::Layout, record::Group, words};

/// The whole report. It does not depend on the options: a document has no width.
pub fn render(record: &Record, _: &Options) -> String {
    let mut report = Report::new("mcp-litmus");
    report.set_time(words::duration(record.duration_ms));
    report.add_test_suites(record.groups().iter().map(|group| suite(record, group)));
    report.add_test_suites(obstacle(record));
    // Writing into memory cannot fail, and every text has been made fit for XML.
    report.to_string().unwrap_or_default()
}

fn suite(record: &Record, group: &Group<'_>) -> TestSuite {
    let transport = visible(group.transport);
    let mut suite = TestSuite::new(format!("mcp-litmus {} {transport}", group.revision));
    let server = group.run.map(|run| run.server.clone()).unwrap_or_default();
    suite.add_property(("revision", group.revision.as_str()));
    property(&mut suite, "transport", &transport);
    property(&mut suite, "server.name", &server.name);
    property(&mut suite, "server.version", &server.version);
    about(&mut suite, record);
    suite.set_time(words::duration(group.results.iter().map(|result| result.duration_ms).sum()));
    suite.add_test_cases(group.results.iter().map(|result| case(record, result)));
    suite
}

fn about(suite: &mut TestSuite, record: &Record) {
    property(suite, "target", &record.target);
    property(suite, "seed", &record.seed.to_string());
    property(suite, "tool.name", &record.tool.name);
    property(suite, "tool.version", &record.tool.version);
}

/// Something to know of a suite, made fit for XML.
pub fn property(suite: &mut TestSuite, name: &str, value: &str) {
    suite.add_property((name, visible(value).as_ref()));
}

fn case(record: &Record, result: &CheckResult) -> TestCase {
    let mut case = TestCase::new(visible(result.check.as_str()).as_ref(), status(record, result));
    case.set_classname(classname(result));
    case.set_time(words::duration(result.duration_ms));
    case.set_assertions(usize::try_from(result.judged).unwrap_or(usize::MAX));
    if result.verdict == Verdict::Warn && !record.deny_warnings {
        case.set_system_out(format!("warning: {}\n\n{}", message(result), body(record, result)));
    }
    case
}

/// Revision and transport come first: GitLab keeps only one of two cases with the same class and name, whatever
/// their suites, and Jenkins groups by what stands before the last point.
fn classname(result: &CheckResult) -> String {
    let suite = result.check.as_str().split_once('/').map_or("", |(suite, _)| suite);
    visible(&format!("{}.{}.{suite}", result.revision, result.transport)).into_owned()
}

fn status(record: &Record, result: &CheckResult) -> TestCaseStatus {
    let failure = |kind, ty: &str| {
        let mut status = TestCaseStatus::non_success(kind);
        status.set_type(ty).set_message(message(result)).set_description(body(record, result));
        status
    };
    match result.verdict {
        Verdict::Fail => failure(NonSuccessKind::Failure, result.level.as_str()),
        Verdict::Warn if record.deny_warnings => failure(NonSuccessKind::Failure, "warning"),
        Verdict::Error => failure(NonSuccessKind::Error, "fault of mcp-litmus"),
        Verdict::Pass | Verdict::Warn => TestCaseStatus::success(),
        Verdict::Skip => {
            let mut status = TestCaseStatus::skipped();
            let kind = result.skip.map(|skip| format!("{skip}: ")).unwrap_or_default();
            status.set_message(visible(&format!("{kind}{}", result.reason)));
            status
        }
    }
}

/// One line, because that is what overviews show.
fn message(result: &CheckResult) -> String {
    let worst = result.findings.iter().find(|finding| finding.severity == Severity::Fail);
    let found = worst.or(result.findings.first()).map(|finding| match finding.because.trim() {
        "" => finding.got.trim(),
        because => because,
    });
    let text = format!("{}: {}", result.title, found.unwrap_or(&result.reason));
    cut(&visible(&text), 300).into_owned()
}

fn body(record: &Record, result: &CheckResult) -> String {
    let layout = Layout::document();
    let mut lines = vec![visible(&result.title).into_owned()];
    lines.extend(layout.row("level", result.level.as_str()));
    lines.extend(layout.row("reason", &result.reason));
    lines.extend(evidence(&layout, result, &record.target));
    lines.join("\n")
}

/// What keeps the run from being clean although no check failed, as a suite of its own.
fn obstacle(record: &Record) -> Option<TestSuite> {
    let (what, hint) = record.obstacle()?;
    let mut suite = TestSuite::new("mcp-litmus run");
    about(&mut suite, record);
    suite.add_test_case(not_tested("mcp-litmus/run", what, hint, record.unreachable.as_ref()));
    Some(suite)
}

/// The case of what could not be tested, or not to its end.
pub fn not_tested(name: &str, what: &str, hint: &str, unreachable: Option<&Unreachable>) -> TestCase {
    let layout = Layout::document();
    let mut lines = layout.row("hint", hint);
    if let Some(found) = unreachable {
        lines.extend(layout.rows("stderr", found.stderr.iter().map(String::as_str)));
        lines.extend(layout.transcript(&found.transcript));
    }
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_type("not tested").set_message(visible(what)).set_description(lines.join("\n").trim_end());
    let mut case = TestCase::new(name, status);
    case.set_classname("mcp-litmus");
    case
}
