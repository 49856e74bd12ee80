//! What somebody probably meant.

use std::fmt::Write;

/// `; did you mean ...?`, or all that there are when nothing is close.
pub(super) fn hint<'a>(wrong: &str, right: impl IntoIterator<Item = &'a str>) -> String {
    let right: Vec<&str> = right.into_iter().collect();
    match nearest(wrong, &right) {
        Some(near) => format!("; did you mean `{near}`?"),
        None if right.is_empty() => String::new(),
        None if right.len() == 1 => format!("; there is {}", all(&right)),
        None => format!("; there are {}", all(&right)),
    }
}

/// `a`, `b` and `c`.
pub(super) fn all(names: &[&str]) -> String {
    list(names, " and ")
}

/// `a`, `b` or `c`.
pub(super) fn either(names: &[&str]) -> String {
    list(names, " or ")
}

fn list(names: &[&str], last: &str) -> String {
    let mut text = String::new();
    for (i, name) in names.iter().enumerate() {
        let between = match i {
            0 => "",
            _ if i + 1 == names.len() => last,
            _ => ", ",
        };
        let _ = write!(text, "{between}`{name}`");
    }
    text
}

/// The name that is close enough to be what was meant.
pub(super) fn nearest<'a>(wrong: &str, right: &[&'a str]) -> Option<&'a str> {
    if wrong.len() > 64 {
        return None;
    }
    let wrong = wrong.to_lowercase();
    let distance = |name: &str| strsim::damerau_levenshtein(&wrong, &name.to_lowercase());
    let near = |name: &&&str| distance(name) <= (wrong.len().min(name.len()) / 3).max(1);
    right.iter().filter(near).min_by_key(|name| distance(name)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_close_is_named_alone() {
        assert_eq!(hint("expct", ["send", "expect"]), "; did you mean `expect`?");
        assert_eq!(hint("must", ["MUST", "SHOULD"]), "; did you mean `MUST`?");
    }

    #[test]
    fn what_is_far_gets_the_list() {
        assert_eq!(hint("zzz", ["a", "bc", "d"]), "; there are `a`, `bc` and `d`");
        assert_eq!(hint("zzz", []), "");
        assert_eq!(hint(&"a".repeat(100_000), ["a"]), "; there is `a`");
    }
}
