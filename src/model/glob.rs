//! Patterns of names: `tools/*`, `*/unknown-?`. A `*` stands for any text, a `?` for one character.

/// Whether the whole of `name` fits `pattern`.
pub fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    let (mut p, mut n) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while n < name.len() {
        match pattern.get(p) {
            Some('*') => {
                retry = Some((p, n));
                p += 1;
            }
            Some(&c) if c == '?' || c == name[n] => {
                p += 1;
                n += 1;
            }
            _ => match retry {
                Some((star, from)) => {
                    retry = Some((star, from + 1));
                    p = star + 1;
                    n = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_and_question_marks() {
        for (pattern, name, fits) in [
            ("tools/*", "tools/unknown-tool", true),
            ("*", "", true),
            ("tools/unknown-tool", "tools/unknown-tool", true),
            ("*/unknown-*", "tools/unknown-tool", true),
            ("*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaac", false),
            ("tools", "tools/unknown-tool", false),
            ("t?ols/*", "tools/x", true),
            ("t?ols/*", "tols/x", false),
        ] {
            assert_eq!(matches(pattern, name), fits, "{pattern} {name}");
        }
    }
}
