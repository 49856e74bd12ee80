//! Takes secrets out of events, before anything is folded, streamed or shown. Masks what a server or the user said; the
//! words of a check are its author's, and stay.

use serde_json::Value;

use super::secrets::Secrets;
use crate::model::{
    Campaign, CheckResult, Discovery, Excerpt, Finding, RunEvent, RunInfo, ServerInfo, event::Unreachable,
};

/// Mask every secret in an event.
pub(super) fn redact(event: &mut RunEvent, secrets: &Secrets) {
    match event {
        RunEvent::Started { target, .. } => secrets.mask(target),
        RunEvent::RunStarted(run) => conversation(run, secrets),
        RunEvent::Wire { line, .. } => secrets.mask(&mut line.text),
        RunEvent::CheckFinished(result) => judged(result, secrets),
        RunEvent::Unreachable(server) => unreachable(server, secrets),
        RunEvent::CheckStarted { .. } | RunEvent::Finished { .. } => {}
    }
}

/// Mask every secret in what is known of a campaign.
pub(super) fn campaign(campaign: &mut Campaign, secrets: &Secrets) {
    secrets.mask(&mut campaign.target);
    named(&mut campaign.server, secrets);
    campaign.notes.iter_mut().for_each(|note| secrets.mask(note));
    campaign.findings.iter_mut().for_each(|found| discovery(found, secrets));
    campaign.unreachable.iter_mut().for_each(|server| unreachable(server, secrets));
}

/// The same, of one finding.
pub(super) fn discovery(found: &mut Discovery, secrets: &Secrets) {
    let Discovery { key, title, because, reproducer, stderr, .. } = found;
    for text in [key, title, because].into_iter().chain(reproducer).chain(stderr) {
        secrets.mask(text);
    }
    excerpts(&mut found.transcript, secrets);
    excerpts(&mut found.first, secrets);
}

fn unreachable(server: &mut Unreachable, secrets: &Secrets) {
    for text in [&mut server.what, &mut server.hint].into_iter().chain(&mut server.stderr) {
        secrets.mask(text);
    }
    excerpts(&mut server.transcript, secrets);
}

fn conversation(run: &mut RunInfo, secrets: &Secrets) {
    named(&mut run.server, secrets);
    value(&mut run.capabilities, secrets);
}

fn named(server: &mut ServerInfo, secrets: &Secrets) {
    secrets.mask(&mut server.name);
    secrets.mask(&mut server.version);
}

fn judged(result: &mut CheckResult, secrets: &Secrets) {
    secrets.mask(&mut result.reason);
    for Finding { expected, got, because, place, transcript, .. } in &mut result.findings {
        for text in [expected, got, because, place] {
            secrets.mask(text);
        }
        excerpts(transcript, secrets);
    }
}

fn excerpts(transcript: &mut [Excerpt], secrets: &Secrets) {
    for line in transcript {
        secrets.mask(&mut line.text);
    }
}

/// The strings and the keys of a value.
fn value(of: &mut Value, secrets: &Secrets) {
    match of {
        Value::String(text) => secrets.mask(text),
        Value::Array(items) => items.iter_mut().for_each(|item| value(item, secrets)),
        Value::Object(members) => {
            let masked = std::mem::take(members).into_iter().map(|(mut key, mut member)| {
                secrets.mask(&mut key);
                value(&mut member, secrets);
                (key, member)
            });
            *members = masked.collect();
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const SECRET: &str = "s3cr3t-value";

    fn excerpt() -> serde_json::Value {
        json!([{ "at_us": 1, "direction": "stderr", "text": SECRET }])
    }

    /// Every string that a server or the user can fill holds the secret.
    fn events() -> Vec<serde_json::Value> {
        let finding = json!({ "severity": "fail", "expected": SECRET, "got": SECRET, "because": SECRET,
            "where": SECRET, "count": 1, "transcript": excerpt() });
        vec![
            json!({ "event": "started", "tool": { "name": "t", "version": "1" }, "target": SECRET, "seed": 1,
                "deny_warnings": false }),
            json!({ "event": "run-started", "revision": "2026-07-28", "transport": "stdio", "startup_ms": 1,
                "server": { "name": SECRET, "version": SECRET }, "capabilities": { SECRET: [SECRET] } }),
            json!({ "event": "wire", "session": "main", "line": excerpt()[0] }),
            json!({ "event": "check-finished", "check": "a/b", "title": "t", "level": "MUST", "verdict": "fail",
                "reason": SECRET, "revision": "2026-07-28", "transport": "stdio", "duration_ms": 1.0, "judged": 1,
                "findings": [finding], "source": { "file": "a.md", "line": 1 } }),
            json!({ "event": "unreachable", "what": SECRET, "hint": SECRET, "stderr": [SECRET],
                "transcript": excerpt() }),
        ]
    }

    #[test]
    fn no_campaign_keeps_a_secret() {
        let secrets = Secrets::of([("KEY", SECRET)]);
        let found = json!({ "kind": "crash", "key": SECRET, "title": SECRET, "severity": "fail", "strategy": "havoc",
            "because": SECRET, "reproducer": SECRET, "confirmed": true, "tried": [3, 3], "count": 1, "size": [1, 2],
            "after": 1.0, "transcript": excerpt(), "first": excerpt(), "stderr": [SECRET] });
        let whole = json!({ "target": SECRET, "server": { "name": SECRET, "version": SECRET }, "revision": null,
            "transport": "stdio", "findings": [found], "messages": 1, "seconds": 1.0, "seed": 1, "strategies": [],
            "pulse": serde_json::to_value(crate::model::campaign::Pulse::default()).unwrap(), "notes": [SECRET],
            "unreachable": { "what": SECRET, "hint": SECRET, "stderr": [SECRET], "transcript": excerpt() },
            "interrupted": false });
        let mut whole: Campaign = serde_json::from_value(whole).unwrap();
        campaign(&mut whole, &secrets);
        let masked = serde_json::to_string(&whole).unwrap();
        assert!(!masked.contains(SECRET) && masked.matches("[redacted KEY]").count() == 15, "{masked}");
    }

    #[test]
    fn no_event_keeps_a_secret() {
        let secrets = Secrets::of([("KEY", SECRET)]);
        for json in events() {
            let mut event: RunEvent = serde_json::from_value(json.clone()).unwrap();
            redact(&mut event, &secrets);
            let masked = serde_json::to_string(&event).unwrap();
            assert!(!masked.contains(SECRET) && masked.contains("[redacted KEY]"), "{masked}");
        }
    }
}
