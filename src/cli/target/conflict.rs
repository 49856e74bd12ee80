//! Options of a target that contradict each other: what is wrong, and the command line that would be right.

use super::Target;
use crate::{cli::problem::Problem, config::Transport};

impl Target {
    /// Refuse what cannot be meant.
    pub(super) fn consistent(&self, subcommand: &str) -> Result<(), Problem> {
        let problem = self.two_targets().or_else(|| self.misplaced()).or_else(|| self.of_transport());
        match problem {
            Some((wrong, right)) => Err(Problem::Usage(format!("{wrong}\n  try: mcp-litmus {subcommand} {right}"))),
            None => Ok(()),
        }
    }

    /// Two servers where one can be tested.
    fn two_targets(&self) -> Option<(String, String)> {
        let of_files = self.files.given();
        let others =
            [("--demo", self.demo), ("--url", self.http.url.is_some()), ("a command", !self.command.is_empty())];
        let other = others.into_iter().find(|(_, is_given)| *is_given).map(|(option, _)| option);
        if let (Some(of_files), Some(other)) = (of_files, other) {
            let other = if other == "a command" { "a command behind `--`".to_owned() } else { format!("`{other}`") };
            return Some((format!("`{of_files}` and {other} each name a server"), self.files.usual()));
        }
        if self.files.server.is_some() && self.files.all_servers {
            return Some(("`--server` names one, `--all-servers` means each".to_owned(), "--all-servers".to_owned()));
        }
        if self.demo && self.http.url.is_some() {
            let wrong = "`--demo` and `--url` each name a server".to_owned();
            return Some((wrong, "--demo --transport http".to_owned()));
        }
        None
    }

    /// An option of one kind of server, given for another.
    fn misplaced(&self) -> Option<(String, String)> {
        let named = self.files.given().is_some();
        if !self.demo
            && let Some(fault) = self.fault.first()
        {
            let wrong = "only the demo server has faults; `--fault` goes with `--demo`".to_owned();
            return Some((wrong, format!("--demo --fault {}", fault.name())));
        }
        let has_command = self.demo || !self.command.is_empty();
        if self.http.url.is_some() && !has_command && (!self.env.is_empty() || self.cwd.is_some()) {
            let option = if self.env.is_empty() { "--cwd" } else { "--env" };
            let wrong = format!("`{option}` is for a process that is started; there is only a URL");
            return Some((wrong, "--url http://127.0.0.1:8000/mcp -- node server.js".to_owned()));
        }
        if self.http.bearer.is_some()
            && self.http.header.iter().any(|(name, _)| name.eq_ignore_ascii_case("authorization"))
        {
            let wrong = "`--bearer` and `--header 'Authorization: ...'` both say who asks".to_owned();
            return Some((wrong, "--url https://example.com/mcp --bearer '${TOKEN}'".to_owned()));
        }
        // A command alone may still be that of a file, when no target is named.
        let is_stdio = !self.command.is_empty() && self.http.url.is_none();
        let is_http = self.http.url.is_some() || named || (self.demo && self.forces_http());
        let option = self.http.only_for_urls().filter(|_| !is_http && (is_stdio || self.demo))?;
        let wrong = format!("`{option}` is for a server behind a URL");
        let right =
            if self.demo { "--demo --transport http" } else { "--url http://127.0.0.1:8000/mcp -- node server.js" };
        Some((wrong, right.to_owned()))
    }

    /// A transport that the target does not have.
    fn of_transport(&self) -> Option<(String, String)> {
        let usual = || "--url http://127.0.0.1:8000/mcp".to_owned();
        if self.http.url.is_some() && self.http.transport == Some(Transport::Stdio) {
            return Some(("a URL is not spoken to over stdio".to_owned(), usual()));
        }
        if self.http.url.is_none() && !self.command.is_empty() && self.forces_http() {
            let way = self.http.transport.map_or("", Transport::name);
            let wrong = format!("`--transport {way}` needs the address at which the command serves");
            return Some((wrong, format!("--transport {way} {} -- node server.js", usual())));
        }
        None
    }

    fn forces_http(&self) -> bool {
        matches!(self.http.transport, Some(Transport::Http | Transport::Sse))
    }
}
