//! The small phrases that several reports share: counts, times, names, the command that reproduces a finding.

use std::time::Duration;

use crate::model::{CheckResult, Excerpt, Exit, Revision, ServerInfo, Totals};

/// `2 failed, 1 warned, 57 passed, 9 skipped`; what did not happen is left out.
pub fn counts(totals: &Totals) -> String {
    let named = [
        (totals.fail, "failed"),
        (totals.error, "could not be judged"),
        (totals.warn, "warned"),
        (totals.pass, "passed"),
        (totals.skip, "skipped"),
    ];
    let said: Vec<String> =
        named.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    if said.is_empty() { "no check was run".to_owned() } else { said.join(", ") }
}

/// A time that came as a number, which a file may have given any value.
pub fn duration(milliseconds: f64) -> Duration {
    time(milliseconds / 1000.0)
}

/// The same, of seconds.
pub fn time(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or_default()
}

/// `0.42 s`, `3 min 07 s`
pub fn seconds(time: Duration) -> String {
    if time.as_secs() < 60 {
        return format!("{:.2} s", time.as_secs_f64());
    }
    format!("{} min {:02} s", time.as_secs() / 60, time.as_secs() % 60)
}

/// `12,345`
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let comma = |at: usize| if at > 0 && (digits.len() - at).is_multiple_of(3) { "," } else { "" };
    digits.char_indices().map(|(at, digit)| format!("{}{digit}", comma(at))).collect()
}

/// `1 message`, `12,345 messages`
pub fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// `everything 2.0.0`
pub fn server(info: &ServerInfo) -> String {
    match (info.name.as_str(), info.version.as_str()) {
        ("", _) => "a server without a name".to_owned(),
        (name, "") => name.to_owned(),
        (name, version) => format!("{name} {version}"),
    }
}

/// A line of a transcript, without the blanks that only a run of hours needs to keep its seconds in a column.
pub fn excerpt(line: &Excerpt) -> String {
    let text = line.to_string();
    text.strip_prefix("  ").unwrap_or(&text).to_owned()
}

/// Where the chapters that come with the program are written; no other file is run by `check`.
const BUILT_IN: &str = "suites/";

/// The command that runs one check again.
pub fn reproduce(result: &CheckResult, target: &str) -> String {
    let CheckResult { check, revision, source, .. } = result;
    let built_in = source.file.starts_with(BUILT_IN);
    let played = if built_in { "check".to_owned() } else { format!("run {}", quoted(&source.file)) };
    command(&format!("{played} --only {}", quoted(check.as_str())), Some(*revision), target)
}

/// The command that plays a suite file.
pub fn play(file: &str, revision: Option<Revision>, target: &str) -> String {
    command(&format!("run {}", quoted(file)), revision, target)
}

fn command(played: &str, revision: Option<Revision>, target: &str) -> String {
    let revision = revision.map_or(String::new(), |revision| format!(" --revision {revision}"));
    // `--demo` and its like name a target without a command.
    let separator = if target.starts_with("--") { "" } else { "-- " };
    format!("mcp-litmus {played}{revision} {separator}{target}")
}

/// One word for a shell.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+:@%,=".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// What an exit code means, in the words of its one table.
pub fn exit_meaning(code: u8) -> &'static str {
    let row = Exit::TABLE.iter().find(|(exit, _)| exit.code() == code);
    row.map_or("not a code of mcp-litmus", |(_, meaning)| meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_name_what_happened() {
        let totals = Totals { pass: 57, fail: 2, warn: 0, skip: 9, error: 0 };
        assert_eq!(counts(&totals), "2 failed, 57 passed, 9 skipped");
        assert_eq!(counts(&Totals::default()), "no check was run");
    }

    #[test]
    fn large_numbers_can_be_read() {
        let numbers = [0, 999, 1_000, 12_345, 1_234_567].map(grouped);
        assert_eq!(numbers, ["0", "999", "1,000", "12,345", "1,234,567"]);
        assert_eq!(counted(1, "process", "processes"), "1 process");
    }

    #[test]
    fn times_of_any_number() {
        assert_eq!(seconds(duration(421.4)), "0.42 s");
        assert_eq!(seconds(duration(187_000.0)), "3 min 07 s");
        assert_eq!(duration(f64::NAN), Duration::ZERO);
        assert_eq!(duration(-1.0), Duration::ZERO);
        assert_eq!(duration(f64::MAX), Duration::ZERO);
    }

    #[test]
    fn the_command_names_the_file_of_a_suite_that_is_not_ours() {
        let command = |file: &str, target| {
            let result = serde_json::json!({
                "check": "a/b", "title": "", "level": "MUST", "verdict": "fail", "revision": "2025-11-25",
                "transport": "stdio", "duration_ms": 0.0, "judged": 1, "findings": [],
                "source": { "file": file, "line": 1 },
            });
            reproduce(&serde_json::from_value(result).unwrap(), target)
        };
        let ours = "mcp-litmus check --only a/b --revision 2025-11-25";
        assert_eq!(command("suites/server/a.md", "node x.js"), format!("{ours} -- node x.js"));
        assert_eq!(command("suites/server/a.md", "--demo"), format!("{ours} --demo"));
        assert_eq!(
            command("my tests/a.md", "node x.js"),
            "mcp-litmus run 'my tests/a.md' --only a/b --revision 2025-11-25 -- node x.js"
        );
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }

    #[test]
    fn exit_codes_are_explained() {
        assert!(exit_meaning(3).starts_with("unreachable"));
        assert!(exit_meaning(99).starts_with("not a code"));
    }
}
