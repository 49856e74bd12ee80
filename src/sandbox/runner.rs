//! Programs that look for a server before they become one: in the project around the working folder, and in caches that
//! they write to.

use std::{
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
};

use super::{caches, surroundings::Surroundings};

/// A family of runners.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Runner {
    names: &'static [&'static str],
    /// The variables of the caches that they write to.
    caches: &'static [&'static str],
    /// What they build within a project.
    builds: &'static [&'static str],
}

const RUNNERS: &[Runner] = &[
    Runner {
        names: &["npx", "npm", "pnpm", "pnpx", "yarn", "bun", "bunx", "deno", "corepack"],
        caches: &[
            "npm_config_cache",
            "PNPM_HOME",
            "YARN_CACHE_FOLDER",
            "COREPACK_HOME",
            "BUN_INSTALL_CACHE_DIR",
            "DENO_DIR",
        ],
        builds: &[],
    },
    Runner {
        names: &["uv", "uvx", "pipx", "poetry", "pdm", "hatch", "rye"],
        caches: &["UV_CACHE_DIR", "UV_TOOL_DIR", "PIPX_HOME", "POETRY_CACHE_DIR", "PIP_CACHE_DIR"],
        builds: &[".venv"],
    },
    Runner { names: &["cargo"], caches: &["CARGO_HOME", "CARGO_TARGET_DIR"], builds: &["target"] },
    Runner { names: &["go"], caches: &["GOPATH", "GOMODCACHE", "GOCACHE"], builds: &[] },
    Runner { names: &["dotnet"], caches: &["NUGET_PACKAGES"], builds: &["bin", "obj"] },
    Runner { names: &["gradle", "gradlew"], caches: &["GRADLE_USER_HOME"], builds: &["build", ".gradle"] },
    Runner { names: &["make", "just", "mise", "mvn", "mvnw"], caches: &[], builds: &[] },
];

impl Runner {
    /// The family of a program.
    pub fn of(program: &OsStr) -> Option<&'static Self> {
        let name = Path::new(program).file_stem()?.to_str()?;
        RUNNERS.iter().find(|runner| runner.names.contains(&name))
    }

    /// Where it has to write, of what is there.
    pub fn writes(&self, surroundings: &Surroundings, project: &Path) -> Vec<PathBuf> {
        let caches = self.caches.iter().filter_map(|variable| caches::place_of(variable, surroundings));
        let builds = self.builds.iter().map(|folder| project.join(folder));
        caches.map(|path| project.join(path)).chain(builds).filter(|path| path.is_dir()).collect()
    }
}

/// The variable by which Python finds the module of `-m` in a folder that is no longer its working folder.
pub(super) fn python_path(
    program: &OsStr,
    args: &[OsString],
    surroundings: &Surroundings,
) -> Option<(OsString, OsString)> {
    let name = Path::new(program).file_name()?.to_str()?;
    if !name.starts_with("python") || !args.iter().any(|arg| arg == "-m") {
        return None;
    }
    let inherited = surroundings.variable("PYTHONPATH").map(std::env::split_paths);
    let folders = std::iter::once(surroundings.folder.clone()).chain(inherited.into_iter().flatten());
    Some(("PYTHONPATH".into(), std::env::join_paths(folders).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runners_are_known_by_their_names() {
        for name in ["npx", "/usr/bin/npx", "npx.cmd", "uv", "./gradlew"] {
            assert!(Runner::of(OsStr::new(name)).is_some(), "{name}");
        }
        for name in ["node", "npxx", "", "..", "python3"] {
            assert_eq!(Runner::of(OsStr::new(name)), None, "{name}");
        }
    }

    #[test]
    fn only_what_is_there_is_written_to() {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        let source = manifest.join("src");
        let surroundings = Surroundings::of(
            manifest,
            manifest,
            &[("CARGO_HOME", &source.to_string_lossy()), ("CARGO_TARGET_DIR", "/no/such/folder")],
        );
        let cargo = Runner::of(OsStr::new("cargo")).unwrap();
        assert_eq!(cargo.writes(&surroundings, &source), [source]);
    }

    #[test]
    fn a_module_is_looked_for_where_it_was() {
        let here = Surroundings::of(Path::new("/h"), Path::new("/project"), &[("PYTHONPATH", "/a")]);
        let path = |program: &str, args: &[&str]| {
            let args: Vec<OsString> = args.iter().map(Into::into).collect();
            python_path(OsStr::new(program), &args, &here).and_then(|(_, path)| path.into_string().ok())
        };
        let both = std::env::join_paths(["/project", "/a"]).unwrap();
        assert_eq!(path("/usr/bin/python3.12", &["-m", "server"]), both.into_string().ok());
        assert_eq!(path("python", &["server.py"]), None);
        assert_eq!(path("node", &["-m"]), None);
    }
}
