//! The small phrases that several reports share: counts, times, names, the command that reproduces a finding.

use std::time::Duration;

use crate::model::{CheckId, Excerpt, Exit, Revision, ServerInfo, Totals};

/// `2 failed, 1 warned, 57 passed, 9 skipped`; what did not happen is left out.
pub fn counts(totals: &Totals) -> String {
    let named = [
        (totals.fail, "failed"),
        (totals.error, "could not be judged"),
        (totals.warn, "warned"),
        (totals.pass, "passed"),
        (totals.skip, "skipped"),
    ];
    let said: Vec<String> = named
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    if said.is_empty() {
        "no check was run".to_owned()
    } else {
        said.join(", ")
    }
}

/// A time that came as a number, which a file may have given any value.
pub fn duration(milliseconds: f64) -> Duration {
    Duration::try_from_secs_f64(milliseconds / 1000.0).unwrap_or_default()
}

/// `0.42 s`, `3 min 07 s`
pub fn seconds(time: Duration) -> String {
    if time.as_secs() < 60 {
        return format!("{:.2} s", time.as_secs_f64());
    }
    format!("{} min {:02} s", time.as_secs() / 60, time.as_secs() % 60)
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

/// The command that runs one check again.
pub fn reproduce(check: &CheckId, revision: Revision, target: &str) -> String {
    // `--demo` and its like name a target without a command.
    let separator = if target.starts_with("--") { "" } else { "-- " };
    format!("mcp-litmus check --only {check} --revision {revision} {separator}{target}")
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
        let totals = Totals {
            pass: 57,
            fail: 2,
            warn: 0,
            skip: 9,
            error: 0,
        };
        assert_eq!(counts(&totals), "2 failed, 57 passed, 9 skipped");
        assert_eq!(counts(&Totals::default()), "no check was run");
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
    fn a_target_may_be_an_option() {
        let command = |target| reproduce(&"a/b".into(), Revision::V2025_11_25, target);
        assert_eq!(
            command("node x.js"),
            "mcp-litmus check --only a/b --revision 2025-11-25 -- node x.js"
        );
        assert_eq!(
            command("--demo"),
            "mcp-litmus check --only a/b --revision 2025-11-25 --demo"
        );
    }

    #[test]
    fn exit_codes_are_explained() {
        assert!(exit_meaning(3).starts_with("unreachable"));
        assert!(exit_meaning(99).starts_with("not a code"));
    }
}
