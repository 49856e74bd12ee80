//! Suites from files.

use std::path::{Path, PathBuf};

use super::problem::Problem;
use crate::{checks::Registry, model::glob};

/// The checks of suites that the user names.
pub(super) fn load(paths: &[PathBuf]) -> Result<Registry, Problem> {
    let read = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).map_err(|error| Problem::file(path, "read the suite", &error))?;
        Ok((path.display().to_string(), text))
    };
    let files: Vec<(String, String)> = paths.iter().map(read).collect::<Result<_, Problem>>()?;
    Ok(Registry::load(files.iter().map(|(path, text)| (path.as_str(), text.as_str())))?)
}

/// The suites that a path of a configuration means: a file, those of a folder, or those whose names fit a pattern.
pub(super) fn matching(path: &Path) -> Result<Vec<PathBuf>, String> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (folder, pattern) = match (path.is_dir(), name.contains('*')) {
        (true, _) => (path, "*.md"),
        (false, true) => (path.parent().unwrap_or(path), name.as_str()),
        (false, false) => return Ok(vec![path.to_owned()]),
    };
    // The parent of a bare name is nothing, which is here.
    let listed = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = std::fs::read_dir(listed).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut found: Vec<PathBuf> =
        names.filter(|name| glob::matches(pattern, name)).map(|name| folder.join(name)).collect();
    found.sort();
    if found.is_empty() { Err(format!("there is no suite {}", folder.join(pattern).display())) } else { Ok(found) }
}
