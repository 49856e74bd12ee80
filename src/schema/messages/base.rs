//! What messages of all kinds have in common: plain values, metadata, and who somebody is.

use super::{capabilities::CLIENT_CAPABILITIES, envelope::REQUEST_ID, tasks::RELATED_TASK_METADATA};
use crate::schema::language::{
    Member, Span, Type, V2025_06_18, V2025_11_25, V2026_07_28, anything, boolean, count, integer, list, map, may, must,
    null, number, object, part, text, union, whole, word, words,
};

/// Any value, null included.
pub static ANYTHING: Type = anything();
/// A string.
pub static TEXT: Type = text(&[]);
/// Several strings.
pub static TEXTS: Type = list(&TEXT);
/// A resource identifier.
pub static URI: Type = text(&[(Span::ALWAYS, "uri")]);
/// Bytes.
pub static BASE64: Type = text(&[(Span::ALWAYS, "byte")]);
/// What bytes are.
pub static MIME_TYPE: Type = text(&[(Span::ALWAYS, "mime-type")]);
/// No value.
pub static NULL: Type = null();
/// True or false.
pub static BOOLEAN: Type = boolean();
/// A number without a fraction.
pub static INTEGER: Type = integer();
/// A number without a fraction that is not negative.
pub static COUNT: Type = count();
/// A number that ought to have no fraction.
pub static WHOLE: Type = whole();
/// A number.
pub static NUMBER: Type = number(None);
/// A number from 0 to 1.
pub static SHARE: Type = number(Some((0, 1)));
/// An object of which nothing more is known.
pub static OBJECT: Type = part(&[]);
/// Objects by name.
pub static OBJECTS: Type = map(&OBJECT);
/// Strings by name.
pub static NAMED_TEXTS: Type = map(&TEXT);

pub static PROGRESS_TOKEN: Type =
    union("ProgressToken", "names a request in notifications of its progress", &[&TEXT, &INTEGER]);

pub static ROLE: Type = words("Role", "who speaks in a conversation with a model", &[word("user"), word("assistant")]);

pub static LOGGING_LEVEL: Type = words(
    "LoggingLevel",
    "how grave a log message is, by the names of syslog",
    &[
        word("debug"),
        word("info"),
        word("notice"),
        word("warning"),
        word("error"),
        word("critical"),
        word("alert"),
        word("emergency"),
    ],
);

/// How the keys of `_meta` are formed.
const KEYS: &[(Span, &str)] = &[
    (Span::ALWAYS.since(V2025_06_18).until(V2025_11_25), "meta-key-2025-06-18"),
    (Span::ALWAYS.since(V2025_11_25).until(V2026_07_28), "meta-key-2025-11-25"),
    (Span::ALWAYS.since(V2026_07_28), "meta-key-2026-07-28"),
];

const RELATED_TASK: Member =
    may("io.modelcontextprotocol/related-task", &RELATED_TASK_METADATA).since(V2025_11_25).until(V2026_07_28);

pub static META: Type = object("MetaObject", "what extensions and other parties add to a thing", &[]).keys(KEYS);

pub static REQUEST_META: Type = object(
    "RequestMetaObject",
    "metadata of a request; in a protocol without handshake also who asks, and what it can do",
    &[
        may("progressToken", &PROGRESS_TOKEN),
        must("io.modelcontextprotocol/protocolVersion", &TEXT).since(V2026_07_28),
        must("io.modelcontextprotocol/clientCapabilities", &CLIENT_CAPABILITIES).since(V2026_07_28),
        may("io.modelcontextprotocol/clientInfo", &IMPLEMENTATION).since(V2026_07_28),
        may("io.modelcontextprotocol/logLevel", &LOGGING_LEVEL).since(V2026_07_28),
        RELATED_TASK,
    ],
)
.keys(KEYS);

pub static NOTIFICATION_META: Type = object(
    "NotificationMetaObject",
    "metadata of a notification; on a subscription also its id",
    &[may("io.modelcontextprotocol/subscriptionId", &REQUEST_ID).since(V2026_07_28), RELATED_TASK],
)
.keys(KEYS);

pub static RESULT_META: Type = object(
    "ResultMetaObject",
    "metadata of a result; in a protocol without handshake also who answers",
    &[may("io.modelcontextprotocol/serverInfo", &IMPLEMENTATION).since(V2026_07_28), RELATED_TASK],
)
.keys(KEYS);

/// A thing that carries metadata of its own.
pub static WITH_META: Type = part(&[may("_meta", &META).since(V2025_06_18)]);

pub static REQUEST_PARAMS: Type = object(
    "RequestParams",
    "parameters of a request",
    &[may("_meta", &REQUEST_META).until(V2026_07_28), must("_meta", &REQUEST_META).since(V2026_07_28)],
);

pub static NOTIFICATION_PARAMS: Type =
    object("NotificationParams", "parameters of a notification", &[may("_meta", &NOTIFICATION_META)]);

pub static RESULT: Type = object(
    "Result",
    "what a request is answered with",
    &[may("_meta", &RESULT_META), must("resultType", &TEXT).since(V2026_07_28)],
)
.apart();

/// A name for programs, and one for people.
pub static NAMED: Type = part(&[must("name", &TEXT), may("title", &TEXT).since(V2025_06_18)]);

pub static ICON: Type = object(
    "Icon",
    "a picture that stands for a thing",
    &[
        must("src", &ICON_SOURCE),
        may("mimeType", &MIME_TYPE),
        may("sizes", &list(&ICON_SIZE)),
        may("theme", &words("", "", &[word("light"), word("dark")])),
    ],
);

static ICON_SOURCE: Type = text(&[(Span::ALWAYS, "icon-src")]);
static ICON_SIZE: Type = text(&[(Span::ALWAYS, "icon-size")]);

/// A thing that has icons.
pub static WITH_ICONS: Type = part(&[may("icons", &list(&ICON)).since(V2025_11_25)]);

pub static IMPLEMENTATION: Type = object(
    "Implementation",
    "which program it is",
    &[
        must("version", &TEXT),
        may("description", &TEXT).since(V2025_11_25),
        may("websiteUrl", &TEXT).since(V2025_11_25),
    ],
)
.with(&[&NAMED, &WITH_ICONS]);

/// The metadata of what used to be a result, and became a part of a request.
pub static LEGACY_RESULT: Type = part(&[may("_meta", &RESULT_META).until(V2026_07_28)]);

/// Values of the fields of a form.
pub static NAMED_VALUES: Type = map(&union("", "", &[&TEXT, &NUMBER, &BOOLEAN]));
/// Values of the fields of a form, choices of several included.
pub static NAMED_VALUES_AND_LISTS: Type = map(&union("", "", &[&TEXT, &NUMBER, &BOOLEAN, &TEXTS]));
