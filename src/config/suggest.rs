//! What somebody probably meant.

/// `; did you mean ...?`, or all that there are when nothing is close.
pub(super) fn hint<'a>(wrong: &str, right: impl IntoIterator<Item = &'a str>) -> String {
    let right: Vec<&str> = right.into_iter().collect();
    match nearest(wrong, right.iter().copied()) {
        Some(near) => format!("; did you mean `{near}`?"),
        None if right.is_empty() => String::new(),
        None => format!("; there are {}", right.join(", ")),
    }
}

/// The name that is close enough to be what was meant.
pub fn nearest<'a>(wrong: &str, right: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if wrong.len() > 64 {
        return None;
    }
    let plain = |name: &str| name.to_lowercase().replace('_', "-");
    let wrong = plain(wrong);
    let scored = right.into_iter().map(|name| (strsim::damerau_levenshtein(&wrong, &plain(name)), name));
    let near = scored.filter(|(distance, name)| *distance <= (wrong.len().min(name.len()) / 3).max(1));
    near.min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_close_is_named_alone() {
        assert_eq!(hint("startup_timout", ["timeout", "startup-timeout"]), "; did you mean `startup-timeout`?");
        assert_eq!(hint("zzz", ["a", "bc"]), "; there are a, bc");
        assert_eq!(hint(&"a".repeat(100_000), ["a"]), "; there are a");
    }
}
