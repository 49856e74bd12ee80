//! The surroundings, read once: what the terminal can show, and what the variables ask for.

use std::io::IsTerminal;

use clap::ValueEnum;

use super::secrets::is_secret;

/// The surroundings of the process.
#[derive(Clone, Debug)]
pub struct Environment {
    /// Whether standard output is a terminal.
    pub stdout_is_terminal: bool,
    /// Whether standard error is one.
    pub stderr_is_terminal: bool,
    /// Whether `NO_COLOR` asks for none, or the terminal cannot show any.
    pub no_color: bool,
    /// The columns of the terminal.
    pub width: usize,
    /// The variables that hold secrets, by their names.
    pub(super) secrets: Vec<(String, String)>,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Environment {
    /// Look around.
    pub fn read() -> Self {
        let variable = |name: &str| std::env::var(name).unwrap_or_default();
        let width = variable("COLUMNS").parse().ok().filter(|columns| (40..=400).contains(columns));
        Self {
            stdout_is_terminal: std::io::stdout().is_terminal(),
            stderr_is_terminal: std::io::stderr().is_terminal(),
            no_color: !variable("NO_COLOR").is_empty() || variable("TERM") == "dumb",
            width: width.unwrap_or(100),
            secrets: secrets(),
        }
    }

    /// Whether to use colours on a stream.
    pub fn color(&self, wish: Color, is_terminal: bool) -> bool {
        match wish {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => is_terminal && !self.no_color,
        }
    }
}

fn secrets() -> Vec<(String, String)> {
    let all = std::env::vars_os().map(|(name, value)| (name.to_string_lossy().into_owned(), value));
    all.filter(|(name, _)| is_secret(name)).map(|(name, value)| (name, value.to_string_lossy().into_owned())).collect()
}
