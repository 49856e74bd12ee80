//! Where events go: every one is redacted, folded into the record, and shown or written as it comes.

use std::{
    io::{self, Write},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use super::{
    Environment,
    outputs::{Opened, Output, print},
    problem::Problem,
    redact::redact,
    secrets::Secrets,
};
use crate::{
    model::{CheckId, Exit, RunEvent, Totals},
    report::{Options, Record, Render, console},
};

pub(super) use super::outputs::Wishes;

/// Everything that is written during and after a run.
pub(super) struct Sinks {
    state: Mutex<State>,
    console: Options,
    secrets: Secrets,
    live: bool,
    progress: bool,
}

struct State {
    record: Record,
    outputs: Vec<Output<Render>>,
    began: Instant,
    done: usize,
    /// The check that was begun last, and how many there are.
    current: Option<(CheckId, usize)>,
}

/// Shorter runs show no progress.
const PATIENCE: Duration = Duration::from_millis(700);

/// How often the line is written again while nothing happens.
const TICK: Duration = Duration::from_secs(1);

impl Sinks {
    /// Open every file, so that a bad path fails before the server is started.
    pub(super) fn open(wishes: Wishes, environment: &Environment) -> Result<Self, Problem> {
        let Opened { outputs, console, secrets, live, is_taken } = wishes.open(environment)?;
        Ok(Self {
            state: Mutex::new(State {
                record: Record::default(),
                outputs,
                began: Instant::now(),
                done: 0,
                current: None,
            }),
            console,
            secrets,
            live: live && !is_taken,
            progress: live && environment.stderr_is_terminal && !console.verbose,
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Name the server that comes next, where a person reads of several.
    pub(super) fn heading(&self, server: &str) {
        if self.live {
            let mut name = server.to_owned();
            self.secrets.mask(&mut name);
            let (bold, plain) = if self.console.color { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
            print(&format!("\n{bold}# {}{plain}\n\n", name.escape_debug()));
        }
    }

    /// Take in an event, and show what it has to say at once.
    pub(super) fn event(&self, mut event: RunEvent) {
        redact(&mut event, &self.secrets);
        let event = &event;
        let mut state = self.state();
        state.record.fold(event);
        if self.live
            && let Some(text) = console::live(event, &self.console)
        {
            print(&text);
        }
        state.follow(event);
        if self.progress && matches!(event, RunEvent::CheckStarted { .. }) {
            state.show_progress(&self.console);
        }
        for output in &mut state.outputs {
            if let Render::Stream(line) = output.request.format.render {
                output.write(&line(event));
            }
        }
    }

    /// The run is cut off: what there is of it still gets an end.
    pub(super) fn interrupted(&self) {
        let (mut totals, elapsed) = (Totals::default(), self.state().began.elapsed());
        self.state().record.results.iter().for_each(|result| totals.add(result.verdict));
        let duration_ms = (elapsed.as_secs_f64() * 1e6).round() / 1e3;
        self.event(RunEvent::Finished { totals, exit_code: Exit::Interrupted.code(), duration_ms, messages: 0 });
    }

    /// Keep the progress line alive while nothing happens: somebody waits for a slow server.
    pub(super) async fn tick(&self) {
        let mut ticks = tokio::time::interval(TICK);
        loop {
            ticks.tick().await;
            if self.progress {
                self.state().show_progress(&self.console);
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
        let State { record, outputs, .. } = &mut *state;
        for output in outputs.iter_mut() {
            let options = output.options(self.console);
            if let Render::Finished(render) = output.request.format.render {
                output.write(&render(record, &options));
            }
        }
        outputs.iter_mut().try_for_each(Output::finish)
    }
}

impl State {
    fn follow(&mut self, event: &RunEvent) {
        match event {
            RunEvent::CheckFinished(_) => self.done += 1,
            RunEvent::CheckStarted { check, planned, .. } => self.current = Some((check.clone(), *planned)),
            _ => {}
        }
    }

    fn show_progress(&self, options: &Options) {
        let elapsed = self.began.elapsed();
        if elapsed > PATIENCE {
            let text = match &self.current {
                Some((check, planned)) => console::progress(self.done, *planned, check, elapsed, options),
                None => format!("{} s  waiting for the first answer of the server", elapsed.as_secs()),
            };
            let _ = write!(io::stderr(), "{}{text}", console::CLEAR_LINE);
        }
    }
}
