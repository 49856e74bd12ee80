//! Which file is meant, and which of its servers.

use std::path::{Path, PathBuf};

use super::files::FileArgs;
use crate::{
    cli::{problem::Problem, shell::quoted},
    config::{self, Config, Server},
};

/// The name of our own file.
const OURS: &str = "litmus.toml";

/// Files of hosts and editors that are often there.
const OTHERS: [&str; 4] = [".mcp.json", ".vscode/mcp.json", ".cursor/mcp.json", ".zed/settings.json"];

/// A file that has been read.
pub(super) struct Found {
    pub(super) config: Config,
    /// The folder that its paths are relative to.
    pub(super) workspace: PathBuf,
}

/// The file of `--config`, or `litmus.toml` here or above.
pub(super) fn file(files: &FileArgs, subcommand: &str) -> Result<Found, Problem> {
    let path = match &files.config {
        Some(path) => path.clone(),
        None => ours().ok_or_else(|| nothing(files, subcommand))?,
    };
    let text =
        std::fs::read_to_string(&path).map_err(|error| Problem::file(&path, "read the configuration", &error))?;
    let shown = path.display().to_string();
    let config = Config::read(&shown, &text)
        .map_err(|errors| Problem::Config(errors.iter().map(ToString::to_string).collect()))?;
    let absolute = std::path::absolute(&path).unwrap_or(path);
    Ok(Found { config, workspace: config::workspace(&absolute) })
}

/// `litmus.toml` in the working folder, or in the nearest one above.
fn ours() -> Option<PathBuf> {
    if Path::new(OURS).is_file() {
        return Some(OURS.into());
    }
    let here = std::env::current_dir().ok()?;
    here.ancestors().skip(1).map(|folder| folder.join(OURS)).find(|path| path.is_file())
}

fn nothing(files: &FileArgs, subcommand: &str) -> Problem {
    let other = OTHERS.into_iter().find(|path| Path::new(path).is_file());
    let (wrong, right) = match (files.given(), other) {
        (Some(option), Some(other)) => {
            let rest = files.usual();
            (format!("`{option}` needs {OURS}, which is neither here nor above"), format!("--config {other} {rest}"))
        }
        (Some(option), None) => {
            let wrong =
                format!("`{option}` needs {OURS}, which is neither here nor above; `mcp-litmus init` writes one");
            (wrong, format!("--config FILE {}", files.usual()))
        }
        (None, Some(other)) => {
            let wrong =
                format!("there is nothing to test; name a server of {other}, the command that starts it, or a URL");
            (wrong, format!("--config {other}"))
        }
        (None, None) => {
            let wrong = "there is nothing to test; name the command that starts your server, `--url`, or `--demo`";
            (wrong.to_owned(), "-- node server.js".to_owned())
        }
    };
    Problem::Usage(format!("{wrong}\n  try: mcp-litmus {subcommand} {right}"))
}

/// The servers of a file that are meant.
pub(super) fn servers<'a>(files: &FileArgs, config: &'a Config, subcommand: &str) -> Result<Vec<&'a Server>, Problem> {
    let names = || config.servers.iter().map(|server| server.name.as_str());
    let wrong = |message: String, right: String| {
        Err(Problem::Usage(format!("{message}\n  try: mcp-litmus {subcommand} {right}")))
    };
    if config.servers.is_empty() {
        let message = "there is no server in the configuration; it begins with `[servers.NAME]`".to_owned();
        return wrong(message, "-- node server.js".to_owned());
    }
    let all = names().map(quoted).collect::<Vec<_>>().join(", ");
    let first = names().next().unwrap_or_default();
    if let Some(name) = &files.server {
        if let Some(server) = config.servers.iter().find(|server| server.name == *name) {
            return Ok(vec![server]);
        }
        let near = config::nearest(name, names()).unwrap_or(first);
        let message = format!("there is no server `{}`; there are {all}", name.escape_debug());
        return wrong(message, files.again(near));
    }
    if files.all_servers {
        let enabled: Vec<&Server> = config.servers.iter().filter(|server| !server.disabled).collect();
        let message = "every server of the file is disabled".to_owned();
        return if enabled.is_empty() { wrong(message, files.again(first)) } else { Ok(enabled) };
    }
    if let [only] = config.servers.as_slice() {
        return Ok(vec![only]);
    }
    wrong(format!("there are several servers: {all}; name one, or take `--all-servers`"), files.again(first))
}
