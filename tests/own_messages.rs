//! What litmus says itself is held against the protocol: a mistake in a suite is an error with our name on it, unless the
//! step says that it is meant. What a server provokes is never held against us.

use std::sync::{Arc, Mutex};

use mcp_litmus::{
    checks::{CHAPTERS, Registry},
    demo::{Fault, Options},
    model::{CheckResult, Revision, RunEvent, Verdict},
    run::{Plan, Wanted, run},
};

/// A suite with one step.
fn suite(step: &str) -> String {
    let check = format!("level: ADVICE\nsteps:\n  - {step}\n  - alive: it goes on");
    format!("+++\nabout = \"x\"\n+++\n\n## probe: A probe\nOnce.\n\n```yaml check\n{check}\n```\n")
}

/// What the section that judges our own messages says of a run of these checks.
async fn own(checks: Registry, revision: Revision, faults: Vec<Fault>) -> CheckResult {
    let results = Arc::new(Mutex::new(Vec::new()));
    let listener = Arc::clone(&results);
    let plan = Plan {
        wanted: Wanted::One(revision),
        ..Plan::in_memory(Arc::new(checks), Options { faults, ..Options::default() })
    };
    run(&plan, move |event| {
        if let RunEvent::CheckFinished(result) = event {
            listener.lock().unwrap().push(result);
        }
    })
    .await;
    let results = results.lock().unwrap();
    results.iter().find(|result| result.check.as_str() == "messages/own").expect("it was judged").clone()
}

/// The same, of a suite with this step.
async fn own_step(step: &str, revision: Revision) -> CheckResult {
    let chapter = CHAPTERS.iter().find(|chapter| chapter.file.ends_with("messages.md")).expect("the chapter is there");
    let mine = suite(step);
    let files = [("mine.md", mine.as_str()), (chapter.file, chapter.text)];
    let checks = Registry::load(files).unwrap_or_else(|error| panic!("{}", error.rendered.join("\n")));
    own(checks.select(&["mine/probe".to_owned(), "messages/own".to_owned()], &[]), revision, Vec::new()).await
}

#[tokio::test]
async fn a_mistake_of_ours_is_an_error_that_names_it() {
    for (step, named) in [
        ("{ send: tools/call, params: { name: 5 } }", "tools/call: name: expected a string, got 5"),
        ("{ send: prompts/get, params: {} }", "prompts/get: name: expected a string, got nothing"),
        ("{ notify: notifications/progress, params: { progressToken: 1 } }", "notifications/progress: progress"),
    ] {
        let result = own_step(step, Revision::V2025_11_25).await;
        assert_eq!(result.verdict, Verdict::Error, "{step}");
        assert!(result.reason.contains("litmus itself") && result.reason.contains(named), "{step}: {}", result.reason);
    }
}

#[tokio::test]
async fn what_is_malformed_on_purpose_is_none() {
    for revision in Revision::ALL {
        for step in [
            "{ send: tools/call, params: { name: 5 }, malformed: true }",
            "{ notify: notifications/cancelled, params: { requestId: [] }, malformed: true }",
        ] {
            let result = own_step(step, revision).await;
            assert_eq!((result.verdict, result.reason.as_str()), (Verdict::Pass, ""), "{step} {revision}");
            assert!(result.judged > 0, "nothing else was said");
        }
    }
}

#[tokio::test]
async fn no_chapter_makes_a_mistake_whatever_the_server_does() {
    let faults =
        [Fault::ToolWithoutName, Fault::ToolsNotArray, Fault::NumberCursor, Fault::IdAsString, Fault::MetaArray];
    for revision in Revision::ALL {
        let shown = faults.into_iter().filter(|fault| fault.shows_in(revision)).map(|fault| vec![fault]);
        for faults in shown.chain([Vec::new()]) {
            let checks = Registry::builtin().unwrap_or_else(|error| panic!("{}", error.rendered.join("\n")));
            let result = own(checks, revision, faults.clone()).await;
            assert_eq!((result.verdict, result.reason.as_str()), (Verdict::Pass, ""), "{faults:?} {revision}");
        }
    }
}
