//! Names of tools.

use super::format::{Objection, stray};

/// Names of tools should have 1 to 128 characters, and only letters and digits of ASCII, underscores, hyphens and dots
/// (`server/tools#tool-names`, SHOULD, from 2025-11-25 on): all faults warn.
pub(super) fn check(name: &str) -> Option<Objection> {
    let odd = name.bytes().position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')));
    match (odd, name.len()) {
        (Some(at), _) => Some(Objection::warn(stray(name, at))),
        (None, 0) => Some(Objection::warn("no character")),
        (None, 1..=128) => None,
        (None, length) => Some(Objection::warn(format!("{length} characters"))),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::format::tests::judge, *};

    #[test]
    fn names() {
        let (longest, too_long) = ("a".repeat(128), "a".repeat(129));
        judge(
            check,
            &["getUser", "DATA_EXPORT_v2", "admin.tools.list", "a", "-", &longest],
            &["", "get user", "a,b", "a/b", "größe", "a\n", &too_long],
            &[],
        );
        assert_eq!(check("get user").unwrap().why, "a blank at byte 3");
    }
}
