//! SARIF of a campaign: a rule for each kind of damage and for each check, a result for each finding, at its reproducer.

use serde_json::json;

use crate::model::{Campaign, Discovery, ToolInfo, campaign::Kind};
use crate::report::{
    Options,
    layout::Layout,
    sarif::{self, Invocation, Level, Location, Result, Rule, Run},
    words::server,
};

use super::{
    evidence::evidence,
    words::{self, Standing},
};

/// The whole report. It does not depend on the options: a document has no width.
pub fn render(campaign: &Campaign, _: &Options) -> String {
    let findings = words::sorted(campaign);
    let rules = rules(&findings);
    let results = findings.iter().map(|found| result(found, campaign, &rules)).collect();
    let obstacle = words::obstacle(campaign).map(|(what, hint)| format!("{what}: {hint}"));
    let invocation = Invocation::of(campaign.exit(), obstacle);
    let properties = json!({
        "target": campaign.target,
        "server": server(&campaign.server),
        "revision": campaign.revision,
        "transport": campaign.transport,
        "seed": campaign.seed,
        "messages": campaign.messages,
        "notes": campaign.notes,
    });
    sarif::document(Run::of(&ToolInfo::this(), rules, invocation, results, properties))
}

/// The kinds, always all of them, and the checks that were broken.
fn rules(findings: &[&Discovery]) -> Vec<Rule> {
    let of_kind = |kind: &Kind| Rule::new(format!("fuzz/{kind}"), words::about(*kind).to_owned());
    let mut rules: Vec<Rule> = Kind::ALL.iter().map(of_kind).collect();
    for check in findings.iter().filter_map(|found| found.check.as_ref()) {
        if !rules.iter().any(|rule| rule.is(check)) {
            rules.push(Rule::new(check.clone(), format!("The rule of the check {check} was broken")));
        }
    }
    rules
}

fn rule(found: &Discovery) -> String {
    found.check.clone().unwrap_or_else(|| format!("fuzz/{}", found.kind))
}

fn result(found: &Discovery, campaign: &Campaign, rules: &[Rule]) -> Result {
    let level = match Standing::of(found) {
        Standing::Failure => Level::Error,
        Standing::Warning => Level::Warning,
        Standing::Flaky => Level::Note,
    };
    let mut lines = vec![found.title.clone(), String::new()];
    lines.extend(evidence(&Layout::document(), found, campaign));
    let location = match &found.reproducer {
        Some(path) => Location::file(path),
        None => Location::named(&campaign.target),
    };
    let properties = json!({
        "kind": found.kind,
        "key": found.key,
        "strategy": found.strategy,
        "confirmed": found.confirmed,
        "severity": found.severity,
        "tried": { "times": found.tried.0, "happened": found.tried.1 },
        "messages": found.size.0,
        "bytes": found.size.1,
    });
    Result::new(rules, rule(found), level, lines.join("\n"), location)
        .seen(found.count)
        .known_as(&found.key)
        .with(properties)
}
