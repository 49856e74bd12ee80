//! A server of a file as the parts of a target: variables filled in, paths found, secrets known.

use std::path::{Path, PathBuf};

use super::{
    files::FileArgs,
    find::{self, Found},
    header::Header,
    parts::Parts,
};
use crate::{
    cli::{Environment, problem::Problem, shell, suites},
    config::{self, Scope, Server, Text},
    report,
};

/// The servers that are meant by the options, or the only one of `litmus.toml`.
pub(super) fn find(files: &FileArgs, subcommand: &str, environment: &Environment) -> Result<Vec<Parts>, Problem> {
    let found = find::file(files, subcommand)?;
    let variable = |name: &str| environment.variable(name);
    let workspace = found.workspace.display().to_string();
    let scope = Scope { variable: &variable, workspace };
    let servers = find::servers(files, &found.config, subcommand)?;
    let mut mistakes = Vec::new();
    let mut all = Vec::new();
    for server in servers {
        let mut making = Making { found: &found, scope: &scope, mistakes: &mut mistakes, secrets: Vec::new() };
        let mut parts = making.parts(server);
        parts.again = vec![files.again(&server.name)];
        all.push(parts);
    }
    if mistakes.is_empty() { Ok(all) } else { Err(Problem::Config(mistakes)) }
}

/// One server in the making. What is wrong with it is collected.
struct Making<'a> {
    found: &'a Found,
    scope: &'a Scope<'a>,
    mistakes: &'a mut Vec<String>,
    secrets: Vec<(String, String)>,
}

impl Making<'_> {
    fn parts(&mut self, server: &Server) -> Parts {
        self.mistakes.extend(self.found.config.faults(server).iter().map(ToString::to_string));
        let mut parts = Parts { name: Some(server.name.clone()), transport: server.transport, ..Parts::default() };
        if let Some(url) = &server.url {
            let taken = parts.set_url(&url.value, self.scope);
            self.note(url.at, taken);
        }
        let headers = server.headers.iter().map(|(name, value)| (value.at, Header::of(name, &value.value, self.scope)));
        let bearer = server.bearer.iter().map(|token| (token.at, Header::bearer(&token.value, self.scope)));
        for (at, header) in headers.chain(bearer).collect::<Vec<_>>() {
            if let Some(header) = self.note(at, header) {
                parts.add(header);
            }
        }
        parts.command = server.command.iter().map(|word| self.expanded(word).into()).collect();
        self.surroundings(server, &mut parts);
        parts.ca = server.ca.as_ref().map(|path| self.path(path));
        parts.insecure = server.insecure;
        parts.allow_hosts.clone_from(&server.allow_hosts);
        parts.connect = server.settings.connect_timeout;
        self.settings(server, &mut parts);
        parts.secrets.append(&mut self.secrets);
        parts
    }

    /// The folder and the variables of its process. Those of its entry go before those of its file.
    fn surroundings(&mut self, server: &Server, parts: &mut Parts) {
        if let Some(path) = &server.env_file {
            let file = self.path(path);
            for (name, value) in self.env_file(path, &file) {
                parts.set_env(&name, &value);
            }
        }
        for (name, value) in &server.env {
            let value = self.expanded(value);
            parts.set_env(name, &value);
        }
        let folder = match &server.cwd {
            Some(folder) => self.path(folder),
            None => self.found.workspace.clone(),
        };
        parts.cwd = (folder != Path::new(&shell::here())).then_some(folder);
    }

    fn env_file(&mut self, written: &Text, file: &Path) -> Vec<(String, String)> {
        let read = std::fs::read_to_string(file)
            .map_err(|error| Problem::file(file, "read the variables", &error).to_string());
        let read = read.and_then(|text| {
            config::variables(&text).map_err(|line| format!("{}:{line}: expected `NAME=VALUE`", file.display()))
        });
        self.note(written.at, read).unwrap_or_default()
    }

    /// How it is tested: reports and suites are those of the folder of the file.
    fn settings(&mut self, server: &Server, parts: &mut Parts) {
        parts.settings = server.settings.clone();
        for text in server.settings.reports.iter().flatten() {
            let request = report::format::parse(&text.value).map_err(|bad| bad.to_string());
            if let Some(mut request) = self.note(text.at, request) {
                request.path = request.path.map(|path| self.place(&path.to_string_lossy()));
                parts.reports.push(request);
            }
        }
        for text in server.settings.suites.iter().flatten() {
            let found = suites::matching(&self.place(&text.value));
            parts.suites.extend(self.note(text.at, found).unwrap_or_default());
        }
    }

    fn expanded(&mut self, text: &Text) -> String {
        let expanded = config::expand(&text.value, self.scope).map_err(|lack| lack.to_string());
        let expanded = self.note(text.at, expanded).unwrap_or_default();
        self.secrets.extend(expanded.used.into_iter().filter(|(name, _)| crate::cli::secrets::is_secret(name)));
        expanded.text
    }

    fn path(&mut self, written: &Text) -> PathBuf {
        let path = self.expanded(written);
        self.place(&path)
    }

    /// A path of the file, where we are.
    fn place(&self, path: &str) -> PathBuf {
        if self.found.workspace == Path::new(&shell::here()) { path.into() } else { self.found.workspace.join(path) }
    }

    fn note<T>(&mut self, at: usize, result: Result<T, String>) -> Option<T> {
        result.map_err(|message| self.mistakes.push(self.found.config.error(at, message).to_string())).ok()
    }
}
