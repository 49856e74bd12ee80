//! `JUnit` XML of a campaign: one suite, with a case for each finding and for each kind without one.
//!
//! Only what happens each time fails a pipeline. Where nothing was tried, no case passes.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::model::{Campaign, Discovery, ToolInfo, campaign::Kind};
use crate::report::{
    Options,
    columns::cut,
    escape::visible,
    junit::{not_tested, property},
    layout::Layout,
    words::{counted, time},
};

use super::{
    evidence::evidence,
    words::{self, Standing},
};

/// The name of the suite, and of the class of its cases.
const SUITE: &str = "fuzz";

/// The whole report. It does not depend on the options: a document has no width.
pub fn render(campaign: &Campaign, _: &Options) -> String {
    let mut report = Report::new("mcp-litmus");
    report.set_time(time(campaign.seconds));
    report.add_test_suite(suite(campaign));
    // Writing into memory cannot fail, and every text has been made fit for XML.
    report.to_string().unwrap_or_default()
}

fn suite(campaign: &Campaign) -> TestSuite {
    let mut suite = TestSuite::new(SUITE);
    suite.set_time(time(campaign.seconds));
    let (tool, seed) = (ToolInfo::this(), campaign.seed.to_string());
    let revision = campaign.revision.map_or(String::new(), |revision| revision.to_string());
    let server = &campaign.server;
    for (name, value) in [
        ("target", &campaign.target),
        ("server.name", &server.name),
        ("server.version", &server.version),
        ("revision", &revision),
        ("transport", &campaign.transport),
        ("seed", &seed),
        ("tool.name", &tool.name),
        ("tool.version", &tool.version),
    ] {
        property(&mut suite, name, value);
    }
    suite.add_test_cases(words::sorted(campaign).into_iter().map(|found| case(found, campaign)));
    let found = |kind: &Kind| campaign.findings.iter().any(|found| found.kind == *kind);
    suite.add_test_cases(Kind::ALL.iter().filter(|kind| !found(kind)).map(|kind| none(*kind, campaign)));
    suite.add_test_cases(
        words::obstacle(campaign)
            .map(|(what, hint)| not_tested("mcp-litmus/fuzz", what, hint, campaign.unreachable.as_ref())),
    );
    suite
}

fn case(found: &Discovery, campaign: &Campaign) -> TestCase {
    let (standing, body) = (Standing::of(found), body(found, campaign));
    let status = match standing {
        Standing::Failure => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_type(found.kind.name()).set_message(message(found)).set_description(&body);
            status
        }
        Standing::Warning => TestCaseStatus::success(),
        Standing::Flaky => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(format!("flaky ({}): {}", words::again(found), message(found)));
            status
        }
    };
    let mut case = TestCase::new(visible(&found.key).as_ref(), status);
    case.set_classname(format!("{SUITE}.{}", found.kind));
    if standing != Standing::Failure {
        let word = if standing == Standing::Warning { "warning" } else { "flaky" };
        case.set_system_out(format!("{word}: {}\n\n{body}", message(found)));
    }
    case
}

/// The case of a kind that was not met. Its name is the same in each campaign, so that pipelines can compare them.
fn none(kind: Kind, campaign: &Campaign) -> TestCase {
    let sent = counted(campaign.messages, "message", "messages");
    let status = match words::obstacle(campaign) {
        None => TestCaseStatus::success(),
        Some((what, _)) => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(visible(&format!("{kind}: none in {sent}, but {what}")).as_ref());
            status
        }
    };
    let passed = matches!(status, TestCaseStatus::Success { .. });
    let mut case = TestCase::new(kind.name(), status);
    case.set_classname(SUITE);
    if passed {
        case.set_system_out(format!("{kind}: none in {sent}"));
    }
    case
}

/// One line, because that is what overviews show.
fn message(found: &Discovery) -> String {
    cut(&visible(&found.title), 300).into_owned()
}

fn body(found: &Discovery, campaign: &Campaign) -> String {
    let mut lines = vec![visible(&found.title).into_owned()];
    lines.extend(evidence(&Layout::document(), found, campaign));
    lines.join("\n")
}
