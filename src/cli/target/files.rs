//! The options that name a server of a file.

use std::path::PathBuf;

use clap::Args;

// A server of a file. No `///`: it would become the help of the command.
#[derive(Debug, Default, Args)]
pub struct FileArgs {
    /// The server with this name in litmus.toml, or in the file of `--config`
    ///
    /// `litmus.toml` is looked for in the working folder and in those above. With neither a server nor a command, its
    /// only server is tested.
    #[arg(long, value_name = "NAME", help_heading = "Server")]
    pub(super) server: Option<String>,
    /// Every server of the file, one after the other
    #[arg(long, help_heading = "Server")]
    pub(super) all_servers: bool,
    /// A file with servers: litmus.toml, .mcp.json, or that of Claude Desktop, Cursor, VS Code or Zed
    #[arg(long, value_name = "FILE", help_heading = "Server")]
    pub(super) config: Option<PathBuf>,
}

impl FileArgs {
    /// The option that is given.
    pub(super) fn given(&self) -> Option<&'static str> {
        let given = [
            ("--server", self.server.is_some()),
            ("--all-servers", self.all_servers),
            ("--config", self.config.is_some()),
        ];
        given.into_iter().find(|(_, is_given)| *is_given).map(|(option, _)| option)
    }

    /// The same options, alone.
    pub(super) fn usual(&self) -> String {
        if self.all_servers { "--all-servers".to_owned() } else { self.again(self.server.as_deref().unwrap_or("NAME")) }
    }

    /// The options that name one server of the file again.
    pub(super) fn again(&self, server: &str) -> String {
        let config =
            self.config.iter().map(|path| format!("--config {} ", crate::cli::shell::quoted(&path.to_string_lossy())));
        format!("{}--server {}", config.collect::<String>(), crate::cli::shell::quoted(server))
    }
}
