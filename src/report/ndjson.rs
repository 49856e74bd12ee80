//! The stream of events on disk: one line of JSON each, written as it happens, read back with bounds.

use std::io::{BufRead, Read};

use crate::model::RunEvent;

use super::{Record, escape};

/// More than any event needs. A file without newlines must not eat the memory.
const MAX_LINE: u64 = 16 << 20;

/// A file that does not hold the events of one run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct BadEvents {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

/// One event as one line, with its newline.
pub fn line(event: &RunEvent) -> String {
    // Only a map with keys that are no text, or a `Serialize` that refuses, can fail; events have neither.
    let text = serde_json::to_string(event).unwrap_or_default();
    escape::json(&text) + "\n"
}

/// The JSON Schema of a line.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(RunEvent).to_value()
}

/// Hand every event of a file to `take`, and say how many there were of a kind that this version does not know.
pub fn read(mut reader: impl BufRead, mut take: impl FnMut(RunEvent)) -> Result<u64, BadEvents> {
    let (mut unknown, mut begun, mut bytes) = (0, false, Vec::new());
    for number in 1.. {
        let bad = |what: String| BadEvents { line: number, what };
        bytes.clear();
        let read = reader.by_ref().take(MAX_LINE).read_until(b'\n', &mut bytes);
        if read.map_err(|problem| bad(format!("cannot be read: {problem}")))? == 0 {
            break;
        }
        if bytes.last() != Some(&b'\n') && bytes.len() as u64 == MAX_LINE {
            return Err(bad(format!("longer than {} MiB, which no event is", MAX_LINE >> 20)));
        }
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        match event(&bytes).map_err(bad)? {
            Some(RunEvent::Started { .. }) if begun => {
                return Err(bad("a second run begins here; a file holds the events of one".to_owned()));
            }
            Some(event) if begun || matches!(event, RunEvent::Started { .. }) => {
                begun = true;
                take(event);
            }
            Some(_) => {
                return Err(bad("the first event of a run is `started`, and this is another".to_owned()));
            }
            None => unknown += 1,
        }
    }
    if begun { Ok(unknown) } else { Err(no_run()) }
}

fn no_run() -> BadEvents {
    BadEvents { line: 1, what: "there is no run in it; `--report ndjson=FILE` writes one".to_owned() }
}

/// The event of a line; `None` if its kind is unknown, so that files of a newer version can be read.
fn event(bytes: &[u8]) -> Result<Option<RunEvent>, String> {
    #[derive(serde::Deserialize)]
    struct Kind {
        event: String,
    }
    let not_one = |problem: serde_json::Error| format!("not an event: {problem}");
    let kind: Kind = serde_json::from_slice(bytes).map_err(not_one)?;
    if !RunEvent::KINDS.contains(&kind.event.as_str()) {
        return Ok(None);
    }
    serde_json::from_slice(bytes).map(Some).map_err(not_one)
}

impl Record {
    /// The record of a run whose events were written by [`line()`].
    pub fn from_ndjson(reader: impl BufRead) -> Result<Self, BadEvents> {
        let mut record = Self::default();
        let unknown = read(reader, |event| record.fold(&event))?;
        record.unknown_events = unknown;
        Ok(record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STARTED: &str =
        r#"{"event":"started","tool":{"name":"t","version":"1"},"target":"x","seed":7,"deny_warnings":false}"#;

    fn problem(text: &str) -> String {
        Record::from_ndjson(text.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn kinds_of_a_newer_version_are_counted() {
        let text = format!("{STARTED}\n\n{{\"event\":\"eclipse\",\"moon\":1}}\r\n");
        let record = Record::from_ndjson(text.as_bytes()).unwrap();
        assert_eq!((record.seed, record.unknown_events), (7, 1));
    }

    #[test]
    fn what_is_no_run_is_refused_with_its_line() {
        assert_eq!(problem(""), "line 1: there is no run in it; `--report ndjson=FILE` writes one");
        assert_eq!(
            problem(&format!("{STARTED}\n{STARTED}")),
            "line 2: a second run begins here; a file holds the events of one"
        );
        assert!(problem(&format!("{STARTED}\n\n<html>")).starts_with("line 3: not an event: "));
        assert!(problem("{\"event\":\"check-finished\"}").starts_with("line 1: not an event: "));
        assert!(problem("\u{0}").starts_with("line 1: not an event: "));
    }

    #[test]
    fn a_file_that_begins_in_the_middle_is_refused() {
        let rest = r#"{"event":"finished","totals":{"pass":1,"fail":0,"warn":0,"skip":0,"error":0},"exit_code":0,"duration_ms":1}"#;
        assert!(problem(rest).contains("the first event of a run is `started`"));
    }

    #[test]
    fn a_line_has_a_bound() {
        let endless = std::io::repeat(b' ').take(MAX_LINE * 2);
        let problem = Record::from_ndjson(std::io::BufReader::new(endless)).unwrap_err();
        assert_eq!(problem.to_string(), "line 1: longer than 16 MiB, which no event is");
    }
}
