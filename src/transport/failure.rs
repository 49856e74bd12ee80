//! Why a command could not be started, in words that lead to one that can.

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::{env, io};

use thiserror::Error;

use super::stdio::Launch;

/// More names on PATH than this are not looked at for a near one.
const MOST_NAMES: usize = 50_000;

/// A command that could not be started.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{what}: {hint}")]
pub struct LaunchFailure {
    /// What happened.
    pub what: String,
    /// What usually helps.
    pub hint: String,
    /// What it said before.
    pub said: Vec<String>,
}

impl LaunchFailure {
    pub(super) fn new(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { what: what.into(), hint: hint.into(), said: Vec::new() }
    }

    /// Why this could not be started.
    pub fn explain(launch: &Launch, error: &io::Error) -> Self {
        let name = launch.program.to_string_lossy();
        if let Some(folder) = launch.cwd.as_deref().filter(|folder| !folder.is_dir()) {
            let what = format!("the working folder `{}` does not exist", folder.display());
            return Self::new(what, "name a folder that exists");
        }
        if name.is_empty() {
            return Self::new("the command is empty", usage());
        }
        let path = launch.cwd.clone().unwrap_or_default().join(&launch.program);
        match error.kind() {
            io::ErrorKind::NotFound => not_found(launch, &name, &path),
            io::ErrorKind::PermissionDenied => not_allowed(&name, &path),
            _ => Self::new(
                format!("`{name}` could not be started: {error}"),
                "it has to be a program for this machine, or a script that begins with `#!`",
            ),
        }
    }

    pub(super) fn without_pipes(launch: &Launch) -> Self {
        Self::new(
            format!("`{}` was started without pipes", launch.program.to_string_lossy()),
            "are there enough file descriptors (`ulimit -n`)?",
        )
    }
}

fn usage() -> String {
    "options come before `--` and the server's command after it: mcp-litmus check [OPTIONS] -- COMMAND [ARGS]...".into()
}

fn not_found(launch: &Launch, name: &str, path: &Path) -> LaunchFailure {
    if is_path(name) && path.is_file() {
        return LaunchFailure::new(
            format!("the interpreter of `{name}` was not found"),
            "its first line names a program that is not installed",
        );
    }
    let hint = if name.starts_with('-') {
        usage()
    } else if let Some((program, _)) = name.split_once(char::is_whitespace) {
        format!("put no quotes around the command and its arguments together: -- {program} ...")
    } else if is_path(name) {
        "there is no such file; is the path right, seen from the working folder?".into()
    } else if path.is_file() {
        format!("did you mean the file `./{name}`?")
    } else if let Some(near) = near_name(name, &search_path(launch)) {
        format!("did you mean `{near}`?")
    } else {
        "is it installed, and is its folder on PATH?".into()
    };
    LaunchFailure::new(format!("the command `{name}` was not found"), hint)
}

fn not_allowed(name: &str, path: &Path) -> LaunchFailure {
    if path.is_dir() {
        return LaunchFailure::new(format!("`{name}` is a folder"), "name the program in it");
    }
    let interpreter = match path.extension().and_then(OsStr::to_str) {
        Some("js" | "mjs" | "cjs") => Some("node"),
        Some("ts" | "mts") => Some("npx tsx"),
        Some("py") => Some("python3"),
        Some("sh") => Some("sh"),
        _ => None,
    };
    let hint = match interpreter {
        Some(interpreter) => format!("start it with its interpreter: -- {interpreter} {name}"),
        None => format!("make it executable: chmod +x {name}"),
    };
    LaunchFailure::new(format!("`{name}` is not executable"), hint)
}

fn is_path(name: &str) -> bool {
    name.contains(std::path::is_separator)
}

fn search_path(launch: &Launch) -> OsString {
    let own = launch.env.iter().rev().find(|(name, _)| name == "PATH").map(|(_, value)| value.clone());
    own.or_else(|| env::var_os("PATH")).unwrap_or_default()
}

/// The name on the search path that is a slip of the finger or two away.
fn near_name(name: &str, search_path: &OsStr) -> Option<String> {
    let slips = if name.chars().count() > 4 { 2 } else { 1 };
    env::split_paths(search_path)
        .filter_map(|folder| folder.read_dir().ok())
        .flat_map(Iterator::flatten)
        .take(MOST_NAMES)
        .filter_map(|entry| entry.file_name().into_string().ok())
        .map(|candidate| (strsim::damerau_levenshtein(name, &candidate), candidate))
        .filter(|(distance, _)| (1..=slips).contains(distance))
        .min()
        .map(|(_, candidate)| candidate)
}
