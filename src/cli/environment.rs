//! The surroundings, read once: what the terminal can show, and what the variables ask for.

use std::{collections::BTreeMap, io::IsTerminal};

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
    /// Every variable.
    variables: BTreeMap<String, String>,
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
        let text = |text: std::ffi::OsString| text.to_string_lossy().into_owned();
        let variables: BTreeMap<_, _> = std::env::vars_os().map(|(name, value)| (text(name), text(value))).collect();
        let variable = |name: &str| variables.get(name).cloned().unwrap_or_default();
        let width = variable("COLUMNS").parse().ok().filter(|columns| (40..=400).contains(columns));
        Self {
            stdout_is_terminal: std::io::stdout().is_terminal(),
            stderr_is_terminal: std::io::stderr().is_terminal(),
            no_color: !variable("NO_COLOR").is_empty() || variable("TERM") == "dumb",
            width: width.unwrap_or(100),
            secrets: variables.iter().filter(|(name, _)| is_secret(name)).map(owned).collect(),
            variables,
        }
    }

    /// The value of a variable.
    pub(super) fn variable(&self, name: &str) -> Option<String> {
        self.variables.get(name).cloned()
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

fn owned((name, value): (&String, &String)) -> (String, String) {
    (name.clone(), value.clone())
}
