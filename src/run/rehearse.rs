//! Playing the example servers of a check: the check's own test.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use serde_json::{Value, json};
use tokio::{sync::Semaphore, task::JoinSet};

use super::{Plan, Wanted, run, stage::PATIENCE};
use crate::{
    checks::Registry,
    demo,
    model::{CheckId, CheckResult, Era, Level, Revision, RunEvent, Severity, Source, Verdict},
    session::Limits,
    suite::{Check, Example, ExampleServer, HeaderValue, Say},
};

/// How one example came out at one revision.
#[derive(Clone, Debug)]
pub struct Rehearsal {
    /// The check.
    pub check: CheckId,
    /// Where the example stands.
    pub source: Source,
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
        self.result.as_ref().is_some_and(|result| result.verdict == self.wanted)
    }
}

/// How many example servers are played at a time. Most of the time they wait.
const AT_ONCE: usize = 24;

/// How patient the player is with an example that is played again.
const MORE_PATIENCE: Duration = Duration::from_secs(2);
/// How many examples are played again. If there are more, it is not for want of time.
const AGAIN: usize = 20;

/// Play every example of every check, at each revision of the check. On a busy machine some are late: those that came
/// out otherwise are played once more, alone and with more patience.
pub async fn rehearse(registry: &Registry) -> Vec<Rehearsal> {
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let mut plays = JoinSet::new();
    for (order, (check, example, revision)) in examples(registry).enumerate() {
        let (check, example, places) = (check.clone(), example.clone(), Arc::clone(&places));
        plays.spawn(async move {
            let _place = places.acquire().await;
            let wanted = demanded(example.verdict, check.info.level);
            let result = play(&check, &example.server, revision, PATIENCE).await;
            let source = Source { line: example.line, ..check.info.source };
            (order, Rehearsal { check: check.info.id, source, revision, wanted, result })
        });
    }
    let mut rehearsals = plays.join_all().await;
    rehearsals.sort_by_key(|(order, _)| *order);
    for (order, rehearsal) in rehearsals.iter_mut().filter(|(_, rehearsal)| !rehearsal.holds()).take(AGAIN) {
        if let Some((check, example, revision)) = examples(registry).nth(*order) {
            rehearsal.result = play(check, &example.server, revision, MORE_PATIENCE).await;
        }
    }
    rehearsals.into_iter().map(|(_, rehearsal)| rehearsal).collect()
}

fn examples(registry: &Registry) -> impl Iterator<Item = (&Check, &Example, Revision)> {
    let checks = registry.checks().iter();
    let examples = checks.flat_map(|check| check.examples.iter().map(move |example| (check, example)));
    examples.flat_map(|(check, example)| check.info.revisions.iter().map(move |revision| (check, example, revision)))
}

/// To fail a recommendation is a warning.
const fn demanded(verdict: Verdict, level: Level) -> Verdict {
    match (verdict, level.severity()) {
        (Verdict::Fail, Severity::Warn) => Verdict::Warn,
        (verdict, _) => verdict,
    }
}

async fn play(check: &Check, server: &ExampleServer, revision: Revision, patience: Duration) -> Option<CheckResult> {
    let result = Arc::new(Mutex::new(None));
    let slot = Arc::clone(&result);
    let mut plan = plan(check, server, revision)?;
    plan.limits = Limits { startup: patience, answer: patience, ..plan.limits };
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
    let sse = check.info.transports.iter().all(|transport| transport == "sse");
    let options = demo::Options {
        faults: faults.ok()?,
        script: Some(script),
        sse,
        token: server.token.clone(),
        ..demo::Options::default()
    };
    let over = if check.info.is_for_http() { Plan::over_http } else { Plan::in_memory };
    Some(Plan { wanted: Wanted::One(revision), ..over(registry, options) })
}

/// An example server, as a script of the demo server.
struct Player(ExampleServer);

impl demo::Script for Player {
    fn http(&self, request: &demo::HttpRequest) -> Option<demo::HttpReply> {
        let headers: serde_json::Map<String, Value> =
            request.headers.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
        let seen = json!({
            "method": request.method, "path": request.path, "headers": headers, "rpc": request.rpc,
        });
        let answer = self.0.choose_http(&seen)?;
        let headers = answer.headers.iter().map(|(name, value)| match value {
            HeaderValue::Leave => (name.clone(), None),
            HeaderValue::Values(values) => (name.clone(), Some(values.join(", "))),
        });
        let body = answer.content(&request.id);
        Some(demo::HttpReply { status: answer.status, headers: headers.collect(), body })
    }

    fn reply(&self, incoming: &Value, own: Option<&Value>, era: Era) -> demo::Reply {
        let say = match incoming {
            Value::String(_) => self.0.choose_unparsable(),
            message => self.0.choose(message),
        };
        match say {
            None => demo::Reply::Own,
            Some(Say::Silence) => demo::Reply::Lines(Vec::new()),
            Some(Say::Exit(code)) => demo::Reply::Exit(*code),
            Some(Say::Lines(lines)) => demo::Reply::Lines(lines.iter().map(|line| with_id(line, incoming)).collect()),
            Some(say) => demo::Reply::Lines(vec![response(say, incoming, own, era).to_string()]),
        }
    }
}

fn with_id(line: &str, incoming: &Value) -> String {
    line.replace("{{id}}", &incoming.get("id").unwrap_or(&Value::Null).to_string())
}

fn response(say: &Say, incoming: &Value, own: Option<&Value>, era: Era) -> Value {
    let id = incoming.get("id").unwrap_or(&Value::Null);
    let mut response = json!({ "jsonrpc": "2.0", "id": id });
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
            let member = if response.get("error").is_some() { "error" } else { "result" };
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
        let Self { source, check, revision, wanted, result } = self;
        let Some(result) = result else { return format!("{source}: {check} was not played in {revision}") };
        let first = result.findings.first();
        let found = first.map_or(result.reason.clone(), |finding| {
            let got: String = finding.got.chars().take(200).collect();
            format!("{}: expected {}, got {got}", finding.because, finding.expected)
        });
        format!("{source}: {check} in {revision}: wanted {wanted}, got {} ({found})", result.verdict)
    }
}
