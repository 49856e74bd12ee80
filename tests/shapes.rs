//! Each rule that a message of a server can break belongs to one section: one cause gives one finding, and nothing
//! that the description of messages knows goes unheard.

#[path = "shapes/breaks.rs"]
mod breaks;
#[path = "yardstick/compile.rs"]
mod compile;
#[path = "yardstick/conditions.rs"]
mod conditions;
#[path = "yardstick/flavour.rs"]
mod flavour;
#[path = "yardstick/generate.rs"]
mod generate;
#[path = "shapes/listener.rs"]
mod listener;
#[path = "yardstick/mutate.rs"]
mod mutate;
#[path = "yardstick/parts.rs"]
mod parts;
#[path = "yardstick/plan.rs"]
mod plan;
#[path = "shapes/rules.rs"]
mod rules;
#[path = "shapes/sayings.rs"]
mod sayings;
#[path = "shapes/stage.rs"]
mod stage;
#[path = "yardstick/values.rs"]
mod values;

use std::{collections::BTreeMap, sync::Arc};

use mcp_litmus::{
    checks::Registry,
    model::{Revision, Severity},
    schema::{Subject, Validators},
    suite::{Body, WatchOn},
};
use serde_json::json;

use crate::{
    listener::{Listener, Tally},
    rules::rules,
};

/// Rules that nothing can break, and why.
const UNBREAKABLE: [(&str, &str); 1] =
    [("CreateTaskResult", "an answer is one as soon as it has a task, and what is wrong with that belongs to Task")];

/// What is heard of all that a server may say wrong, by the watches of all sections but one, and how much was said.
async fn heard(revision: Revision, without: Option<&str>) -> (Tally, usize) {
    let registry = Registry::builtin().unwrap_or_else(|error| panic!("{}", error.rendered.join("\n")));
    let without: Vec<String> = without.into_iter().map(str::to_owned).collect();
    let sayings = sayings::sayings(revision);
    let listener = Arc::new(Listener::new(registry.select(&[], &without), &sayings));
    stage::play(revision, &sayings, listener.clone()).await;
    (listener.tally(), sayings.len())
}

#[tokio::test]
async fn what_nobody_tells_is_missed() {
    let (tally, _) = heard(Revision::V2024_11_05, Some("tools/tool-shape")).await;
    let missed: Vec<&String> = tally.wrong.keys().collect();
    let of_tools = |cause: &&String| cause.starts_with("Tool ") && cause.ends_with("told by nobody");
    assert!(missed.len() > 3 && missed.iter().all(of_tools), "{missed:?}");
}

/// Every rule is broken, and each problem is told by exactly one section.
async fn all_is_told_once(revision: Revision) {
    let (tally, said) = heard(revision, None).await;
    println!(
        "{revision}: {} messages, {} of {} described ones with {} problems of {} rules",
        said,
        tally.broken,
        tally.messages,
        tally.problems,
        tally.rules.len()
    );
    let wrong: Vec<String> = tally.wrong.iter().map(|(cause, example)| format!("{cause}\n    {example}")).collect();
    assert!(wrong.is_empty(), "{revision}: not told once:\n{}", wrong.join("\n"));
    let never: Vec<String> = rules(revision).into_iter().filter(|rule| !tally.rules.contains(rule)).collect();
    let unbreakable: Vec<&str> =
        UNBREAKABLE.iter().map(|(rule, _)| *rule).filter(|rule| rules(revision).contains(*rule)).collect();
    assert_eq!(never, unbreakable, "{revision}: rules that were never broken");
}

#[tokio::test]
async fn all_is_told_once_in_2024_11_05() {
    all_is_told_once(Revision::V2024_11_05).await;
}

#[tokio::test]
async fn all_is_told_once_in_2025_03_26() {
    all_is_told_once(Revision::V2025_03_26).await;
}

#[tokio::test]
async fn all_is_told_once_in_2025_06_18() {
    all_is_told_once(Revision::V2025_06_18).await;
}

#[tokio::test]
async fn all_is_told_once_in_2025_11_25() {
    all_is_told_once(Revision::V2025_11_25).await;
}

#[tokio::test]
async fn all_is_told_once_in_2026_07_28() {
    all_is_told_once(Revision::V2026_07_28).await;
}

#[test]
fn each_rule_belongs_to_one_section() {
    let registry = Registry::builtin().unwrap_or_else(|error| panic!("{}", error.rendered.join("\n")));
    let mut wrong = Vec::new();
    for revision in Revision::ALL {
        let claims = claims(&registry, revision);
        for rule in rules(revision) {
            let sections = claims.get(&rule).map_or(&[][..], Vec::as_slice);
            if sections.len() != 1 {
                wrong.push(format!(
                    "{revision} {rule}: {}",
                    if sections.is_empty() { "nobody".to_owned() } else { sections.join(", ") }
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "these belong to no section, or to several:\n{}", wrong.join("\n"));
}

#[test]
fn what_several_types_share_belongs_to_the_part() {
    let message = json!({ "id": 1, "result": { "tools": [{ "name": "a" }], "nextCursor": 5 } });
    let answer = Subject::Result("tools/list".to_owned());
    let problems = Validators::of(Revision::V2026_07_28).problems(&answer, &message).unwrap_or_default();
    let mut rules: Vec<&str> = problems.iter().map(|problem| problem.rule.as_str()).collect();
    rules.sort_unstable();
    let wanted = ["CacheableResult", "CacheableResult", "JSONRPCVersion", "PaginatedResult", "Result", "Tool"];
    assert_eq!(rules, wanted);
    let paginated = problems.iter().find(|problem| problem.rule == "PaginatedResult");
    assert_eq!(paginated.map(|problem| problem.because.as_str()), Some("PaginatedResult: one page of a list"));
}

#[test]
fn what_a_revision_leaves_open_is_a_warning_there_alone() {
    let cursor = json!({ "nextCursor": null });
    let schema = json!({ "name": "a", "inputSchema": { "type": "object", "properties": { "b": true } } });
    for (of, value, legacy, modern) in [
        ("PaginatedResult", &cursor, Some(Severity::Fail), Some(Severity::Warn)),
        ("Tool", &schema, Some(Severity::Warn), None),
    ] {
        for (revision, wanted) in [(Revision::V2025_11_25, legacy), (Revision::V2026_07_28, modern)] {
            let problems = Validators::of(revision).problems(&Subject::Type(of.to_owned()), value).unwrap_or_default();
            let own = problems.iter().find(|problem| problem.rule == of);
            assert_eq!(own.map(|problem| problem.severity), wanted, "{of} in {revision}: {problems:?}");
        }
    }
}

/// Which sections report what breaks a rule.
fn claims(registry: &Registry, revision: Revision) -> BTreeMap<String, Vec<String>> {
    let mut claims: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for check in registry.checks().iter().filter(|check| check.info.revisions.contains(revision)) {
        let Body::Watch(watch) = &check.body else { continue };
        for shape in watch.shapes.iter().filter(|_| watch.on == WatchOn::Message) {
            claims.entry(shape.clone()).or_default().push(check.info.id.to_string());
        }
    }
    claims
}
