//! The `_meta` that each request of a modern revision carries.

use serde_json::{Map, Value, json};

use super::{Settings, settings::client_info};
use crate::model::Era;

/// The key of the revision that a request speaks.
const PROTOCOL_VERSION: &str = "io.modelcontextprotocol/protocolVersion";
const CAPABILITIES: &str = "io.modelcontextprotocol/clientCapabilities";
const CLIENT_INFO: &str = "io.modelcontextprotocol/clientInfo";

/// What a message says about itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Meta {
    /// What the revision demands.
    #[default]
    Standard,
    /// What the revision demands, with this merged over it; null removes a member.
    Merge(Value),
    /// Nothing.
    None,
}

/// What the revision demands; empty before 2026-07-28.
pub(super) fn standard(settings: &Settings) -> Map<String, Value> {
    let mut meta = Map::new();
    if settings.revision.era() == Era::Modern {
        meta.insert(PROTOCOL_VERSION.to_owned(), json!(settings.revision));
        meta.insert(CLIENT_INFO.to_owned(), client_info());
        meta.insert(CAPABILITIES.to_owned(), settings.capabilities.clone());
    }
    meta
}

/// The params of a message, with its metadata. `request` tells requests from notifications, which need none.
pub(super) fn apply(settings: &Settings, params: Option<Value>, meta: &Meta, request: bool) -> Option<Value> {
    let base = if request { standard(settings) } else { Map::new() };
    let wanted = match meta {
        Meta::None => return params,
        Meta::Standard => base,
        Meta::Merge(over) => merged(base, over),
    };
    if wanted.is_empty() {
        return params;
    }
    let mut params = params.unwrap_or_else(|| json!({}));
    if let Some(object) = params.as_object_mut() {
        let own = object.get("_meta").cloned().unwrap_or(Value::Null);
        object.insert("_meta".to_owned(), Value::Object(merged(wanted, &own)));
    }
    Some(params)
}

fn merged(mut base: Map<String, Value>, over: &Value) -> Map<String, Value> {
    for (key, value) in over.as_object().into_iter().flatten() {
        if value.is_null() {
            base.shift_remove(key);
        } else {
            base.insert(key.clone(), value.clone());
        }
    }
    base
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::Revision, session::Limits};

    fn settings(revision: Revision) -> Settings {
        Settings::new("test", revision, Limits::default())
    }

    #[test]
    fn a_modern_request_carries_its_revision_and_an_old_one_nothing() {
        let modern = apply(&settings(Revision::V2026_07_28), None, &Meta::Standard, true).unwrap();
        assert_eq!(modern["_meta"][PROTOCOL_VERSION], "2026-07-28");
        assert!(modern["_meta"][CAPABILITIES].is_object());
        assert_eq!(apply(&settings(Revision::V2025_11_25), None, &Meta::Standard, true), None);
    }

    #[test]
    fn a_merge_adds_replaces_and_removes() {
        let over = Meta::Merge(json!({ PROTOCOL_VERSION: "1900-01-01", CAPABILITIES: null, "a/b": 1 }));
        let params = apply(&settings(Revision::V2026_07_28), Some(json!({ "x": 1 })), &over, true).unwrap();
        assert_eq!(params["_meta"][PROTOCOL_VERSION], "1900-01-01");
        assert_eq!(params["_meta"].get(CAPABILITIES), None);
        assert_eq!((&params["_meta"]["a/b"], &params["x"]), (&json!(1), &json!(1)));
    }

    #[test]
    fn broken_params_stay_as_they_are() {
        let modern = settings(Revision::V2026_07_28);
        assert_eq!(apply(&modern, Some(json!([])), &Meta::Standard, true), Some(json!([])));
        assert_eq!(apply(&modern, Some(json!({})), &Meta::None, true), Some(json!({})));
    }
}
