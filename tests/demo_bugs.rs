//! Each bug of the demo does what its row says, in a real process; and the clean server survives every trigger.

#[path = "demo_bugs/process.rs"]
mod process;
#[path = "demo_bugs/triggers.rs"]
mod triggers;

use std::{collections::HashSet, sync::Mutex, thread};

use mcp_litmus::demo::{Bug, BugKind};
use process::{End, Play, play};
use triggers::{Shows, Trigger, all};

/// So many processes live at once.
const AT_ONCE: usize = 4;

/// Plays all triggers, some at a time, and gathers what is wrong with them.
fn gather(wrong: impl Fn(&Trigger) -> Option<String> + Sync) -> Vec<String> {
    let (queue, found) = (Mutex::new(all()), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let Some(trigger) = queue.lock().unwrap().pop() else { break };
                    if let Some(what) = wrong(&trigger) {
                        found.lock().unwrap().push(format!("{}: {what}", trigger.bug));
                    }
                }
            });
        }
    });
    found.into_inner().unwrap()
}

#[test]
fn every_bug_has_a_trigger() {
    let triggered: HashSet<_> = all().iter().map(|trigger| trigger.bug).collect();
    let without: Vec<_> = Bug::ALL.iter().map(|bug| bug.name()).filter(|bug| !triggered.contains(bug)).collect();
    assert!(without.is_empty() && triggered.len() == Bug::ALL.len(), "{without:?}");
}

#[test]
fn every_trigger_shows_its_bug() {
    let wrong = gather(|trigger| {
        let shown = play(Some(trigger.bug), trigger);
        (!trigger.shows.holds(&shown)).then(|| format!("{:?} expected, but {shown:?}", trigger.shows))
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_bug_shows_as_its_kind() {
    for trigger in all() {
        let bug: Bug = trigger.bug.parse().unwrap();
        let fits = match trigger.shows {
            Shows::Exit(_) | Shows::Abort => bug.kind() == BugKind::Crash,
            Shows::Mute(_) | Shows::Deaf => bug.kind() == BugKind::Hang,
            Shows::Grows(_) => bug.kind() == BugKind::Leak,
            Shows::Noise(_) => bug.kind() == BugKind::Corruption,
            Shows::Lines(_) => [BugKind::Violation, BugKind::Leakage].contains(&bug.kind()),
        };
        assert!(fits, "{} is no {}", trigger.bug, bug.kind().name());
    }
}

#[test]
fn the_clean_server_survives_every_trigger() {
    let wrong = gather(|trigger| {
        let Play { lines, end, grown } = play(None, trigger);
        let unfit = lines.iter().find(|line| serde_json::from_slice::<serde_json::Value>(line).is_err());
        let healthy = end == End::Exit(0) && unfit.is_none();
        let shown = trigger.shows.holds(&Play { lines, end, grown });
        (!healthy || shown).then(|| format!("ended with {end:?}"))
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
