//! The finished record of a run, folded from its events. Every report is a function of it.

use std::collections::BTreeMap;

use crate::model::{CheckResult, Exit, Revision, RunEvent, RunInfo, ServerInfo, ToolInfo, Totals, event::Unreachable};

/// What is known of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// Who tested.
    pub tool: ToolInfo,
    /// What was tested, as the user named it.
    pub target: String,
    /// The seed of every random choice.
    pub seed: u64,
    /// Whether warnings count as findings.
    pub deny_warnings: bool,
    /// The conversations, as they began.
    pub runs: Vec<RunInfo>,
    /// The checks, as they ended.
    pub results: Vec<CheckResult>,
    /// Why the server could not be judged.
    pub unreachable: Option<Unreachable>,
    /// The count of each verdict.
    pub totals: Totals,
    /// The exit code; `None` while the run goes on, or when it was cut off.
    pub exit_code: Option<u8>,
    /// How long everything took.
    pub duration_ms: f64,
    /// How many messages of the server were held against their description.
    pub messages: u64,
    /// Events of a kind that this version does not know.
    pub unknown_events: u64,
}

/// The results of one revision over one transport.
#[derive(Clone, Debug)]
pub struct Group<'a> {
    /// The revision.
    pub revision: Revision,
    /// The transport.
    pub transport: &'a str,
    /// The conversation, if it was announced.
    pub run: Option<&'a RunInfo>,
    /// The results, by name of the check.
    pub results: Vec<&'a CheckResult>,
}

impl Group<'_> {
    /// The count of each verdict in this group.
    pub fn totals(&self) -> Totals {
        let mut totals = Totals::default();
        self.results.iter().for_each(|result| totals.add(result.verdict));
        totals
    }
}

impl Record {
    /// Take in one more event.
    pub fn fold(&mut self, event: &RunEvent) {
        match event {
            RunEvent::Started { tool, target, seed, deny_warnings } => {
                self.tool.clone_from(tool);
                self.target.clone_from(target);
                self.seed = *seed;
                self.deny_warnings = *deny_warnings;
            }
            RunEvent::RunStarted(run) => self.runs.push(run.clone()),
            RunEvent::CheckFinished(result) => {
                self.totals.add(result.verdict);
                self.results.push(CheckResult { duration_ms: rounded(result.duration_ms), ..result.clone() });
            }
            RunEvent::Unreachable(unreachable) => self.unreachable = Some(unreachable.clone()),
            RunEvent::Finished { totals, exit_code, duration_ms, messages } => {
                self.totals = *totals;
                self.exit_code = Some(*exit_code);
                self.duration_ms = rounded(*duration_ms);
                self.messages = *messages;
            }
            RunEvent::CheckStarted { .. } | RunEvent::Wire { .. } => {}
        }
    }

    /// The results in an order that does not depend on which check was faster.
    pub fn sorted(&self) -> Vec<&CheckResult> {
        let mut results: Vec<&CheckResult> = self.results.iter().collect();
        results.sort_by(|a, b| (a.revision, &a.transport, &a.check).cmp(&(b.revision, &b.transport, &b.check)));
        results
    }

    /// The results by revision and transport, oldest revision first.
    pub fn groups(&self) -> Vec<Group<'_>> {
        let mut groups: BTreeMap<(Revision, &str), Group<'_>> = BTreeMap::new();
        let empty = |revision, transport| Group { revision, transport, run: None, results: Vec::new() };
        for run in &self.runs {
            let key = (run.revision, run.transport.as_str());
            groups.entry(key).or_insert_with(|| empty(key.0, key.1)).run.get_or_insert(run);
        }
        for result in self.sorted() {
            let key = (result.revision, result.transport.as_str());
            groups.entry(key).or_insert_with(|| empty(key.0, key.1)).results.push(result);
        }
        groups.into_values().collect()
    }

    /// How the server names itself, if it ever did.
    pub fn server(&self) -> ServerInfo {
        let named = self.runs.iter().map(|run| &run.server).find(|server| !server.name.is_empty());
        named.cloned().unwrap_or_default()
    }

    /// Why nobody may take this record for a clean one, although it may hold no failure: one line, and what to do.
    pub fn obstacle(&self) -> Option<(&str, &str)> {
        if let Some(unreachable) = &self.unreachable {
            return Some((&unreachable.what, &unreachable.hint));
        }
        match self.exit_code {
            None => Some(("the run was cut off before its end", "run it again")),
            Some(code) if code == Exit::Interrupted.code() => Some(("the run was interrupted", "run it again")),
            Some(_) if self.totals.tested() == 0 => {
                Some(("nothing was tested", "look at `--only`, `--skip` and `--call`, and at the reasons of the skips"))
            }
            Some(_) => None,
        }
    }
}

/// A time to the microsecond: nobody reads more, and a long fraction does not survive being written and read.
fn rounded(milliseconds: f64) -> f64 {
    (milliseconds * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(revision: Revision) -> RunEvent {
        RunEvent::RunStarted(RunInfo {
            revision,
            transport: "stdio".into(),
            server: ServerInfo::default(),
            capabilities: serde_json::Value::Null,
            startup_ms: 1,
        })
    }

    fn finished(exit_code: u8, pass: u64) -> RunEvent {
        let totals = Totals { pass, ..Totals::default() };
        RunEvent::Finished { totals, exit_code, duration_ms: 1.0, messages: 0 }
    }

    #[test]
    fn groups_do_not_depend_on_the_order_of_arrival() {
        let mut record = Record::default();
        record.fold(&run(Revision::V2026_07_28));
        record.fold(&run(Revision::V2025_11_25));
        let revisions: Vec<Revision> = record.groups().iter().map(|group| group.revision).collect();
        assert_eq!(revisions, [Revision::V2025_11_25, Revision::V2026_07_28]);
    }

    #[test]
    fn nothing_tested_and_cut_off_are_no_clean_records() {
        let mut record = Record::default();
        assert!(record.obstacle().unwrap().0.contains("cut off"));
        record.fold(&finished(4, 0));
        assert!(record.obstacle().unwrap().0.contains("nothing was tested"));
        record.fold(&finished(130, 3));
        assert!(record.obstacle().unwrap().0.contains("interrupted"));
        record.fold(&finished(0, 3));
        assert_eq!(record.obstacle(), None);
    }
}
