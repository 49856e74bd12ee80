//! What is wrong with a file, and where. The text of the file is not repeated: it may hold secrets.

use std::sync::Arc;

/// One thing that is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {message}")]
pub struct ConfigError {
    /// The path, as the user would open it.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong, and what would be right.
    pub message: String,
}

/// A file: its path and its text, from which places are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Source {
    pub file: Arc<str>,
    pub text: Arc<str>,
}

impl Source {
    /// Something wrong at a byte of the text.
    pub fn error(&self, at: usize, message: impl Into<String>) -> ConfigError {
        let before = (0..=at.min(self.text.len())).rev().find_map(|at| self.text.get(..at)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        ConfigError { file: Arc::clone(&self.file), line, column, message: message.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_lines_and_characters() {
        let source = Source { file: "a.toml".into(), text: "é = 1\n\nüb = 2".into() };
        for (at, place) in [(0, (1, 1)), (3, (1, 3)), (8, (3, 1)), (10, (3, 2)), (9, (3, 1)), (999, (3, 7))] {
            let error = source.error(at, "no");
            assert_eq!((error.line, error.column), place, "{at}");
        }
        assert_eq!(source.error(8, "no").to_string(), "a.toml:3:1: no");
    }
}
