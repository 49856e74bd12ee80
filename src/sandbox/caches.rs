//! Where toolchains and package runners keep what they have installed. Their home is another one in a sandbox, and they
//! would find nothing there.

use std::{ffi::OsString, path::PathBuf};

use super::surroundings::Surroundings;

/// Something that a runner keeps, with the variable that says where it is.
struct Kept {
    variable: &'static str,
    /// Where it usually is in a home; the first one that is there holds.
    places: &'static [&'static str],
}

const fn kept(variable: &'static str, places: &'static [&'static str]) -> Kept {
    Kept { variable, places }
}

const KEPT: &[Kept] = &[
    kept("npm_config_cache", &[".npm"]),
    kept("npm_config_userconfig", &[".npmrc"]),
    kept("PNPM_HOME", &[".local/share/pnpm", "Library/pnpm"]),
    kept("YARN_CACHE_FOLDER", &[".cache/yarn", "Library/Caches/Yarn"]),
    kept("COREPACK_HOME", &[".cache/node/corepack"]),
    kept("BUN_INSTALL", &[".bun"]),
    kept("BUN_INSTALL_CACHE_DIR", &[".bun/install/cache"]),
    kept("DENO_DIR", &[".cache/deno", "Library/Caches/deno"]),
    kept("NVM_DIR", &[".nvm"]),
    kept("VOLTA_HOME", &[".volta"]),
    kept("UV_CACHE_DIR", &[".cache/uv"]),
    kept("UV_CONFIG_FILE", &[".config/uv/uv.toml"]),
    kept("UV_TOOL_DIR", &[".local/share/uv/tools"]),
    kept("UV_PYTHON_INSTALL_DIR", &[".local/share/uv/python"]),
    kept("PIP_CACHE_DIR", &[".cache/pip", "Library/Caches/pip"]),
    kept("PIPX_HOME", &[".local/share/pipx", ".local/pipx"]),
    kept("POETRY_CACHE_DIR", &[".cache/pypoetry", "Library/Caches/pypoetry"]),
    kept("PYENV_ROOT", &[".pyenv"]),
    kept("PYTHONUSERBASE", &[".local"]),
    kept("RBENV_ROOT", &[".rbenv"]),
    kept("ASDF_DATA_DIR", &[".asdf"]),
    kept("MISE_DATA_DIR", &[".local/share/mise"]),
    kept("CARGO_HOME", &[".cargo"]),
    kept("RUSTUP_HOME", &[".rustup"]),
    kept("GOPATH", &["go"]),
    kept("GOMODCACHE", &["go/pkg/mod"]),
    kept("GOCACHE", &[".cache/go-build", "Library/Caches/go-build"]),
    kept("NUGET_PACKAGES", &[".nuget/packages"]),
    kept("GRADLE_USER_HOME", &[".gradle"]),
    kept("PLAYWRIGHT_BROWSERS_PATH", &[".cache/ms-playwright", "Library/Caches/ms-playwright"]),
    kept("PUPPETEER_CACHE_DIR", &[".cache/puppeteer"]),
    kept("HF_HOME", &[".cache/huggingface"]),
];

/// Without a network, runners are told to use what they have: they would try for minutes.
pub(super) const OFFLINE: [(&str, &str); 5] = [
    ("npm_config_offline", "true"),
    ("UV_OFFLINE", "1"),
    ("CARGO_NET_OFFLINE", "true"),
    ("GOPROXY", "off"),
    ("YARN_ENABLE_NETWORK", "0"),
];

/// The variables that lead to what is kept; those that are set already lead there by themselves.
pub(super) fn variables(surroundings: &Surroundings) -> Vec<(OsString, OsString)> {
    let unset = KEPT.iter().filter(|kept| surroundings.variable(kept.variable).is_none());
    unset.filter_map(|kept| Some((kept.variable.into(), place(kept, surroundings)?.into()))).collect()
}

/// Where something is kept, by its variable.
pub(super) fn place_of(variable: &str, surroundings: &Surroundings) -> Option<PathBuf> {
    let said = surroundings.variable(variable).map(PathBuf::from);
    said.or_else(|| KEPT.iter().find(|kept| kept.variable == variable).and_then(|kept| place(kept, surroundings)))
}

fn place(kept: &Kept, surroundings: &Surroundings) -> Option<PathBuf> {
    kept.places.iter().find_map(|place| surroundings.in_home(place))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::sandbox::folder::Folder;

    #[test]
    fn what_is_there_and_not_named_is_named() {
        let folder = Folder::create(&std::env::temp_dir()).unwrap();
        let home = folder.home();
        fs::create_dir_all(home.join(".npm")).unwrap();
        fs::create_dir_all(home.join(".cargo")).unwrap();
        let surroundings = Surroundings::of(&home, &home, &[("CARGO_HOME", "/elsewhere")]);
        assert_eq!(variables(&surroundings), [("npm_config_cache".into(), home.join(".npm").into())]);
        assert_eq!(place_of("CARGO_HOME", &surroundings), Some("/elsewhere".into()));
        assert_eq!(place_of("npm_config_cache", &surroundings), Some(home.join(".npm")));
        assert_eq!(place_of("UV_CACHE_DIR", &surroundings), None);
    }
}
