//! How a server is tested, as far as a file says it. What it leaves open is for the defaults to say.

use std::{collections::BTreeMap, path::PathBuf, time::Duration};

use serde_json::Value;

use super::{Call, Revisions};

/// A text of a file, with its place: the byte at which it begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The text.
    pub value: String,
    /// Where it begins.
    pub at: usize,
}

/// The settings of a server, or the defaults of all. Paths are relative to the folder of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// The revisions to speak.
    pub revision: Option<Revisions>,
    /// The tools that may be called, beside those that are named.
    pub call: Option<Call>,
    /// How many processes may run beside the main one.
    pub jobs: Option<usize>,
    /// How long to wait for an answer.
    pub timeout: Option<Duration>,
    /// How long to wait for the first one.
    pub startup_timeout: Option<Duration>,
    /// How long to wait for a connection.
    pub connect_timeout: Option<Duration>,
    /// Whether warnings fail the run.
    pub deny_warnings: Option<bool>,
    /// The reports, as `--report` has them.
    pub reports: Option<Vec<Text>>,
    /// The only checks to play.
    pub only: Option<Vec<String>>,
    /// The checks to leave out.
    pub skip: Option<Vec<String>>,
    /// Suites, folders of suites, and patterns of names.
    pub suites: Option<Vec<Text>>,
    /// The folder of the approved snapshots.
    pub golden: Option<PathBuf>,
    /// The file of the known findings.
    pub baseline: Option<PathBuf>,
    /// The tools that are named.
    pub tools: BTreeMap<String, Permit>,
}

/// What is said of one tool.
#[derive(Clone, Debug, PartialEq)]
pub enum Permit {
    /// It is not called, whatever the policy says.
    Never,
    /// It may be called, with arguments that are made from its schema.
    Made,
    /// It may be called, with these arguments.
    With(Value),
}

/// Which tools may be called, and with what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tools {
    /// What holds for those that are not named.
    pub policy: Call,
    /// Those that are named: `None` is never called; `Some(null)` is called with arguments that are made from its
    /// schema; any other value is the arguments.
    pub calls: BTreeMap<String, Option<Value>>,
}

impl Settings {
    /// These, and where they say nothing, the defaults. Tools are named in either.
    #[must_use]
    pub fn or(self, defaults: &Self) -> Self {
        let defaults = defaults.clone();
        let mut tools = defaults.tools;
        tools.extend(self.tools);
        Self {
            revision: self.revision.or(defaults.revision),
            call: self.call.or(defaults.call),
            jobs: self.jobs.or(defaults.jobs),
            timeout: self.timeout.or(defaults.timeout),
            startup_timeout: self.startup_timeout.or(defaults.startup_timeout),
            connect_timeout: self.connect_timeout.or(defaults.connect_timeout),
            deny_warnings: self.deny_warnings.or(defaults.deny_warnings),
            reports: self.reports.or(defaults.reports),
            only: self.only.or(defaults.only),
            skip: self.skip.or(defaults.skip),
            suites: self.suites.or(defaults.suites),
            golden: self.golden.or(defaults.golden),
            baseline: self.baseline.or(defaults.baseline),
            tools,
        }
    }

    /// The tools that may be called under a policy.
    pub fn tools(&self, policy: Call) -> Tools {
        let call = |permit: &Permit| match permit {
            Permit::Never => None,
            Permit::Made => Some(Value::Null),
            Permit::With(arguments) => Some(arguments.clone()),
        };
        Tools { policy, calls: self.tools.iter().map(|(name, permit)| (name.clone(), call(permit))).collect() }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_a_server_says_goes_before_the_defaults() {
        let tool = |permit| BTreeMap::from([("shared".to_owned(), permit)]);
        let server = Settings { jobs: Some(1), tools: tool(Permit::Never), ..Settings::default() };
        let mut defaults = Settings { jobs: Some(2), call: Some(Call::All), ..Settings::default() };
        defaults.tools = tool(Permit::Made);
        defaults.tools.insert("other".to_owned(), Permit::With(json!({ "a": 1 })));
        let both = server.or(&defaults);
        assert_eq!((both.jobs, both.call), (Some(1), Some(Call::All)));
        let tools = both.tools(Call::None);
        assert_eq!(tools.calls.get("shared"), Some(&None));
        assert_eq!(tools.calls.get("other"), Some(&Some(json!({ "a": 1 }))));
    }
}
