//! Requests of a server inside a result, and their answers inside the next request: a conversation without a handshake.

use super::{
    base::{REQUEST_PARAMS, RESULT, TEXT},
    elicitation, roots, sampling,
};
use crate::schema::language::{Type, V2026_07_28, constant, either, having, map, may, must, object, word};

pub static INPUT_REQUIRED: Type = object(
    "InputRequiredResult",
    "what a server needs before it can go on",
    &[may("inputRequests", &INPUT_REQUESTS), may("requestState", &TEXT)],
)
.with(&[&RESULT])
.one_of(&["inputRequests", "requestState"]);

static INPUT_REQUESTS: Type =
    Type { name: "InputRequests", about: "requests of a server, by names of its choice", ..map(&INPUT_REQUEST) };

static INPUT_REQUEST: Type = either(
    "InputRequest",
    "a request of a server",
    "method",
    &[
        word("sampling/createMessage").is(&SAMPLING),
        word("roots/list").is(&ROOTS),
        word("elicitation/create").is(&ELICITATION),
    ],
);

static SAMPLING: Type = object(
    "CreateMessageRequest",
    "a server that asks the model of the client",
    &[must("method", &constant(&[word("sampling/createMessage")])), must("params", &sampling::PARAMS)],
);
static ROOTS: Type = object(
    "ListRootsRequest",
    "a server that asks where it may work",
    &[must("method", &constant(&[word("roots/list")])), may("params", &roots::EMBEDDED_PARAMS)],
);
static ELICITATION: Type = object(
    "ElicitRequest",
    "a server that asks the user",
    &[must("method", &constant(&[word("elicitation/create")])), must("params", &elicitation::PARAMS)],
);

pub static ANSWERS: Type = object(
    "InputResponseRequestParams",
    "parameters of a request that a server may have asked back on",
    &[may("inputResponses", &INPUT_RESPONSES).since(V2026_07_28), may("requestState", &TEXT).since(V2026_07_28)],
)
.with(&[&REQUEST_PARAMS]);

static INPUT_RESPONSES: Type =
    Type { name: "InputResponses", about: "answers to the requests of a server, by its names", ..map(&INPUT_RESPONSE) };

static INPUT_RESPONSE: Type = having(
    "InputResponse",
    "an answer to a request of a server",
    &[word("action").is(&elicitation::ANSWER), word("roots").is(&roots::LIST_RESULT)],
    &sampling::ANSWER,
);
