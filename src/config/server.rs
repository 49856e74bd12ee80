//! A file that has been read: its servers, and where each word of them stands.

use std::path::{Path, PathBuf};

use super::{
    ConfigError, Settings, Text, Transport,
    error::Source,
    hosts, json, litmus,
    node::{Fault, Node},
    toml,
};

/// The servers of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// In the order of the file, or of their names.
    pub servers: Vec<Server>,
    source: Source,
}

/// A server, as it is written: variables are not filled in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Server {
    /// Its name.
    pub name: String,
    /// Where it begins.
    pub at: usize,
    /// The command that starts it, word by word.
    pub command: Vec<Text>,
    /// Its address.
    pub url: Option<Text>,
    /// How to speak to it.
    pub transport: Transport,
    /// Its headers.
    pub headers: Vec<(String, Text)>,
    /// Its token.
    pub bearer: Option<Text>,
    /// The variables of its process.
    pub env: Vec<(String, Text)>,
    /// A file with more of them.
    pub env_file: Option<Text>,
    /// The folder to start it in.
    pub cwd: Option<Text>,
    /// A file with certificates.
    pub ca: Option<Text>,
    /// Whether every certificate is believed.
    pub insecure: bool,
    /// The hosts that may be reached beside its own.
    pub allow_hosts: Vec<String>,
    /// Whether it is left out when all are tested.
    pub disabled: bool,
    /// How it is tested; the defaults of the file are in it.
    pub settings: Settings,
    /// What is wrong with it, in a file of many hands.
    pub(super) faults: Vec<Fault>,
}

impl Config {
    /// Read a file. What it is is told by what it holds: JSON begins with a brace or a comment, TOML does not.
    pub fn read(file: &str, text: &str) -> Result<Self, Vec<ConfigError>> {
        let source = Source { file: file.into(), text: text.into() };
        let mut faults = Vec::new();
        let begins = text.trim_start_matches('\u{feff}').trim_start();
        let servers = if ["{", "//", "/*", "["].iter().any(|sign| begins.starts_with(sign)) && !is_table(begins) {
            match json::parse(text) {
                Ok(root) => hosts::read(&root, &mut faults),
                Err(fault) => {
                    faults.push(fault);
                    Vec::new()
                }
            }
        } else {
            let root: Node = toml::parse(text, &mut faults);
            // What the parser has guessed is not judged.
            if faults.is_empty() { litmus::read(&root, &mut faults) } else { Vec::new() }
        };
        if faults.is_empty() {
            return Ok(Self { servers, source });
        }
        faults.sort_by_key(|fault| fault.at);
        Err(faults.into_iter().map(|fault| source.error(fault.at, fault.message)).collect())
    }

    /// What is wrong with a server that others of the file need not suffer from.
    pub fn faults(&self, server: &Server) -> Vec<ConfigError> {
        server.faults.iter().map(|fault| self.source.error(fault.at, fault.message.clone())).collect()
    }

    /// Something that is wrong at a place of the file.
    pub fn error(&self, at: usize, message: impl Into<String>) -> ConfigError {
        self.source.error(at, message)
    }
}

/// Whether a `[` opens a table of TOML, not a list of JSON.
fn is_table(begins: &str) -> bool {
    let name = begins.strip_prefix('[').unwrap_or_default();
    name.starts_with(|c: char| c.is_ascii_alphabetic() || "\"'[".contains(c))
        && begins.lines().next().is_some_and(|line| line.contains(']'))
}

/// The folder that a file speaks of: its own, or the one above when it lies in `.vscode`, `.cursor` or the like.
pub fn workspace(file: &Path) -> PathBuf {
    let folder = file.parent().unwrap_or(file);
    let is_hidden = folder.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    folder.parent().filter(|_| is_hidden).unwrap_or(folder).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_what_it_holds() {
        let names = |text: &str| {
            let config = Config::read("x", text).unwrap();
            config.servers.into_iter().map(|server| server.name).collect::<Vec<_>>()
        };
        assert_eq!(names("# c\n[servers.a]\ncommand = 'x'\n"), ["a"]);
        assert_eq!(names("[servers.a]\ncommand = 'x'\n"), ["a"]);
        assert_eq!(names("\u{feff}\n// c\n{ \"mcpServers\": { \"b\": { \"command\": \"x\" } } }"), ["b"]);
        assert_eq!(names(""), Vec::<String>::new());
    }

    #[test]
    fn a_hidden_folder_belongs_to_the_one_above() {
        for (file, folder) in [("/a/b/.mcp.json", "/a/b"), ("/a/b/.vscode/mcp.json", "/a/b"), ("/mcp.json", "/")] {
            assert_eq!(workspace(Path::new(file)), Path::new(folder), "{file}");
        }
    }
}
