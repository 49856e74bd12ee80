//! What the two sides can do.

use super::base::{BOOLEAN, OBJECT, OBJECTS};
use crate::schema::language::{
    Member, Span, Type, V2025_03_26, V2025_06_18, V2025_11_25, V2026_07_28, map, may, object, part,
};

/// A capability that is there or not.
const fn flag(name: &'static str) -> Member {
    may(name, &OBJECT)
}

/// A part of the tasks capability: one page has them as objects, another as `true`.
const fn task_flag(name: &'static str) -> Member {
    may(name, &OBJECT).tolerating("boolean")
}

const LIST_CHANGED: Member = may("listChanged", &BOOLEAN);

pub static CLIENT_CAPABILITIES: Type = object(
    "ClientCapabilities",
    "what a client can do for a server",
    &[
        may("experimental", &OBJECTS),
        may("roots", &part(&[LIST_CHANGED])).until(V2026_07_28),
        flag("roots").since(V2026_07_28),
        flag("sampling").until(V2025_11_25),
        may("sampling", &part(&[flag("context"), flag("tools")])).since(V2025_11_25),
        flag("elicitation").since(V2025_06_18).until(V2025_11_25),
        may("elicitation", &part(&[flag("form"), flag("url")])).since(V2025_11_25),
        may("tasks", &CLIENT_TASKS).since(V2025_11_25).until(V2026_07_28),
        may("extensions", &EXTENSIONS).since(V2026_07_28),
    ],
);

/// Settings of extensions, each by an identifier with a prefix.
static EXTENSIONS: Type = map(&OBJECT).keys(&[(Span::ALWAYS, "extension-id")]);

static CLIENT_TASKS: Type = part(&[
    task_flag("list"),
    task_flag("cancel"),
    may(
        "requests",
        &part(&[
            may("sampling", &part(&[task_flag("createMessage")])),
            may("elicitation", &part(&[task_flag("create")])),
        ]),
    ),
]);

pub static SERVER_CAPABILITIES: Type = object(
    "ServerCapabilities",
    "what a server offers",
    &[
        may("experimental", &OBJECTS),
        flag("logging"),
        flag("completions").since(V2025_03_26),
        may("prompts", &part(&[LIST_CHANGED])),
        may("resources", &part(&[LIST_CHANGED, may("subscribe", &BOOLEAN)])),
        may("tools", &part(&[LIST_CHANGED])),
        may("tasks", &SERVER_TASKS).since(V2025_11_25).until(V2026_07_28),
        may("extensions", &EXTENSIONS).since(V2026_07_28),
    ],
);

static SERVER_TASKS: Type = part(&[
    task_flag("list"),
    task_flag("cancel"),
    may("requests", &part(&[may("tools", &part(&[task_flag("call")]))])),
]);
