//! Which method leads where.

use std::sync::{Arc, atomic::Ordering};

use serde_json::{Value, json};

use super::{
    caller::{self, Caller},
    failure::{Answer, Cause, Failure, malformed},
    identity, legacy,
    level::Level,
    offers::{completion, prompts, resources},
    page::page,
    rpc::{Members, Request},
    server::{Server, Work},
    tools::{self, Call, Run, Said, Stop},
};
use crate::model::Revision;

/// Sends a request to where it is answered.
pub fn route(server: &Arc<Server>, request: &Request) -> (Revision, Work) {
    let spoken = caller::modern_revisions(&server.spoken).next();
    if let Some(revision) = spoken.filter(|_| caller::is_modern(&request.params)) {
        server.hears_modern();
        let work = match caller::modern(&request.params, &server.spoken) {
            Ok(caller) => modern(server, &caller, request),
            Err(failure) => Work::Said(Err(failure)),
        };
        return (revision, dressed(&request.method, work));
    }
    let work = match sender(server, request) {
        Ok(Some(caller)) => legacy(server, &caller, request),
        Ok(None) => Work::Said(first(server, request)),
        Err(failure) => Work::Said(Err(failure)),
    };
    (server.revision(), work)
}

fn dressed(method: &str, work: Work) -> Work {
    match work {
        Work::Said(answer) => Work::Said(caller::modern_answer(method, answer)),
        Work::Running(running) => {
            let method = method.to_owned();
            Work::Running(Box::new(|outbox| {
                Box::pin(async move { caller::modern_answer(&method, running(outbox).await) })
            }))
        }
    }
}

/// Who sent a request in a session; `None` before there is one.
fn sender(server: &Server, request: &Request) -> Result<Option<Caller>, Failure> {
    let token = caller::token(&request.params)?;
    Ok(server.session(|session| {
        let session = session.as_ref()?;
        let capabilities = session.capabilities.clone();
        Some(Caller { revision: session.revision, capabilities, token, level: None })
    }))
}

/// What can be asked before there is a session.
fn first(server: &Server, request: &Request) -> Answer {
    match request.method.as_str() {
        "initialize" => {
            let session = legacy::open(&request.params, &server.spoken)?;
            let welcome = legacy::welcome(session.revision);
            server.session(|slot| *slot = Some(session));
            Ok(welcome)
        }
        _ if server.is_modern_only() => Err(nameless()),
        "ping" => Ok(json!({})),
        "server/discover" | "subscriptions/listen" if speaks_modern(server) => Err(nameless()),
        _ => Err(Failure::new(Cause::Request, "initialize comes first")),
    }
}

fn nameless() -> Failure {
    Failure::new(Cause::Meta, "_meta has to name the protocol version and the client's capabilities")
}

fn speaks_modern(server: &Server) -> bool {
    caller::modern_revisions(&server.spoken).next().is_some()
}

fn modern(server: &Arc<Server>, caller: &Caller, request: &Request) -> Work {
    match request.method.as_str() {
        "server/discover" => Work::Said(Ok(identity::discovery(caller.revision, &server.spoken))),
        _ => common(server, caller, request),
    }
}

fn legacy(server: &Arc<Server>, caller: &Caller, request: &Request) -> Work {
    match request.method.as_str() {
        "ping" => Work::Said(Ok(json!({}))),
        "initialize" => Work::Said(Err(Failure::new(Cause::Request, "there is a session already"))),
        "logging/setLevel" => Work::Said(set_level(server, &request.params)),
        "resources/subscribe" => Work::Said(watch(server, &request.params, true)),
        "resources/unsubscribe" => Work::Said(watch(server, &request.params, false)),
        _ => common(server, caller, request),
    }
}

fn set_level(server: &Server, params: &Members) -> Answer {
    let level = Level::read(params.get("level"))?;
    server.session(|session| session.as_mut().map(|session| session.level = level));
    Ok(json!({}))
}

