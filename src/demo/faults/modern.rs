//! What only 2026-07-28 can break: metadata, versions, hints for caches, messages out of place.

use serde_json::{Value, json};

use super::{
    Verdict, lifecycle,
    memory::{Arrival, Exchange, meta, result, succeed},
};
use crate::{
    demo::{
        Fault, caller,
        failure::{Cause, Failure, malformed},
        rpc::{self, Members},
    },
    model::Revision,
};

const REMOVED: [&str; 4] = ["ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe"];
const NAMED: [&str; 3] = ["tools/call", "prompts/get", "resources/read"];

/// A message arrives.
pub fn incoming(fault: Fault, message: &mut Value, arrival: &Arrival) -> Verdict {
    if !arrival.is_request {
        return Verdict::Go;
    }
    pretend(fault, message, arrival);
    let method = arrival.method.as_str();
    let discovers = method == "server/discover";
    let refused = match fault {
        Fault::NoDiscover if discovers => Some(Failure::new(Cause::Method, "there is no such method")),
        Fault::DemandsClientInfo if message["params"]["_meta"].get(caller::CLIENT_INFO).is_none() => {
            Some(malformed("clientInfo is missing"))
        }
        Fault::DemandsDiscoverFirst if !discovers && !arrival.memory.discovered => {
            Some(Failure::new(Cause::Request, "server/discover comes first"))
        }
        Fault::HeaderMismatchOnStdio if NAMED.contains(&method) => {
            Some(Failure::new(Cause::Header, "the header Mcp-Name is missing"))
        }
        _ => None,
    };
    refused.map_or(Verdict::Go, Verdict::Fail)
}

/// Gives a request the metadata that it lacks.
fn pretend(fault: Fault, message: &mut Value, arrival: &Arrival) {
    let Some(meta) = meta(message) else { return };
    let late = fault == Fault::LateAcceptsAnyVersion && arrival.memory.served;
    if (fault == Fault::AcceptsAnyVersion || late) && meta.get(caller::VERSION).is_some_and(Value::is_string) {
        meta.insert(caller::VERSION.to_owned(), json!(Revision::V2026_07_28.as_str()));
    }
    if fault == Fault::AcceptsMissingCapabilities {
        meta.entry(caller::CAPABILITIES).or_insert(json!({}));
    }
}

/// A message leaves.
pub fn outgoing(fault: Fault, message: &mut Value, exchange: &mut Exchange) {
    let removed = exchange.cause == Some(Cause::Method) && REMOVED.contains(&exchange.method);
    if fault == Fault::RemovedMethodsServed && removed {
        succeed(message, json!({}), exchange.revision);
    }
    if fault == Fault::VersionErrorWithoutData && exchange.cause == Some(Cause::Version) {
        message["error"].as_object_mut().map(|error| error.remove("data"));
    }
    if !exchange.method.is_empty() {
        let id = message["id"].clone();
        accompany(fault, &id, exchange);
    }
    if let Some(result) = result(message) {
        hints(fault, result, exchange);
        identity(fault, result);
    }
}

/// What is sent beside an answer.
fn accompany(fault: Fault, id: &Value, exchange: &mut Exchange) {
    let lists = exchange.method == "tools/list";
    match fault {
        Fault::ServerRequests if exchange.memory.first("request") => {
            exchange.after.push(lifecycle::request("ping", None));
        }
        Fault::UnsolicitedNotification if lists => {
            exchange.after.push(rpc::notification("notifications/tools/list_changed", &json!({})));
        }
        Fault::UnsolicitedLog if lists || exchange.method == "tools/call" => {
            let wanted = exchange.param("_meta").is_some_and(|meta| meta.get(caller::LOG_LEVEL).is_some());
            let params = json!({ "level": "info", "data": "nobody asked for this" });
            exchange.before.extend((!wanted).then(|| rpc::notification("notifications/message", &params)));
        }
        Fault::CancelsOrdinary if lists => {
            exchange.after.push(rpc::notification("notifications/cancelled", &json!({ "requestId": id })));
        }
        _ => {}
    }
}

fn hints(fault: Fault, result: &mut Members, exchange: &Exchange) {
    let cacheable = result.contains_key("ttlMs");
    match fault {
        Fault::NoResultType => {
            result.remove("resultType");
        }
        Fault::UnknownResultType if result.get("resultType") == Some(&json!("complete")) => {
            result.insert("resultType".to_owned(), json!("finished"));
        }
        Fault::NoCacheHints => {
            result.remove("ttlMs");
            result.remove("cacheScope");
        }
        Fault::NegativeTtl if cacheable => {
            result.insert("ttlMs".to_owned(), json!(-1));
        }
        Fault::StringTtl if cacheable => {
            result.insert("ttlMs".to_owned(), json!("60000"));
        }
        Fault::BadCacheScope if cacheable => {
            result.insert("cacheScope".to_owned(), json!("everybody"));
        }
        Fault::MixedCacheScope if cacheable && exchange.param("cursor").is_some() => {
            result.insert("cacheScope".to_owned(), json!("private"));
        }
        _ => {}
    }
}

fn identity(fault: Fault, result: &mut Members) {
    match fault {
        Fault::NoServerInfoMeta => {
            if let Some(Value::Object(meta)) = result.get_mut("_meta") {
                meta.remove(caller::SERVER_INFO);
            }
        }
        Fault::VersionsWithoutOwn if result.contains_key("supportedVersions") => {
            result.insert("supportedVersions".to_owned(), json!([Revision::NEWEST_LEGACY.as_str()]));
        }
        Fault::BadExtension => {
            if let Some(capabilities) = result.get_mut("capabilities") {
                capabilities["extensions"] = json!({ "shiny": {} });
            }
        }
        Fault::BadMetaKey => {
            if let Value::Object(meta) = result.entry("_meta").or_insert(json!({})) {
                meta.insert("-bad/key".to_owned(), json!(true));
            }
        }
        Fault::MetaArray => {
            result.insert("_meta".to_owned(), json!([]));
        }
        _ => {}
    }
}
