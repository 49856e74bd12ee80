//! Every check has been seen to pass and to fail: the example servers of the chapters, played from memory.

use mcp_litmus::{checks::Registry, run::rehearse};

#[tokio::test]
async fn every_example_is_judged_as_it_says() {
    let registry = Registry::builtin().unwrap_or_else(|error| panic!("{}", error.rendered.join("\n")));
    let played = rehearse(&registry).await;
    let wrong: Vec<String> =
        played.iter().filter(|play| !play.holds()).map(mcp_litmus::run::Rehearsal::describe).collect();
    assert!(played.len() > 300, "only {} examples", played.len());
    assert!(wrong.is_empty(), "{} of {} examples:\n{}", wrong.len(), played.len(), wrong.join("\n"));
}
