//! Roots: where a server may work.

use super::base::{LEGACY_RESULT, META, TEXT, URI, WITH_META};
use crate::schema::language::{Type, V2026_07_28, list, may, must, object, part};

/// Where the request is part of a result it has no metadata of a request.
pub static EMBEDDED_PARAMS: Type = part(&[may("_meta", &META).since(V2026_07_28)]);

static ROOT: Type =
    object("Root", "a folder or file that a server may work in", &[must("uri", &URI), may("name", &TEXT)])
        .with(&[&WITH_META]);

pub static LIST_RESULT: Type =
    object("ListRootsResult", "where a server may work", &[must("roots", &list(&ROOT))]).with(&[&LEGACY_RESULT]);
