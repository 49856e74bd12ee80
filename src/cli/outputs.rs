//! The files and streams that reports are written to: opened before anything is started, so that a bad path fails at once.

use std::{
    collections::HashSet,
    fs::File,
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};

use super::problem::Problem;
use crate::report::Request;

/// One report under way.
pub(super) struct Output {
    pub(super) request: Request,
    to: Box<dyn Write + Send>,
    /// The first thing that went wrong; nothing is written after it.
    failure: Option<io::Error>,
}

/// Open all of them, each in a place of its own.
pub(super) fn open(requests: Vec<Request>) -> Result<Vec<Output>, Problem> {
    let mut places: HashSet<Option<PathBuf>> = HashSet::new();
    for request in &requests {
        if !places.insert(request.path.clone()) {
            return Err(Problem::Usage(taken(request)));
        }
    }
    requests.into_iter().map(Output::open).collect()
}

fn taken(request: &Request) -> String {
    let name = request.format.name;
    match &request.path {
        None => format!("two reports cannot share standard output; give one a file: `--report {name}=FILE`"),
        Some(path) => format!("two reports cannot share the file {}; name another for {name}", path.display()),
    }
}

impl Output {
    fn open(request: Request) -> Result<Self, Problem> {
        let to: Box<dyn Write + Send> = match &request.path {
            None => Box::new(io::stdout()),
            Some(path) => Box::new(io::BufWriter::new(create(path)?)),
        };
        Ok(Self { request, to, failure: None })
    }

    /// Write; what cannot be written is told at the end, once.
    pub(super) fn write(&mut self, text: &str) {
        if self.failure.is_none() {
            self.failure = self.to.write_all(text.as_bytes()).err();
        }
    }

    /// Tell what could not be written. Whoever closes standard output early has read enough.
    pub(super) fn finish(&mut self) -> Result<(), Problem> {
        let failure = self.failure.take().map_or_else(|| self.to.flush(), Err);
        match (failure, &self.request.path) {
            (Ok(()), _) => Ok(()),
            (Err(error), None) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            (Err(error), path) => {
                let path = path.as_deref().unwrap_or(Path::new("to standard output"));
                Err(Problem::file(path, "write the report", &error))
            }
        }
    }
}

fn create(path: &PathBuf) -> Result<File, Problem> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)
            .map_err(|error| Problem::file(folder, "create the folder for a report,", &error))?;
    }
    File::create(path).map_err(|error| Problem::file(path, "write the report", &error))
}
