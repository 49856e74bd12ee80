//! What the user did wrong, with the way out.

use crate::model::Exit;

/// Why a command was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The command line, or a file that it names, is wrong; the message says what would be right.
    #[error("{0}")]
    Usage(String),
    /// A suite has errors, each with its line shown.
    #[error("{} in the suite\n{}", if .0.len() == 1 { "there is a mistake" } else { "there are mistakes" }, .0.join("\n"))]
    Suites(Vec<String>),
    /// A configuration has errors, each with its place.
    #[error("{} in the configuration\n{}", if .0.len() == 1 { "there is a mistake" } else { "there are mistakes" }, .0.join("\n"))]
    Config(Vec<String>),
    /// Something that ought to work did not.
    #[error("{0}")]
    Internal(String),
}

impl Problem {
    /// The exit code that it deserves.
    pub const fn exit(&self) -> Exit {
        match self {
            Self::Usage(_) | Self::Suites(_) | Self::Config(_) => Exit::Usage,
            Self::Internal(_) => Exit::Internal,
        }
    }

    /// A file that cannot be read or written.
    pub fn file(path: &std::path::Path, doing: &str, error: &std::io::Error) -> Self {
        let why = error.to_string();
        // The number of an error says nothing that its words do not.
        let why = why.split(" (os error").next().unwrap_or(&why).to_lowercase();
        Self::Usage(format!("cannot {doing} {}: {why}", path.display()))
    }
}

impl From<crate::checks::LoadError> for Problem {
    fn from(error: crate::checks::LoadError) -> Self {
        Self::Suites(error.rendered)
    }
}
