//! The last line of the page, which says it all.

use crate::model::Exit;
use crate::report::{Record, layout::Layout, style::Tone, words};

/// `FAIL  2 failed, 57 passed ; 71 messages judged in 0.42 s (2025-11-25, stdio, everything 2.0.0)`, and what a special exit code means.
pub fn verdict(record: &Record, layout: &Layout) -> Vec<String> {
    let (word, tone) = word(record.exit_code);
    let denied = if record.deny_warnings && record.totals.warn > 0 { " (warnings are denied)" } else { "" };
    let time = words::seconds(words::duration(record.duration_ms));
    let about = format!("{}{denied}{} in {time}", words::counts(&record.totals), messages(record.messages));
    let place = place(record).map_or(String::new(), |place| format!(" ({place})"));
    let mut lines = remarks(record, layout);
    lines.push(format!(
        "{}  {}{}",
        layout.ink.paint(tone, word),
        layout.ink.paint(Tone::Plain, &about),
        layout.ink.paint(Tone::Dim, &place)
    ));
    lines
}

/// How much was listened to: a verdict on few messages says little.
fn messages(count: u64) -> String {
    match count {
        0 => String::new(),
        1 => "; 1 message judged".to_owned(),
        count => format!("; {count} messages judged"),
    }
}

fn word(exit_code: Option<u8>) -> (&'static str, Tone) {
    let Some(code) = exit_code else {
        return ("CUT OFF", Tone::Warn);
    };
    let exit = Exit::TABLE.into_iter().map(|(exit, _)| exit).find(|exit| exit.code() == code);
    exit.map_or(("ERROR", Tone::Ours), word_of)
}

/// The word for how it ended.
pub fn word_of(exit: Exit) -> (&'static str, Tone) {
    match exit {
        Exit::Clean => ("PASS", Tone::Good),
        Exit::Findings => ("FAIL", Tone::Bad),
        Exit::Unreachable => ("UNREACHABLE", Tone::Bad),
        Exit::NothingTested => ("NOTHING TESTED", Tone::Warn),
        Exit::Interrupted => ("INTERRUPTED", Tone::Warn),
        Exit::Usage | Exit::Internal => ("ERROR", Tone::Ours),
    }
}

/// Revisions, transports and the server, each said once.
fn place(record: &Record) -> Option<String> {
    let groups = record.groups();
    let mut parts: Vec<String> = groups.iter().map(|group| group.revision.to_string()).collect();
    parts.extend(groups.iter().map(|group| group.transport.to_owned()));
    let server = record.server();
    parts.extend((!server.name.is_empty()).then(|| words::server(&server)));
    let mut said: Vec<String> = Vec::new();
    for part in parts {
        if !said.contains(&part) {
            said.push(part);
        }
    }
    (!said.is_empty()).then(|| said.join(", "))
}

fn remarks(record: &Record, layout: &Layout) -> Vec<String> {
    let mut remarks = Vec::new();
    if record.unknown_events > 0 {
        let count = record.unknown_events;
        remarks.push(format!("{count} events of a newer version were ignored"));
    }
    if let Some(code) = record.exit_code.filter(|code| *code > Exit::Findings.code()) {
        remarks.push(format!("exit code {code}: {}", words::exit_meaning(code)));
    }
    remarks.iter().map(|remark| layout.ink.paint(Tone::Dim, remark)).collect()
}
