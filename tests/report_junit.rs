//! The report that pipelines read: XML that parses whatever a server says, and counts that are right.

mod report_sample;

use mcp_litmus::report::{Options, junit};
use proptest::prelude::*;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus};
use report_sample::{HOSTILE, clean, fold, mixed, nothing_tested, of_text, unreachable};

fn render(events: &[mcp_litmus::model::RunEvent]) -> String {
    junit::render(&fold(events), &Options::default())
}

fn parse(xml: &str) -> Report {
    Report::deserialize_from_str(xml).unwrap_or_else(|problem| panic!("{problem}\n{xml}"))
}

fn case<'r>(report: &'r Report, name: &str) -> &'r TestCase {
    let mut cases = report.test_suites.iter().flat_map(|suite| &suite.test_cases);
    cases.find(|case| case.name.as_str() == name).unwrap_or_else(|| panic!("no case {name}"))
}

fn golden(name: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => "../golden", prepend_module_to_snapshot => false, omit_expression => true
    }, { insta::assert_snapshot!(name, text) });
}

#[test]
fn goldens() {
    golden("report_junit_mixed", &render(&mixed(false)));
    golden("report_junit_unreachable", &render(&unreachable()));
}

#[test]
fn counts_are_right() {
    let report = parse(&render(&mixed(false)));
    let counted = (report.tests, report.failures, report.errors, report.skipped);
    assert_eq!(counted, (15, 4, 1, 6));
    let names: Vec<&str> = report.test_suites.iter().map(|suite| suite.name.as_str()).collect();
    assert_eq!(names, ["mcp-litmus 2025-11-25 stdio", "mcp-litmus 2026-07-28 stdio"]);
    let per_suite: Vec<usize> = report.test_suites.iter().map(|suite| suite.tests).collect();
    assert_eq!(per_suite, [7, 8]);
}

#[test]
fn no_two_cases_share_class_and_name() {
    let report = parse(&render(&mixed(false)));
    let cases = report.test_suites.iter().flat_map(|suite| &suite.test_cases);
    let names: std::collections::BTreeSet<_> = cases.map(|case| (case.classname.clone(), case.name.clone())).collect();
    assert_eq!(names.len(), report.tests);
}

#[test]
fn warnings_are_failures_only_when_denied() {
    let lenient = parse(&render(&mixed(false)));
    let warned = case(&lenient, "stdio/noise");
    assert!(matches!(warned.status, TestCaseStatus::Success { .. }));
    assert!(warned.system_out.as_ref().unwrap().contains("hosts log it as an error"));

    let strict = parse(&render(&mixed(true)));
    assert_eq!(strict.failures, 6);
    let TestCaseStatus::NonSuccess { kind, ty, .. } = &case(&strict, "stdio/noise").status else { panic!() };
    assert_eq!((*kind, ty.as_ref().unwrap().as_str()), (NonSuccessKind::Failure, "warning"));
}

#[test]
fn a_failure_says_everything() {
    let report = parse(&render(&mixed(false)));
    let failed = case(&report, "tools/unknown-tool");
    assert_eq!(failed.classname.as_ref().unwrap().as_str(), "2025-11-25.stdio.tools");
    let TestCaseStatus::NonSuccess { message, description, .. } = &failed.status else { panic!() };
    assert!(!message.as_ref().unwrap().contains('\n'));
    let body = description.as_ref().unwrap();
    for part in [
        "expected",
        "-32602",
        "because",
        "tools.md:52",
        "0.412s -->",
        "litmus-5f21",
        "#error-handling",
        "mcp-litmus check --only tools/unknown-tool --revision 2025-11-25 -- node dist/index.js stdio",
    ] {
        assert!(body.contains(part), "no {part} in {}", body.as_str());
    }
}

#[test]
fn no_pipeline_is_green_without_a_test() {
    for events in [unreachable(), nothing_tested(), Vec::new()] {
        let report = parse(&render(&events));
        assert_eq!((report.failures, report.errors), (0, 1));
    }
    let mut cut_off = clean();
    cut_off.pop();
    assert_eq!(parse(&render(&cut_off)).errors, 1);
    assert_eq!(parse(&render(&clean())).errors, 0);
}

#[test]
fn a_hostile_server_breaks_no_document() {
    let xml = render(&of_text(HOSTILE));
    let report = parse(&xml);
    assert_eq!(report.failures, 4);
    assert_eq!(xml.matches("<failure ").count(), 4, "none was smuggled in");
}

#[test]
fn the_order_of_arrival_does_not_show() {
    let mut shuffled = mixed(false);
    let last = shuffled.pop().unwrap();
    shuffled[1..].reverse();
    shuffled.push(last);
    assert_eq!(render(&shuffled), render(&mixed(false)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_makes_a_document(text in "[\\PC\u{0}-\u{ff}<>&\u{fffe}\u{ffff}]{0,60}") {
        let report = parse(&render(&of_text(&text)));
        prop_assert_eq!((report.failures, report.errors, report.skipped), (4, 2, 6));
    }
}
