//! The envelope of JSON-RPC, and errors.

use super::{
    base::{ANYTHING, INTEGER, NULL, RESULT, TEXT, TEXTS},
    capabilities::CLIENT_CAPABILITIES,
    elicitation::URL_PARAMS,
};
use crate::schema::language::{
    Type, V2025_11_25, V2026_07_28, code, constant, list, may, must, object, part, switch, union, word,
};

pub static REQUEST_ID: Type = union("RequestId", "names a request", &[&TEXT, &INTEGER]);

/// The id of an error: a request that could not be read has none that could be repeated.
static ANSWERED_ID: Type = union("", "", &[&TEXT, &INTEGER, &NULL]);

static JSON_RPC: Type =
    object("JSONRPCVersion", "that it is JSON-RPC 2.0", &[must("jsonrpc", &constant(&[word("2.0")]))]).apart();

/// The envelope of each kind of message, without what it holds.
pub static ENVELOPES: Envelopes = Envelopes {
    request: part(&[must("id", &REQUEST_ID), must("method", &TEXT)]).with(&[&JSON_RPC]),
    notification: part(&[must("method", &TEXT)]).with(&[&JSON_RPC]),
    result: part(&[must("id", &REQUEST_ID)]).with(&[&JSON_RPC]),
    any_result: part(&[]).with(&[&RESULT]),
};

/// The envelope of each kind of message, without what it holds.
pub struct Envelopes {
    /// Of a request.
    pub request: Type,
    /// Of a notification.
    pub notification: Type,
    /// Of a result.
    pub result: Type,
    /// What every result has.
    pub any_result: Type,
}

pub static ERROR_RESPONSE: Type = object(
    "JSONRPCErrorResponse",
    "the refusal of a request",
    &[may("id", &ANSWERED_ID), must("error", &ERROR_BY_CODE)],
)
.with(&[&JSON_RPC]);

static ERROR: Type = object(
    "Error",
    "why a request was refused: a code for programs, a sentence for people",
    &[must("code", &INTEGER), must("message", &TEXT), may("data", &ANYTHING)],
)
.apart();

static ERROR_BY_CODE: Type = switch(
    "code",
    &[
        code(-32042, &URL_ELICITATION_REQUIRED).since(V2025_11_25).until(V2026_07_28),
        code(-32021, &MISSING_CAPABILITY).since(V2026_07_28),
        code(-32022, &UNSUPPORTED_VERSION).since(V2026_07_28),
    ],
    &ERROR,
    &ERROR,
);

static URL_ELICITATION_REQUIRED: Type = object(
    "URLElicitationRequiredError",
    "the request needs the user to visit pages first, and names them",
    &[must("data", &part(&[must("elicitations", &list(&URL_PARAMS))]))],
)
.with(&[&ERROR]);

static MISSING_CAPABILITY: Type = object(
    "MissingRequiredClientCapabilityError",
    "the request needs a client that can do more, and says what",
    &[must("data", &part(&[must("requiredCapabilities", &CLIENT_CAPABILITIES)]))],
)
.with(&[&ERROR]);

static UNSUPPORTED_VERSION: Type = object(
    "UnsupportedProtocolVersionError",
    "the server does not speak the revision, and says which ones it does",
    &[must("data", &part(&[must("supported", &TEXTS), may("requested", &TEXT)]))],
)
.with(&[&ERROR]);
