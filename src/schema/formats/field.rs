//! What the texts are that a form asks for.

use super::format::{Objection, brief};

/// A field asks for an address of mail, a URI, a date, or a date with a time (`client/elicitation#requested-schema`, from
/// 2026-07-28 on). The list is not said to be closed, and clients know more formats from JSON Schema: others warn.
pub(super) fn check(format: &str) -> Option<Objection> {
    let is_known = ["email", "uri", "date", "date-time"].contains(&format);
    (!is_known).then(|| Objection::warn(format!("the format {}", brief(format))))
}

#[cfg(test)]
mod tests {
    use super::{super::format::tests::judge, *};

    #[test]
    fn fields() {
        judge(check, &["email", "uri", "date", "date-time"], &["", "Email", "time", "phone"], &[]);
    }
}
