//! Lists in pages, and how long an answer may be kept.

use super::base::{COUNT, REQUEST_PARAMS, RESULT, TEXT};
use crate::schema::language::{Type, V2026_07_28, may, must, object, word, words};

pub static PAGINATED_PARAMS: Type =
    object("PaginatedRequestParams", "which page of a list is wanted", &[may("cursor", &TEXT)])
        .with(&[&REQUEST_PARAMS]);

/// Null is no cursor; in the newest revision one page speaks of cursors that are not null.
pub static PAGINATED: Type = object(
    "PaginatedResult",
    "one page of a list",
    &[may("nextCursor", &TEXT).until(V2026_07_28), may("nextCursor", &TEXT).tolerating("null").since(V2026_07_28)],
)
.with(&[&RESULT])
.apart();

pub static CACHEABLE: Type = object(
    "CacheableResult",
    "an answer that says how long it may be kept, and for whom",
    &[
        must("ttlMs", &COUNT).since(V2026_07_28),
        must("cacheScope", &words("", "", &[word("public"), word("private")])).since(V2026_07_28),
    ],
)
.with(&[&RESULT])
.apart();
