//! The options of a server behind a URL.

use std::{path::PathBuf, time::Duration};

use clap::Args;

use super::{header, parts::Parts};
use crate::{
    cli::{problem::Problem, shell},
    config::{self, Scope, Transport},
};

/// How long to wait for a connection, unless the user says otherwise.
pub(super) const CONNECT: Duration = Duration::from_secs(10);

// Where a server is and how it is reached. No `///`: it would become the help of the command.
#[derive(Debug, Default, Args)]
pub struct HttpArgs {
    /// The address of the server; with a command behind `--`, the server is started and waited for
    ///
    /// `${VAR}` is filled in from the environment here, in `--header` and in `--bearer`.
    #[arg(long, value_name = "URL", help_heading = "Server")]
    pub(super) url: Option<String>,
    /// A header for every request, as 'NAME: VALUE'; may be repeated
    ///
    /// No output shows its value. With '${VAR}' in it, the commands that reproduce a finding can be used as they stand.
    #[arg(long, value_name = "NAME: VALUE", value_parser = header::parse, help_heading = "Server")]
    pub(super) header: Vec<(String, String)>,
    /// A token for every request; short for --header 'Authorization: Bearer TOKEN'
    #[arg(long, value_name = "TOKEN", help_heading = "Server")]
    pub(super) bearer: Option<String>,
    /// How to speak: auto (a URL is asked), stdio, http (Streamable HTTP) or sse (HTTP+SSE of 2024-11-05)
    #[arg(long, value_name = "WAY", help_heading = "Server", hide_possible_values = true)]
    pub(super) transport: Option<Transport>,
    /// A file with certificates (PEM) that may vouch for the server, beside those of the system
    #[arg(long, value_name = "FILE", help_heading = "Server")]
    pub(super) ca: Option<PathBuf>,
    /// Believe every certificate
    #[arg(long, help_heading = "Server")]
    pub(super) insecure: bool,
    /// A host that may be reached beside that of the URL; may be repeated
    #[arg(long, value_name = "HOST", help_heading = "Server")]
    pub(super) allow_host: Vec<String>,
    /// How long to wait for a connection [default: 10s]
    #[arg(long, value_name = "TIME", value_parser = config::duration, help_heading = "Server")]
    pub(super) connect_timeout: Option<Duration>,
}

impl HttpArgs {
    /// The first option that only a server behind a URL can have.
    pub(super) fn only_for_urls(&self) -> Option<&'static str> {
        let given = [
            ("--header", !self.header.is_empty()),
            ("--bearer", self.bearer.is_some()),
            ("--ca", self.ca.is_some()),
            ("--insecure", self.insecure),
            ("--allow-host", !self.allow_host.is_empty()),
            ("--connect-timeout", self.connect_timeout.is_some()),
        ];
        given.into_iter().find(|(_, is_given)| *is_given).map(|(option, _)| option)
    }

    /// What is given here, put over what a file says.
    pub(super) fn put_over(&self, parts: &mut Parts, scope: &Scope<'_>) -> Result<(), Problem> {
        if let Some(written) = &self.url {
            parts.set_url(written, scope).map_err(Problem::Usage)?;
            parts.again.push(format!("--url {}", shell::quoted(written)));
        }
        let header = |(name, value): &(String, String)| header::Header::of(name, value, scope);
        let bearer = self.bearer.iter().map(|token| header::Header::bearer(token, scope));
        for header in self.header.iter().map(header).chain(bearer) {
            let header = header.map_err(Problem::Usage)?;
            parts.again.push(header.again.clone());
            parts.add(header);
        }
        self.put_settings_over(parts);
        Ok(())
    }

    fn put_settings_over(&self, parts: &mut Parts) {
        if let Some(transport) = self.transport {
            parts.transport = transport;
            parts.again.push(format!("--transport {}", transport.name()));
        }
        if let Some(ca) = &self.ca {
            parts.ca = Some(ca.clone());
            parts.again.push(format!("--ca {}", shell::quoted(&ca.to_string_lossy())));
        }
        if self.insecure {
            parts.insecure = true;
            parts.again.push("--insecure".to_owned());
        }
        for host in &self.allow_host {
            parts.allow_hosts.push(host.clone());
            parts.again.push(format!("--allow-host {}", shell::quoted(host)));
        }
        if let Some(time) = self.connect_timeout {
            parts.connect = Some(time);
            parts.again.push(format!("--connect-timeout {}ms", time.as_millis()));
        }
    }
}
