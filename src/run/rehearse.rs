//! Playing the example servers of a check: the check's own test.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use serde_json::Value;

use super::{CallPolicy, Plan, Wanted, run};
use crate::{
    checks::{Registry, brief},
    demo,
    model::{CheckResult, Era, Level, Revision, RunEvent, Severity, Verdict},
    session::Limits,
    suite::{Check, Example, ExampleServer, Say},
    transport::{Ladder, memory},
};

/// How one example came out at one revision.
#[derive(Clone, Debug)]
pub struct Rehearsal {
    /// The revision that was spoken.
    pub revision: Revision,
    /// What the example demands.
    pub wanted: Verdict,
    /// How the check ended.
    pub result: Option<CheckResult>,
}

impl Rehearsal {
    /// Whether the check judged the example as it demands.
    pub fn holds(&self) -> bool {
        self.result
            .as_ref()
            .is_some_and(|result| result.verdict == self.wanted)
    }
}

/// Play an example at each revision of its check.
pub async fn rehearse(check: &Check, example: &Example) -> Vec<Rehearsal> {
    let mut rehearsals = Vec::new();
    let wanted = demanded(example.verdict, check.info.level);
    for revision in check.info.revisions.iter() {
        let result = play(check, &example.server, revision).await;
        rehearsals.push(Rehearsal {
            revision,
            wanted,
            result,
        });
    }
    rehearsals
}

/// To fail a recommendation is a warning.
const fn demanded(verdict: Verdict, level: Level) -> Verdict {
    match (verdict, level.severity()) {
        (Verdict::Fail, Severity::Warn) => Verdict::Warn,
        (verdict, _) => verdict,
    }
}

async fn play(check: &Check, server: &ExampleServer, revision: Revision) -> Option<CheckResult> {
    let result = Arc::new(Mutex::new(None));
    let slot = Arc::clone(&result);
    let plan = plan(check, server, revision)?;
    run(&plan, move |event| {
        if let RunEvent::CheckFinished(finished) = event {
            *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(finished);
        }
    })
    .await;
    let mut result = result.lock().unwrap_or_else(PoisonError::into_inner);
    result.take()
}

fn plan(check: &Check, server: &ExampleServer, revision: Revision) -> Option<Plan> {
    let faults: Result<Vec<demo::Fault>, _> = server.faults.iter().map(|name| name.parse()).collect();
    let script: Arc<dyn demo::Script> = Arc::new(Player(server.clone()));
    let registry = Arc::new(Registry::of(check.clone()));
    Some(Plan {
        wanted: Wanted::One(revision),
        ..Plan::in_memory(registry, faults.ok()?, Some(script))
    })
}

impl Plan {
    /// Play checks on the demo server in memory, with little patience.
    pub fn in_memory(
        registry: Arc<Registry>,
        faults: Vec<demo::Fault>,
        script: Option<Arc<dyn demo::Script>>,
    ) -> Self {
        let launcher = Arc::new(move || {
            let options = demo::Options {
                faults: faults.clone(),
                revisions: Revision::ALL.to_vec(),
                script: script.clone(),
            };
            Ok(memory::connect(move |input, output| {
                demo::serve(input, output, options)
            }))
        });
        let short = Duration::from_millis(400);
        let ladder = Ladder {
            eof: short,
            sigterm: short,
            sigkill: short,
        };
        Self {
            launcher,
            target: "example".to_owned(),
            registry,
            wanted: Wanted::Newest,
            call: CallPolicy::ReadOnly,
            jobs: 2,
            limits: Limits {
                startup: short,
                answer: short,
                ladder,
                ..Limits::default()
            },
            deny_warnings: false,
            seed: 0,
            wire: false,
        }
    }
}

/// An example server, as a script of the demo server.
struct Player(ExampleServer);

impl demo::Script for Player {
    fn reply(&self, incoming: &Value, own: Option<&Value>, era: Era) -> demo::Reply {
        let say = match incoming {
            Value::String(_) => self.0.choose_unparsable(),
            message => self.0.choose(message),
        };
        match say {
            None => demo::Reply::Own,
            Some(Say::Silence) => demo::Reply::Lines(Vec::new()),
            Some(Say::Exit(code)) => demo::Reply::Exit(*code),
            Some(Say::Lines(lines)) => {
                demo::Reply::Lines(lines.iter().map(|line| with_id(line, incoming)).collect())
            }
            Some(say) => demo::Reply::Lines(vec![response(say, incoming, own, era).to_string()]),
        }
    }
}

fn with_id(line: &str, incoming: &Value) -> String {
    line.replace("{{id}}", &incoming.get("id").unwrap_or(&Value::Null).to_string())
}

fn response(say: &Say, incoming: &Value, own: Option<&Value>, era: Era) -> Value {
    let id = incoming.get("id").unwrap_or(&Value::Null);
    let mut response = serde_json::json!({ "jsonrpc": "2.0", "id": id });
    match say {
        Say::Error(error) => response["error"] = error.clone(),
        Say::Result { value, exact } => {
            response["result"] = value.clone();
            if let (Era::Modern, false, Some(result)) = (era, exact, response["result"].as_object_mut()) {
                result.entry("resultType").or_insert_with(|| "complete".into());
            }
        }
        Say::Merge(patch) => {
            response = own.cloned().unwrap_or(response);
            let member = if response.get("error").is_some() {
                "error"
            } else {
                "result"
            };
            merge(&mut response[member], patch);
        }
        _ => {}
    }
    response
}

/// RFC 7396.
fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(members) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(serde_json::Map::new());
    }
    for (key, value) in members {
        match (target.as_object_mut(), value.is_null()) {
            (Some(object), true) => {
                object.shift_remove(key);
            }
            (Some(object), false) => merge(object.entry(key.clone()).or_insert(Value::Null), value),
            (None, _) => {}
        }
    }
}

impl Rehearsal {
    /// One line for whoever wrote the example.
    pub fn describe(&self) -> String {
        match &self.result {
            None => format!("{}: the check was not played", self.revision),
            Some(result) => {
                let first = result.findings.first();
                let found = first.map_or(result.reason.clone(), |finding| {
                    format!(
                        "{}: expected {}, got {}",
                        finding.because,
                        finding.expected,
                        brief(&finding.got.clone().into())
                    )
                });
                format!(
                    "{}: wanted {}, got {} ({found})",
                    self.revision, self.wanted, result.verdict
                )
            }
        }
    }
}
