//! The variables by which a program finds its home and its temporary folder.

use std::ffi::{OsStr, OsString};

use super::{
    folder::Folder,
    surroundings::{MOVED, Surroundings},
};

/// The variables that name a temporary folder.
const TEMPORARY: [&str; 3] = ["TMPDIR", "TMP", "TEMP"];

/// The variables that name a home.
#[cfg(not(windows))]
const HOME: [&str; 1] = ["HOME"];
#[cfg(windows)]
const HOME: [&str; 4] = ["HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"];

/// Variables that lead into the sandbox.
pub(super) fn variables(folder: &Folder, surroundings: &Surroundings) -> Vec<(OsString, OsString)> {
    let set = |name: &str, path: &OsStr| (OsString::from(name), path.to_owned());
    let home = folder.home();
    let mut variables: Vec<_> = HOME.iter().map(|name| set(name, home.as_os_str())).collect();
    let temporary = folder.temporary();
    variables.extend(TEMPORARY.iter().map(|name| set(name, temporary.as_os_str())));
    // Unset, they follow the home by themselves.
    let moved = MOVED.iter().filter(|(_, variable)| surroundings.variable(variable).is_some());
    variables.extend(moved.map(|(usual, variable)| set(variable, home.join(usual).as_os_str())));
    if surroundings.variable("XDG_RUNTIME_DIR").is_some() {
        variables.push(set("XDG_RUNTIME_DIR", temporary.as_os_str()));
    }
    variables
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_road_leads_into_the_folder() {
        let folder = Folder::create(&std::env::temp_dir()).unwrap();
        let surroundings = Surroundings::of(Path::new("/home/a"), Path::new("/"), &[("XDG_CONFIG_HOME", "/home/a/.c")]);
        let variables = variables(&folder, &surroundings);
        let names: Vec<_> = variables.iter().filter_map(|(name, _)| name.to_str()).collect();
        for name in ["HOME", "TMPDIR", "XDG_CONFIG_HOME"] {
            assert!(names.contains(&name), "{names:?}");
        }
        assert!(!names.contains(&"XDG_CACHE_HOME") && !names.contains(&"XDG_RUNTIME_DIR"), "{names:?}");
        assert!(variables.iter().all(|(_, path)| Path::new(path).starts_with(folder.root())), "{variables:?}");
    }
}
