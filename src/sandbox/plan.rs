//! What becomes of a command in a sandbox: what is started, in which folder, and what it may write to.

use std::{ffi::OsString, path::PathBuf};

use super::{folder::Folder, lookup, runner::Runner, surroundings::Surroundings, words};
use crate::transport::{LaunchFailure, stdio::Launch};

/// What is started where, and to what it may write beside the folder of the sandbox.
pub(super) struct Plan {
    pub program: OsString,
    pub args: Vec<OsString>,
    pub cwd: PathBuf,
    pub writable: Vec<PathBuf>,
}

impl Plan {
    /// The working folder is another one, unless the user names it, or a runner looks for a project in it.
    pub fn of(launch: &Launch, folder: &Folder, surroundings: &Surroundings) -> Result<Self, LaunchFailure> {
        let named = launch.cwd.as_ref().map(|cwd| surroundings.folder.join(cwd));
        let base = named.clone().unwrap_or_else(|| surroundings.folder.clone());
        let found = lookup::program(launch, &base, surroundings);
        let found = found.map_err(|error| LaunchFailure::explain(launch, &error))?;
        let runner = Runner::of(&launch.program);
        let writable = runner.map(|runner| runner.writes(surroundings, &base)).unwrap_or_default();
        if named.is_some() || runner.is_some() {
            return Ok(Self { program: launch.program.clone(), args: launch.args.clone(), cwd: base, writable });
        }
        let program = if is_bare(launch) { launch.program.clone() } else { found.into() };
        Ok(Self { program, args: words::absolute(&launch.args, &base), cwd: folder.work(), writable })
    }
}

/// Whether a program is looked up by its name alone.
fn is_bare(launch: &Launch) -> bool {
    !launch.program.to_string_lossy().contains(std::path::is_separator)
}

#[cfg(all(test, unix))]
mod tests {
    use std::path::Path;

    use super::*;

    fn plan(program: &str, cwd: Option<&str>, folder: &Folder) -> Plan {
        let project = Path::new(env!("CARGO_MANIFEST_DIR"));
        let launch = Launch {
            program: program.into(),
            args: vec!["Cargo.toml".into()],
            cwd: cwd.map(PathBuf::from),
            ..Launch::default()
        };
        let path = format!("/bin:/usr/bin:{}", project.join("src").display());
        Plan::of(&launch, folder, &Surroundings::of(&folder.home(), project, &[("PATH", &path)])).expect("a plan")
    }

    #[test]
    fn the_working_folder_is_another_unless_it_is_named() {
        let folder = Folder::create(&std::env::temp_dir()).unwrap();
        let project = Path::new(env!("CARGO_MANIFEST_DIR"));
        let moved = plan("sh", None, &folder);
        assert_eq!((moved.program, moved.cwd), ("sh".into(), folder.work()));
        assert_eq!(moved.args, [OsString::from(project.join("Cargo.toml"))]);
        let named = plan("sh", Some("src"), &folder);
        assert_eq!((named.cwd, named.args), (project.join("src"), vec!["Cargo.toml".into()]));
        assert!(named.writable.is_empty());
    }
}
