//! Suites from files.

use std::path::PathBuf;

use super::problem::Problem;
use crate::checks::Registry;

/// The checks of suites that the user names.
pub(super) fn load(paths: &[PathBuf]) -> Result<Registry, Problem> {
    let read = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).map_err(|error| Problem::file(path, "read the suite", &error))?;
        Ok((path.display().to_string(), text))
    };
    let files: Vec<(String, String)> = paths.iter().map(read).collect::<Result<_, Problem>>()?;
    Ok(Registry::load(files.iter().map(|(path, text)| (path.as_str(), text.as_str())))?)
}
