//! What a target is made of, while the words of a file and of the command line are put together.

use std::{ffi::OsString, path::PathBuf, time::Duration};

use super::{Resolved, header::Header, http::CONNECT};
use crate::{
    cli::secrets,
    config::{self, Scope, Settings, Transport},
    report,
    run::Style,
    transport::{
        http::{HttpLimits, Remote, Url},
        stdio::Launch,
        with_free_port,
    },
    wire::http::Headers,
};

/// The parts, each as the last one who had a word about it wants it.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// Its name in a file.
    pub(super) name: Option<String>,
    pub(super) command: Vec<OsString>,
    pub(super) cwd: Option<PathBuf>,
    pub(super) env: Vec<(String, String)>,
    pub(super) url: Option<Url>,
    /// The address as it is written, which may leave its port open.
    pub(super) address: String,
    pub(super) headers: Vec<Header>,
    pub(super) transport: Transport,
    pub(super) ca: Option<PathBuf>,
    pub(super) insecure: bool,
    pub(super) allow_hosts: Vec<String>,
    pub(super) connect: Option<Duration>,
    /// The words of the command line that name it again.
    pub(super) again: Vec<String>,
    /// What must not be shown.
    pub(super) secrets: Vec<(String, String)>,
    /// What its file says of its runs.
    pub(super) settings: Settings,
    pub(super) reports: Vec<report::Request>,
    pub(super) suites: Vec<PathBuf>,
}

impl Parts {
    /// Take an address, with variables in it.
    pub(super) fn set_url(&mut self, written: &str, scope: &Scope<'_>) -> Result<(), String> {
        let expanded = config::expand(written, scope).map_err(|lack| format!("the URL: {lack}"))?;
        let (address, _) = with_free_port(&expanded.text, &Launch::default())
            .map_err(|error| format!("no port could be found for the URL: {error}"))?;
        let url: Url = address.parse().map_err(|_| unreadable(written))?;
        // A port or a host is no secret, and occurs everywhere.
        self.secrets.extend(expanded.used.into_iter().filter(|(name, _)| is_named_so(name)));
        self.secrets.extend(in_query(&url));
        self.url = Some(url);
        self.address = expanded.text;
        Ok(())
    }

    /// Take a header, in the place of those with its name that a file has.
    pub(super) fn add(&mut self, header: Header) {
        self.secrets.extend(header.secrets.iter().cloned());
        self.headers.push(header);
    }

    /// Forget the headers of a file that are given anew.
    pub(super) fn without(&mut self, names: &[&str]) {
        self.headers.retain(|header| !names.iter().any(|name| header.name.eq_ignore_ascii_case(name)));
    }

    /// Take a variable for the process, in the place of the one with its name.
    pub(super) fn set_env(&mut self, name: &str, value: &str) {
        self.env.retain(|(other, _)| other != name);
        self.env.push((name.to_owned(), value.to_owned()));
    }

    /// Refuse what cannot go together once everything is known.
    pub(super) fn fit(&self) -> Result<(), String> {
        let name = self.name.as_deref().unwrap_or("the server").escape_debug();
        match (self.transport, &self.url) {
            (Transport::Stdio, Some(_)) => Err(format!("`{name}` is behind a URL, which is not spoken to over stdio")),
            (Transport::Http | Transport::Sse, None) => {
                Err(format!("`{name}` has no URL; it cannot be spoken to over {}", self.transport.name()))
            }
            (_, None) if !self.headers.is_empty() => Err(format!("`{name}` has no URL; headers would not reach it")),
            _ => Ok(()),
        }
    }

    /// The target that these are the parts of.
    pub(super) fn resolved(self) -> Resolved {
        let mut headers = Headers::new();
        for header in self.headers {
            headers.push(header.name, header.value);
        }
        let limits = HttpLimits { connect: self.connect.unwrap_or(CONNECT), ..HttpLimits::default() };
        let remote = self.url.map(|url| Remote {
            headers,
            ca: self.ca,
            insecure: self.insecure,
            allow_hosts: self.allow_hosts,
            limits,
            ..Remote::new(url)
        });
        let secrets = self.env.iter().cloned().chain(self.secrets).collect();
        let launch = self.command.split_first().map(|(program, args)| Launch {
            program: program.clone(),
            args: args.to_vec(),
            cwd: self.cwd,
            env: self.env.iter().map(|(name, value)| (name.into(), value.into())).collect(),
        });
        let (remote, launch) = match (remote, launch) {
            (Some(remote), Some(launch)) => placed(remote, launch, &self.address),
            alone => alone,
        };
        let style = match self.transport {
            Transport::Http => Style::Http,
            Transport::Sse => Style::Sse,
            Transport::Auto | Transport::Stdio => Style::Auto,
        };
        Resolved {
            name: self.name,
            launch,
            remote,
            style,
            again: self.again,
            secrets,
            settings: self.settings,
            reports: self.reports,
            suites: self.suites,
        }
    }
}

/// A command and its address with the same port, where either leaves it open.
fn placed(mut remote: Remote, launch: Launch, address: &str) -> (Option<Remote>, Option<Launch>) {
    match with_free_port(address, &launch) {
        Ok((address, launch)) => {
            remote.url = address.parse().unwrap_or(remote.url);
            (Some(remote), Some(launch))
        }
        Err(_) => (Some(remote), Some(launch)),
    }
}

/// Why a text is no address; said of the text as it was written, because a variable may hold a secret.
fn unreadable(written: &str) -> String {
    if written.contains('@') {
        return "the URL holds a name or password, or an `@` in the wrong place; use `--header` or `--bearer`"
            .to_owned();
    }
    match written.parse::<Url>() {
        Err(error) => error.to_string(),
        Ok(_) => format!("`{written}` is no address of a server once its variables are filled in"),
    }
}

/// The values of a query that are named like secrets.
fn in_query(url: &Url) -> Vec<(String, String)> {
    let query = url.target.split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(|(name, _)| is_named_so(name)).map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Whether what a URL is made of is a secret by its name.
fn is_named_so(name: &str) -> bool {
    let lower = name.to_lowercase();
    secrets::is_secret(name) || lower.ends_with("key") || ["auth", "sig", "signature"].contains(&lower.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope() -> Scope<'static> {
        Scope { variable: &|name| (name == "KEY").then(|| "a b".to_owned()), workspace: String::new() }
    }

    #[test]
    fn what_a_query_keeps_secret_is_kept_secret() {
        let mut parts = Parts::default();
        parts.set_url("http://h/mcp?api_key=k-123456&page=2&key=x-123456", &scope()).unwrap();
        let names: Vec<_> = parts.secrets.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(names, [("api_key", "k-123456"), ("key", "x-123456")]);
    }

    #[test]
    fn the_value_of_a_variable_is_not_said_when_the_address_is_wrong() {
        let said = |written: &str| Parts::default().set_url(written, &scope()).unwrap_err();
        assert!(said("localhost:80").contains("begins with `http://`"));
        let wrong = said("http://h/${KEY}");
        assert!(wrong.contains("${KEY}") && !wrong.contains("a b"), "{wrong}");
    }

    #[test]
    fn the_last_word_holds() {
        let mut parts = Parts::default();
        parts.set_env("A", "1");
        parts.set_env("A", "2");
        assert_eq!(parts.env, [("A".to_owned(), "2".to_owned())]);
        parts.add(Header::of("X-One", "1", &scope()).unwrap());
        parts.without(&["x-one"]);
        assert!(parts.headers.is_empty());
    }
}
