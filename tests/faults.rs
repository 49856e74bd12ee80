//! The demo server is clean in every revision, and each of its faults is caught by a check.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use mcp_litmus::{
    checks::Registry,
    demo::{Fault, Group, Options, Transport},
    model::{CheckResult, Era, Revision, RunEvent, Verdict},
    run::{Plan, Wanted, run},
    session::Limits,
};
use tokio::{sync::Semaphore, task::JoinSet};

fn registry() -> Arc<Registry> {
    Arc::new(Registry::builtin().unwrap_or_else(|error| panic!("{}", error.rendered.join("\n"))))
}

/// Everything that checks had to say; a server that cannot be spoken to at all is one thing to say.
async fn results(plan: &Plan) -> (Vec<CheckResult>, Option<String>) {
    let heard = Arc::new(Mutex::new((Vec::new(), None)));
    let listener = Arc::clone(&heard);
    run(plan, move |event| match event {
        RunEvent::CheckFinished(result) => listener.lock().unwrap().0.push(result),
        RunEvent::Unreachable(unreachable) => listener.lock().unwrap().1 = Some(unreachable.what),
        _ => {}
    })
    .await;
    let heard = heard.lock().unwrap();
    heard.clone()
}

fn line(result: &CheckResult) -> String {
    let found = result.findings.first().map_or(result.reason.clone(), |finding| {
        format!("{}: {}: expected {}, got {}", finding.place, finding.because, finding.expected, finding.got)
    });
    format!("{} {} {} {found}", result.revision, result.verdict, result.check)
}

#[tokio::test]
async fn the_demo_server_is_clean_in_every_revision() {
    let plan = Plan { wanted: Wanted::All, ..Plan::in_memory(registry(), Options::default()) };
    assert_clean(&plan, &Revision::ALL).await;
}

/// A busy machine is no fault of the server: it is waited for as long as it takes.
async fn assert_clean(plan: &Plan, revisions: &[Revision]) {
    let patience = Duration::from_secs(20);
    let limits = Limits { startup: patience, answer: patience, ..plan.limits.clone() };
    let (results, unreachable) = results(&Plan { limits, ..plan.clone() }).await;
    assert_eq!(unreachable, None);
    for revision in revisions {
        let passed = results.iter().filter(|result| result.revision == *revision && result.verdict == Verdict::Pass);
        assert!(passed.count() >= 20, "{revision}: hardly anything was tested");
    }
    let unclean = results.iter().filter(|result| !matches!(result.verdict, Verdict::Pass | Verdict::Skip));
    let unclean: Vec<String> = unclean.map(line).collect();
    assert!(unclean.is_empty(), "{}", unclean.join("\n"));
}

#[tokio::test]
async fn the_demo_server_is_clean_over_http() {
    for sse in [false, true] {
        let plan = Plan { wanted: Wanted::All, ..Plan::over_http(registry(), Options { sse, ..Options::default() }) };
        assert_clean(&plan, if sse { &Revision::ALL[..4] } else { &Revision::ALL }).await;
    }
}

#[tokio::test]
async fn each_fault_is_caught() {
    let missed = missed(Transport::Stdio, |fault| !needs_a_process(fault)).await;
    assert!(missed.is_empty(), "not caught: {}", missed.join(", "));
}

#[tokio::test]
async fn each_fault_of_http_is_caught() {
    let missed = missed(Transport::Http, |fault| !fault.shows_over(Transport::Stdio)).await;
    assert!(missed.is_empty(), "not caught: {}", missed.join(", "));
}

#[tokio::test]
async fn each_fault_of_the_older_transport_is_caught() {
    let missed = missed(Transport::Sse, |fault| !fault.shows_over(Transport::Stdio)).await;
    assert!(missed.is_empty(), "not caught: {}", missed.join(", "));
}

/// The faults that no check has anything to say about.
async fn missed(over: Transport, wanted: fn(Fault) -> bool) -> Vec<String> {
    let (registry, all, places) = (checks(over), registry(), Arc::new(Semaphore::new(16)));
    let mut runs = JoinSet::new();
    for fault in Fault::ALL.iter().copied().filter(|fault| fault.shows_over(over) && wanted(*fault)) {
        let (registry, all, places) = (Arc::clone(&registry), Arc::clone(&all), Arc::clone(&places));
        runs.spawn(async move {
            let _place = places.acquire().await;
            let legacy = |revision: &Revision| over != Transport::Sse || revision.era() == Era::Legacy;
            let revision = fault.revisions().filter(legacy).last().unwrap();
            // What is about HTTP catches most of it, and is quick. Some rules bind a server only that serves no client of
            // an older revision.
            let attempts = [(registry, Revision::ALL.to_vec()), (all, vec![revision])];
            for (registry, revisions) in attempts {
                let plan = Plan { wanted: Wanted::One(revision), ..plan(over, registry, fault, revisions) };
                let (results, unreachable) = results(&plan).await;
                let is_found = |result: &CheckResult| matches!(result.verdict, Verdict::Fail | Verdict::Warn);
                if unreachable.is_some() || results.iter().any(is_found) {
                    return None;
                }
            }
            Some(format!("{} ({revision})", fault.name()))
        });
    }
    let mut missed: Vec<String> = runs.join_all().await.into_iter().flatten().collect();
    missed.sort();
    missed
}

/// The checks that have to catch what shows over a transport: what shows over HTTP alone, those that are about HTTP.
fn checks(over: Transport) -> Arc<Registry> {
    let registry = Registry::builtin().unwrap_or_else(|error| panic!("{}", error.rendered.join("\n")));
    let all = registry.checks().iter().filter(|check| check.info.is_for_http());
    let about_http: Vec<String> = all.map(|check| check.info.id.to_string()).collect();
    let wanted = if over == Transport::Stdio { Vec::new() } else { about_http };
    Arc::new(registry.select(&wanted, &[]))
}

fn plan(over: Transport, registry: Arc<Registry>, fault: Fault, revisions: Vec<Revision>) -> Plan {
    let token = (fault.group() == Group::Auth).then(|| "litmus-token".to_owned());
    let options = Options { faults: vec![fault], revisions, sse: over == Transport::Sse, token, ..Options::default() };
    match over {
        Transport::Stdio => Plan::in_memory(registry, options),
        Transport::Http | Transport::Sse => Plan::over_http(registry, options),
    }
}

/// What only a real process can do is played by `tests/process_faults.rs`.
fn needs_a_process(fault: Fault) -> bool {
    ["orphan", "ignore-sigterm"].contains(&fault.name())
}
