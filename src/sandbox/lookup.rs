//! Where a program is, looked up as starting it would: what cannot be started is told before anything is.

use std::{
    ffi::OsString,
    io,
    path::{Path, PathBuf},
};

use super::surroundings::Surroundings;
use crate::transport::stdio::Launch;

/// The file of a program that can be started. `base` is the folder from which relative paths are seen.
pub(super) fn program(launch: &Launch, base: &Path, surroundings: &Surroundings) -> io::Result<PathBuf> {
    let name = &launch.program;
    if name.is_empty() {
        return Err(io::ErrorKind::NotFound.into());
    }
    if launch.cwd.as_ref().is_some_and(|folder| !folder.is_dir()) {
        return Err(io::ErrorKind::NotFound.into());
    }
    if name.to_string_lossy().contains(std::path::is_separator) {
        return startable(base.join(name));
    }
    let mut refusal = io::Error::from(io::ErrorKind::NotFound);
    for folder in std::env::split_paths(&search_path(launch, surroundings)) {
        match startable(base.join(folder).join(name)) {
            Ok(path) => return Ok(path),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => refusal = error,
            Err(_) => {}
        }
    }
    Err(refusal)
}

fn search_path(launch: &Launch, surroundings: &Surroundings) -> OsString {
    let own = launch.env.iter().rev().find(|(name, _)| name == "PATH").map(|(_, value)| value.clone());
    own.or_else(|| surroundings.variable("PATH").map(ToOwned::to_owned)).unwrap_or_default()
}

#[cfg(unix)]
fn startable(path: PathBuf) -> io::Result<PathBuf> {
    if std::fs::metadata(&path)?.is_dir() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    rustix::fs::access(&path, rustix::fs::Access::EXEC_OK)?;
    match interpreter(&path) {
        Some(interpreter) if matches!(interpreter.try_exists(), Ok(false)) => Err(io::ErrorKind::NotFound.into()),
        _ => Ok(path),
    }
}

/// The program of the first line of a script.
#[cfg(unix)]
fn interpreter(path: &Path) -> Option<PathBuf> {
    use std::{ffi::OsStr, io::Read, os::unix::ffi::OsStrExt};

    let mut first = Vec::new();
    std::fs::File::open(path).ok()?.take(256).read_to_end(&mut first).ok()?;
    let line = first.strip_prefix(b"#!")?.split(|byte| *byte == b'\n').next()?.trim_ascii();
    let name = line.split(u8::is_ascii_whitespace).next()?;
    Some(PathBuf::from(OsStr::from_bytes(name))).filter(|path| path.is_absolute())
}

/// Which endings make a program is for the system to know.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "other systems can tell")]
fn startable(path: PathBuf) -> io::Result<PathBuf> {
    Ok(path)
}

#[cfg(all(test, unix))]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use super::*;
    use crate::sandbox::folder::Folder;

    fn script(path: &Path, text: &str, mode: u32) {
        fs::write(path, text).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    fn kind(program: &str, folder: &Folder) -> Result<PathBuf, io::ErrorKind> {
        let launch = Launch { program: program.into(), ..Launch::default() };
        let path = format!("/no/such/folder:{}", folder.work().display());
        let surroundings = Surroundings::of(&folder.home(), &folder.work(), &[("PATH", &path)]);
        super::program(&launch, &folder.work(), &surroundings).map_err(|error| error.kind())
    }

    #[test]
    fn a_program_is_found_or_it_is_told_why_not() {
        let folder = Folder::create(&std::env::temp_dir()).unwrap();
        script(&folder.work().join("good"), "#!/bin/sh\n", 0o755);
        script(&folder.work().join("plain"), "#!/bin/sh\n", 0o644);
        script(&folder.work().join("orphan"), "#! /no/such/interpreter -x\n", 0o755);
        let good = folder.work().join("good");
        assert_eq!(kind("good", &folder), Ok(good.clone()));
        assert_eq!(kind("./good", &folder).map(|path| path.canonicalize().unwrap()), Ok(good));
        for missing in ["", "none", "./none", "./orphan"] {
            assert_eq!(kind(missing, &folder), Err(io::ErrorKind::NotFound), "{missing}");
        }
        for refused in ["plain", "./plain", "../work"] {
            assert_eq!(kind(refused, &folder), Err(io::ErrorKind::PermissionDenied), "{refused}");
        }
    }
}
