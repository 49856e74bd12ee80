//! `init`: looks at a folder, and writes a configuration and a pipeline for it.

mod look;
mod pipeline;
mod text;

use std::{
    fs::OpenOptions,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use clap::Args;

use super::{args::say, problem::Problem};
use crate::model::Exit;

/// Write a litmus.toml and a pipeline for a project
///
/// Looks at the folder to find out how its server is started, and says what it has concluded from what. A file that is
/// there already is left as it is.
#[derive(Debug, Args)]
pub struct Init {
    /// The folder of the project
    #[arg(value_name = "FOLDER", default_value = ".", hide_default_value = true)]
    folder: PathBuf,
    /// Write over files that are there already
    #[arg(long)]
    force: bool,
}

/// A file to be written, and what is said of it.
struct File {
    name: &'static str,
    text: String,
    about: String,
}

impl Init {
    pub(super) fn carry_out(self) -> Result<Exit, Problem> {
        if !self.folder.is_dir() {
            return Err(Problem::Usage(format!("{} is no folder; name that of the project", self.folder.display())));
        }
        let guesses = look::servers(&self.folder);
        let about = guesses.iter().map(|guess| format!("  {}: {}\n", guess.name, guess.why)).collect();
        let pipeline = pipeline::file(&self.folder, &guesses);
        let hint = pipeline.hint;
        let files = [
            File { name: "litmus.toml", text: text::config(&guesses), about },
            File { name: pipeline.name, text: pipeline.text, about: format!("  {}\n", pipeline.about) },
        ];
        let mut said = String::new();
        let mut written = 0;
        for file in &files {
            let is_new = write(&self.folder.join(file.name), &file.text, self.force)?;
            written += usize::from(is_new);
            said += &if is_new {
                format!("wrote {}\n{}", file.name, file.about)
            } else {
                format!("left {} as it is; `--force` writes over it\n", file.name)
            };
        }
        if written == 0 {
            let names = files.map(|file| file.name).join(" and ");
            let folder = super::shell::quoted(&self.folder.to_string_lossy());
            return Err(Problem::Usage(format!("{names} are there already\n  try: mcp-litmus init --force {folder}")));
        }
        let next = if guesses.len() > 1 { "mcp-litmus check --all-servers" } else { "mcp-litmus check" };
        say(&format!("{said}\nnext\n  read litmus.toml: the command is a guess\n  {next}\n{hint}"));
        Ok(Exit::Clean)
    }
}

/// Write a file, unless it is there. Whether it was written.
fn write(path: &Path, text: &str, force: bool) -> Result<bool, Problem> {
    let problem = |error| Problem::file(path, "write", &error);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(problem)?;
    }
    let mut options = OpenOptions::new();
    options.write(true);
    if force {
        options.create(true).truncate(true)
    } else {
        options.create_new(true)
    };
    match options.open(path) {
        Ok(mut file) => file.write_all(text.as_bytes()).map(|()| true).map_err(problem),
        Err(error) if error.kind() == ErrorKind::AlreadyExists && !force => Ok(false),
        Err(error) => Err(problem(error)),
    }
}
