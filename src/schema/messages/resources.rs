//! Resources: what can be read.

use super::{
    base::{BASE64, MIME_TYPE, NAMED, NOTIFICATION_PARAMS, REQUEST_PARAMS, TEXT, URI, WHOLE, WITH_ICONS, WITH_META},
    content::ANNOTATED,
    input::ANSWERS,
    lists::{CACHEABLE, PAGINATED},
};
use crate::schema::language::{Span, Type, having, list, may, must, object, text, word};

pub static RESOURCE: Type = object(
    "Resource",
    "something that can be read",
    &[must("uri", &URI), may("description", &TEXT), may("mimeType", &MIME_TYPE), may("size", &WHOLE)],
)
.with(&[&NAMED, &WITH_ICONS, &ANNOTATED, &WITH_META]);

static URI_TEMPLATE: Type = text(&[(Span::ALWAYS, "uri-template")]);

static RESOURCE_TEMPLATE: Type = object(
    "ResourceTemplate",
    "resources whose addresses follow a pattern",
    &[must("uriTemplate", &URI_TEMPLATE), may("description", &TEXT), may("mimeType", &MIME_TYPE)],
)
.with(&[&NAMED, &WITH_ICONS, &ANNOTATED, &WITH_META]);

/// What was read: a text, or bytes.
pub static RESOURCE_CONTENTS: Type =
    having("", "", &[word("text").is(&TEXT_CONTENTS), word("blob").is(&BLOB_CONTENTS)], &NEITHER_CONTENTS);

static CONTENTS: Type = object(
    "ResourceContents",
    "what a resource holds: a text, or bytes",
    &[must("uri", &URI), may("mimeType", &MIME_TYPE)],
)
.with(&[&WITH_META]);

static NEITHER_CONTENTS: Type = object("", "", &[]).with(&[&CONTENTS]).one_of(&["text", "blob"]);

static TEXT_CONTENTS: Type =
    object("TextResourceContents", "what a resource holds, as text", &[must("text", &TEXT)]).with(&[&CONTENTS]);

static BLOB_CONTENTS: Type =
    object("BlobResourceContents", "what a resource holds, in base64", &[must("blob", &BASE64)]).with(&[&CONTENTS]);

pub static LIST_RESULT: Type =
    object("ListResourcesResult", "resources that can be read", &[must("resources", &list(&RESOURCE))])
        .with(&[&PAGINATED, &CACHEABLE]);

pub static LIST_TEMPLATES_RESULT: Type = object(
    "ListResourceTemplatesResult",
    "patterns of addresses that can be read",
    &[must("resourceTemplates", &list(&RESOURCE_TEMPLATE))],
)
.with(&[&PAGINATED, &CACHEABLE]);

pub static URI_PARAMS: Type =
    object("ResourceRequestParams", "which resource is meant", &[must("uri", &URI)]).with(&[&REQUEST_PARAMS]);

pub static READ_PARAMS: Type =
    object("ReadResourceRequestParams", "which resource to read", &[]).with(&[&URI_PARAMS, &ANSWERS]);

pub static READ_RESULT: Type =
    object("ReadResourceResult", "what a resource holds", &[must("contents", &list(&RESOURCE_CONTENTS))])
        .with(&[&CACHEABLE]);

pub static UPDATED_PARAMS: Type =
    object("ResourceUpdatedNotificationParams", "which resource has changed", &[must("uri", &URI)])
        .with(&[&NOTIFICATION_PARAMS]);
