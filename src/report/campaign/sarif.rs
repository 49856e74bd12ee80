//! SARIF of a campaign: a rule for each kind of damage and for each check, a result for each finding, at its reproducer.

use serde_json::json;

use crate::model::{Campaign, Discovery, ToolInfo, campaign::Kind};
use crate::report::{
    Options,
    layout::Layout,
    sarif::{self, Invocation, Level, Location, Result, Rule, Run},
    words::{play, server},
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
    let invocation = Invocation::of(campaign.exit(), obstacle.as_deref());
    let properties = json!({
        "target": campaign.target,
        "server": server(&campaign.server),
        "revision": campaign.revision,
        "transport": campaign.transport,
        "seed": campaign.seed,
        "messages": campaign.messages,
        "notes": campaign.notes,
    });
    sarif::document(&Run::of(&ToolInfo::this(), &rules, invocation, results, properties))
}

/// The kinds, always all of them, and the checks that were broken.
fn rules(findings: &[&Discovery]) -> Vec<Rule> {
    let of_kind = |kind: &Kind| Rule::new(format!("fuzz/{kind}"), words::about(*kind));
    let mut rules: Vec<Rule> = Kind::ALL.iter().map(of_kind).collect();
    for check in findings.iter().filter_map(|found| found.check.as_ref()) {
        if !rules.iter().any(|rule| rule.is(check)) {
            rules.push(Rule::new(check.clone(), &format!("The rule of the check {check} was broken")));
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
    let command = found.reproducer.as_ref().map(|file| play(file, campaign.revision, &campaign.target));
    let mut message = vec![found.title.clone()];
    message.extend(Some(found.because.clone()).filter(|because| !because.is_empty()));
    message.extend(command.map(|command| format!("reproduce: {command}")));
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
        "evidence": evidence(&Layout::document(), found, campaign),
    });
    Result::new(rules, rule(found), level, &message, location).seen(found.count).known_as(&found.key).with(properties)
}
