//! Every check has been seen to pass and to fail: the example servers of the chapters, played from memory.

use mcp_litmus::{checks::Registry, run::rehearse};

#[tokio::test]
async fn every_example_is_judged_as_it_says() {
    let registry = Registry::builtin().unwrap_or_else(|error| panic!("{}", error.rendered.join("\n")));
    let (mut played, mut wrong) = (0, Vec::new());
    for check in registry.checks() {
        for example in &check.examples {
            for rehearsal in rehearse(check, example).await {
                played += 1;
                if !rehearsal.holds() {
                    let (file, line) = (&check.info.source.file, example.line);
                    wrong.push(format!(
                        "{file}:{line}: {}: {}",
                        check.info.id,
                        rehearsal.describe()
                    ));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {played} examples:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
