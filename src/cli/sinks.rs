//! Where reports go: files that are opened before anything is started, and the terminal.

use std::{
    fs::File,
    io::{self, Write},
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use super::{Environment, environment::Color, problem::Problem};
use crate::{
    model::RunEvent,
    report::{Options, Record, Render, Request, console},
};

/// What the user wants to see.
pub(super) struct Wishes {
    pub(super) requests: Vec<Request>,
    pub(super) color: Color,
    pub(super) verbose: bool,
    /// Whether things happen while we look; otherwise they are read from a file.
    pub(super) live: bool,
}

/// Everything that is written during and after a run.
pub(super) struct Sinks {
    state: Mutex<State>,
    console: Options,
    live: bool,
    progress: bool,
}

struct State {
    record: Record,
    outputs: Vec<Output>,
    began: Instant,
    done: usize,
    failure: Option<Problem>,
}

struct Output {
    request: Request,
    to: Box<dyn Write + Send>,
}

/// Shorter runs show no progress.
const PATIENCE: Duration = Duration::from_millis(700);

impl Sinks {
    /// Open every file, so that a bad path fails before the server is started.
    pub(super) fn open(wishes: Wishes, environment: &Environment) -> Result<Self, Problem> {
        let outputs: Vec<Output> = wishes.requests.into_iter().map(output).collect::<Result<_, Problem>>()?;
        let to_console = !outputs.iter().any(|output| output.request.path.is_none());
        let console = Options {
            color: environment.color(wishes.color, environment.stdout_is_terminal),
            width: environment.width,
            verbose: wishes.verbose,
        };
        Ok(Self {
            state: Mutex::new(State {
                record: Record::default(),
                outputs,
                began: Instant::now(),
                done: 0,
                failure: None,
            }),
            console,
            live: wishes.live && to_console,
            progress: wishes.live && environment.stderr_is_terminal && !wishes.verbose,
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Take in an event, and show what it has to say at once.
    pub(super) fn event(&self, event: &RunEvent) {
        let mut state = self.state();
        state.record.fold(event);
        if self.live
            && let Some(text) = console::live(event, &self.console)
        {
            print(&text);
        }
        if self.progress {
            state.show_progress(event, &self.console);
        }
        for output in &mut state.outputs {
            if let Render::Stream(line) = output.request.format.render {
                // What cannot be written is reported at the end, once.
                let _ = output.to.write_all(line(event).as_bytes());
            }
        }
    }

    /// Write what is made of the whole.
    pub(super) fn finish(&self) -> Result<(), Problem> {
        let mut state = self.state();
        if self.progress {
            let _ = write!(io::stderr(), "{}", console::CLEAR_LINE);
        }
        if self.live {
            print(&console::summary(&state.record, &self.console));
        }
        let State { record, outputs, failure, .. } = &mut *state;
        for output in outputs {
            let options = if output.request.path.is_some() { Options::default() } else { self.console };
            let text = match output.request.format.render {
                Render::Finished(render) => render(record, &options),
                Render::Stream(_) => String::new(),
            };
            let written = output.to.write_all(text.as_bytes()).and_then(|()| output.to.flush());
            if let (Err(error), Some(path)) = (written, &output.request.path) {
                *failure = Some(Problem::file(path, "write", &error));
            }
        }
        failure.take().map_or(Ok(()), Err)
    }
}

impl State {
    fn show_progress(&mut self, event: &RunEvent, options: &Options) {
        match event {
            RunEvent::CheckFinished(_) => self.done += 1,
            RunEvent::CheckStarted { check, planned, .. } if self.began.elapsed() > PATIENCE => {
                let text = console::progress(self.done, *planned, check, self.began.elapsed(), options);
                let _ = write!(io::stderr(), "{}{text}", console::CLEAR_LINE);
            }
            _ => {}
        }
    }
}

fn output(request: Request) -> Result<Output, Problem> {
    let to: Box<dyn Write + Send> = match &request.path {
        None => Box::new(io::stdout()),
        Some(path) => Box::new(io::BufWriter::new(create(path)?)),
    };
    Ok(Output { request, to })
}

fn create(path: &PathBuf) -> Result<File, Problem> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|error| Problem::file(folder, "create the folder", &error))?;
    }
    File::create(path).map_err(|error| Problem::file(path, "write", &error))
}

fn print(text: &str) {
    let mut stdout = io::stdout().lock();
    let _ = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
}
