//! What a server would inherit from us: variables, the home, the working folder. Read once.

use std::{
    collections::BTreeMap,
    env,
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
};

/// What a server would inherit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Surroundings {
    variables: BTreeMap<OsString, OsString>,
    home: Option<PathBuf>,
    /// The working folder.
    pub folder: PathBuf,
}

impl Surroundings {
    /// Look around.
    pub fn read() -> Self {
        let folder = env::current_dir().unwrap_or_default();
        Self { variables: env::vars_os().collect(), home: env::home_dir(), folder }
    }

    /// The value of a variable that says something.
    pub fn variable(&self, name: &str) -> Option<&OsStr> {
        self.variables.get(OsStr::new(name)).map(OsString::as_os_str).filter(|value| !value.is_empty())
    }

    /// Where something of the home really is, if it is there. `place` is written as if no variable moved it.
    pub fn in_home(&self, place: &str) -> Option<PathBuf> {
        let moved = MOVED.iter().find_map(|(usual, variable)| {
            let rest = place.strip_prefix(usual)?.strip_prefix('/')?;
            self.variable(variable).map(|folder| Path::new(folder).join(rest))
        });
        let path = moved.or_else(|| self.home.as_ref().map(|home| home.join(place)))?;
        (path.is_absolute() && path.exists()).then_some(path)
    }
}

/// The folders of a home that a variable may move.
pub(super) const MOVED: [(&str, &str); 4] = [
    (".cache", "XDG_CACHE_HOME"),
    (".config", "XDG_CONFIG_HOME"),
    (".local/share", "XDG_DATA_HOME"),
    (".local/state", "XDG_STATE_HOME"),
];

#[cfg(test)]
impl Surroundings {
    /// Those of a test.
    pub fn of(home: &Path, folder: &Path, variables: &[(&str, &str)]) -> Self {
        let variables = variables.iter().map(|(name, value)| (name.into(), value.into())).collect();
        Self { variables, home: Some(home.to_owned()), folder: folder.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_variable_moves_is_found() {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        let here = Surroundings::of(manifest, manifest, &[]);
        assert_eq!(here.in_home("src/sandbox"), Some(manifest.join("src/sandbox")));
        assert_eq!(here.in_home(".cache/sandbox"), None);
        let source = manifest.join("src");
        let moved = Surroundings::of(manifest, manifest, &[("XDG_CACHE_HOME", &source.to_string_lossy()), ("E", "")]);
        assert_eq!(moved.in_home(".cache/sandbox"), Some(source.join("sandbox")));
        assert_eq!(moved.variable("E"), None);
    }
}
