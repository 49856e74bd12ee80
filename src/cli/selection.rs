//! Which checks are meant: `--only` and `--skip`, and the name that is most like a mistyped one.

use clap::Args;

use super::problem::Problem;
use crate::checks::Registry;

// Which checks are meant. No `///`: it would become the help of the command.
#[derive(Clone, Debug, Default, Args)]
pub struct Selection {
    /// Only checks whose id fits, as `tools/*`; may be repeated
    #[arg(long, value_name = "GLOB", help_heading = "Selection")]
    only: Vec<String>,
    /// No check whose id fits; may be repeated
    #[arg(long, value_name = "GLOB", help_heading = "Selection")]
    skip: Vec<String>,
}

impl Selection {
    /// These patterns, and where there are none, those of a file.
    pub(super) fn or(&self, only: Option<&[String]>, skip: Option<&[String]>) -> Self {
        let or = |own: &Vec<String>, other: Option<&[String]>| {
            if own.is_empty() { other.unwrap_or_default().to_vec() } else { own.clone() }
        };
        Self { only: or(&self.only, only), skip: or(&self.skip, skip) }
    }

    /// The checks that are meant. A pattern that fits none is mistyped, and is not passed over in silence.
    pub(super) fn of(&self, registry: Registry) -> Result<Registry, Problem> {
        for (option, patterns) in [("--only", &self.only), ("--skip", &self.skip)] {
            for pattern in patterns {
                if registry.clone().select(std::slice::from_ref(pattern), &[]).checks().is_empty() {
                    return Err(mistyped(option, pattern, &registry));
                }
            }
        }
        let is_empty = registry.checks().is_empty();
        let selected = registry.select(&self.only, &self.skip);
        if selected.checks().is_empty() && !is_empty {
            let message = "`--only` and `--skip` leave no check; take one of the patterns away".to_owned();
            return Err(Problem::Usage(message));
        }
        Ok(selected)
    }
}

fn mistyped(option: &str, pattern: &str, registry: &Registry) -> Problem {
    let meant = nearest(pattern, registry).map_or(String::new(), |near| format!("did you mean `{option} '{near}'`? "));
    Problem::Usage(format!("`{option} {pattern}` fits no check; {meant}`mcp-litmus list` names them all"))
}

/// The id, or the pattern of all ids of a chapter, that is most like this; a heading alone finds its id.
pub(super) fn nearest(name: &str, registry: &Registry) -> Option<String> {
    let ids = || registry.checks().iter().map(|check| check.info.id.as_str());
    let chapters = || ids().filter_map(|id| id.split_once('/'));
    if name.contains(['*', '?']) {
        let patterns = chapters().map(|(chapter, _)| (chapter, format!("{chapter}/*")));
        return most_like(name.split('/').next().unwrap_or(name), patterns);
    }
    if let Some((chapter, _)) = chapters().find(|(chapter, _)| *chapter == name.trim_end_matches('/')) {
        return Some(format!("{chapter}/*"));
    }
    let whole = ids().map(|id| (id, id.to_owned()));
    let headings = chapters().map(|(chapter, heading)| (heading, format!("{chapter}/{heading}")));
    if name.contains('/') { most_like(name, whole) } else { most_like(name, headings) }
}

fn most_like<'a>(name: &str, candidates: impl Iterator<Item = (&'a str, String)>) -> Option<String> {
    candidates
        .map(|(word, meant)| (strsim::jaro_winkler(name, word), meant))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, meant)| meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nearest_builtin(name: &str) -> Option<String> {
        nearest(name, &Registry::builtin().unwrap())
    }

    #[test]
    fn mistyped_names_find_their_check() {
        for (typed, meant) in [
            ("tools/unknwon-tool", "tools/unknown-tool"),
            ("unknwon-tool", "tools/unknown-tool"),
            ("unknown-tool", "tools/unknown-tool"),
            ("tools", "tools/*"),
            ("tolls/*", "tools/*"),
        ] {
            assert_eq!(nearest_builtin(typed).as_deref(), Some(meant), "{typed}");
        }
        assert_eq!(nearest_builtin("zzz"), None);
    }
}
