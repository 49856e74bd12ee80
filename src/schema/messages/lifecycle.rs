//! How a conversation begins: `initialize`, or `server/discover`.

use super::{
    base::{IMPLEMENTATION, REQUEST_PARAMS, RESULT, TEXT, TEXTS},
    capabilities::{CLIENT_CAPABILITIES, SERVER_CAPABILITIES},
    lists::CACHEABLE,
};
use crate::schema::language::{Type, may, must, object};

pub static INITIALIZE_PARAMS: Type = object(
    "InitializeRequestParams",
    "who wants to speak, in which revision, and what it can do",
    &[must("protocolVersion", &TEXT), must("capabilities", &CLIENT_CAPABILITIES), must("clientInfo", &IMPLEMENTATION)],
)
.with(&[&REQUEST_PARAMS]);

pub static INITIALIZE_RESULT: Type = object(
    "InitializeResult",
    "who answers, in which revision, and what it offers",
    &[
        must("protocolVersion", &TEXT),
        must("capabilities", &SERVER_CAPABILITIES),
        must("serverInfo", &IMPLEMENTATION),
        may("instructions", &TEXT),
    ],
)
.with(&[&RESULT]);

pub static DISCOVER_RESULT: Type = object(
    "DiscoverResult",
    "which revisions a server speaks, and what it offers",
    &[must("supportedVersions", &TEXTS), must("capabilities", &SERVER_CAPABILITIES), may("instructions", &TEXT)],
)
.with(&[&CACHEABLE]);
