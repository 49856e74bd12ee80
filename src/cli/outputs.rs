//! What the user wants to see, and the files and streams that it is written to: opened before anything is started, so
//! that a bad path fails at once.

use std::{
    collections::HashSet,
    fs::File,
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};

use super::{Environment, environment::Color, problem::Problem, secrets::Secrets};
use crate::report::{Options, Render, Request};

/// What the user wants to see, in reports that are made by an `R`.
pub(super) struct Wishes<R: 'static = Render> {
    pub(super) requests: Vec<Request<R>>,
    /// What must not be shown.
    pub(super) secrets: Secrets,
    pub(super) color: Color,
    pub(super) verbose: bool,
    /// Whether things happen while we look; otherwise they are read from a file.
    pub(super) live: bool,
}

/// The wishes, with every file open.
pub(super) struct Opened<R: 'static> {
    pub(super) outputs: Vec<Output<R>>,
    /// How standard output should look.
    pub(super) console: Options,
    pub(super) secrets: Secrets,
    /// Whether things happen while we look.
    pub(super) live: bool,
    /// Whether a report has standard output to itself.
    pub(super) is_taken: bool,
}

impl<R> Wishes<R> {
    /// Open every file, so that a bad path fails before the server is started.
    pub(super) fn open(self, environment: &Environment) -> Result<Opened<R>, Problem> {
        let outputs = open(self.requests)?;
        let is_taken = outputs.iter().any(|output| output.request.path.is_none());
        let color = environment.color(self.color, environment.stdout_is_terminal);
        let console = Options { color, width: environment.width, verbose: self.verbose };
        Ok(Opened { outputs, console, secrets: self.secrets, live: self.live, is_taken })
    }
}

/// One report under way.
pub(super) struct Output<R: 'static> {
    pub(super) request: Request<R>,
    to: Box<dyn Write + Send>,
    /// The first thing that went wrong; nothing is written after it.
    failure: Option<io::Error>,
}

/// Open all of them, each in a place of its own.
fn open<R>(requests: Vec<Request<R>>) -> Result<Vec<Output<R>>, Problem> {
    let mut places: HashSet<Option<PathBuf>> = HashSet::new();
    for request in &requests {
        if !places.insert(request.path.clone()) {
            return Err(Problem::Usage(taken(request)));
        }
    }
    requests.into_iter().map(Output::open).collect()
}

fn taken<R>(request: &Request<R>) -> String {
    let name = request.format.name;
    match &request.path {
        None => format!("two reports cannot share standard output; give one a file: `--report {name}=FILE`"),
        Some(path) => format!("two reports cannot share the file {}; name another for {name}", path.display()),
    }
}

impl<R> Output<R> {
    fn open(request: Request<R>) -> Result<Self, Problem> {
        let to: Box<dyn Write + Send> = match &request.path {
            None => Box::new(io::stdout()),
            Some(path) => Box::new(io::BufWriter::new(create(path)?)),
        };
        Ok(Self { request, to, failure: None })
    }

    /// How it should look: a file has neither colours nor a width.
    pub(super) fn options(&self, console: Options) -> Options {
        if self.request.path.is_some() { Options::default() } else { console }
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

/// Print to standard output, now.
pub(super) fn print(text: &str) {
    let mut stdout = io::stdout().lock();
    let _ = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
}