fn watch(server: &Server, params: &Members, on: bool) -> Answer {
    let uri = resources::address(params)?;
    if on && !resources::exists(uri, server.additions.resources.load(Ordering::Relaxed)) {
        return Err(resources::missing(uri));
    }
    server.session(|session| session.as_mut().map_or(Ok(()), |session| session.watch(uri, on)))?;
    Ok(json!({}))
}

/// What all revisions have.
fn common(server: &Arc<Server>, caller: &Caller, request: &Request) -> Work {
    let (params, revision) = (&request.params, caller.revision);
    let extra_tools = server.additions.tools.load(Ordering::Relaxed);
    let extra_prompts = server.additions.prompts.load(Ordering::Relaxed);
    let extra_resources = server.additions.resources.load(Ordering::Relaxed);
    Work::Said(match request.method.as_str() {
        "tools/list" => {
            // Those of bugs come first: not every client turns the page.
            let all = server.bugs.tools(revision).chain(tools::listed(revision, extra_tools));
            page("tools", &all.collect::<Vec<_>>(), params)
        }
        "tools/call" => return call(server, caller, params, extra_tools),
        "resources/list" => page("resources", &resources::listed(revision, extra_resources), params),
        "resources/templates/list" => page("resourceTemplates", &resources::templates(revision), params),
        "resources/read" => resources::read(params, extra_resources, server.additions.counter.load(Ordering::Relaxed)),
        "prompts/list" => page("prompts", &prompts::listed(revision, extra_prompts), params),
        "prompts/get" => prompts::get(params, revision, extra_prompts),
        "completion/complete" => completion::complete(params, revision, extra_prompts),
        _ => Err(Failure::new(Cause::Method, "there is no such method")),
    })
}

fn call(server: &Arc<Server>, caller: &Caller, params: &Members, extras: usize) -> Work {
    match prepare(server, caller, params, extras) {
        Ok(work) => work,
        Err(failure) => Work::Said(Err(failure)),
    }
}

fn prepare(server: &Arc<Server>, caller: &Caller, params: &Members, extras: usize) -> Result<Work, Failure> {
    let revision = caller.revision;
    let name = params.get("name").and_then(Value::as_str).ok_or_else(|| malformed("name has to be a string"))?;
    let arguments = match params.get("arguments") {
        None => Members::new(),
        Some(Value::Object(arguments)) => arguments.clone(),
        Some(_) => return Err(malformed("arguments has to be an object")),
    };
    let unknown = || Failure::new(Cause::Tool, format!("there is no tool {name:?}"));
    let tool = tools::find(name, revision, extras).ok_or_else(unknown)?;
    if let Some(complaint) = tool.complaint(&arguments) {
        return Ok(Work::Said(Ok(Said::failed(complaint).into_result(revision))));
    }
    let run = match tool.run {
        Run::Plain(run) => return Ok(Work::Said(Ok(run(&arguments).into_result(revision)))),
        Run::Running(run) => run,
    };
    if !server.calls.have_room() {
        return Err(Failure::new(Cause::Busy, "too many calls at once"));
    }
    let (server, caller, params) = (server.clone(), caller.clone(), params.clone());
    Ok(Work::Running(Box::new(move |outbox| {
        let running = run(Call { server, caller, arguments, params, outbox });
        Box::pin(async move { outcome(running.await, revision) })
    })))
}

fn outcome(outcome: Result<Said, Stop>, revision: Revision) -> Answer {
    match outcome {
        Ok(said) => Ok(said.into_result(revision)),
        Err(Stop::Failed(why)) => Ok(Said::failed(why).into_result(revision)),
        Err(Stop::Input(result)) => Ok(result),
        Err(Stop::Refused(failure)) => Err(failure),
    }
}

/// The revision that a message speaks: that of its own metadata, or of the handshake before it.
pub fn revision(server: &Server, params: &Members) -> Revision {
    let modern = caller::modern_revisions(&server.spoken).next().filter(|_| caller::is_modern(params));
    modern.unwrap_or_else(|| server.revision())
}

/// The same for a message as a whole.
pub fn spoken_in(server: &Server, message: &Value) -> Revision {
    match message.get("params").and_then(Value::as_object) {
        Some(params) => revision(server, params),
        None => server.revision(),
    }
}
