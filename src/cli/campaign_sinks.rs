//! Where the events of a campaign go: redacted, shown as they come, and written in reports at the end.
//!
//! What a person reads goes to standard output, unless a report has it; how it goes, always to standard error.

use std::{
    io::{self, Write},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use super::{
    Environment,
    outputs::{Opened, Output, Wishes, print},
    problem::Problem,
    redact,
    secrets::Secrets,
};
use crate::{
    model::{Campaign, CampaignEvent, Discovery, campaign::Pulse},
    report::{
        Options,
        campaign::{Render, console, live},
    },
};

/// How often the display of a terminal is drawn at most.
const FRAME: Duration = Duration::from_millis(100);
/// How often a pipe gets a line.
const LINE: Duration = Duration::from_secs(5);

/// Everything that is written during and after a campaign.
pub(super) struct CampaignSinks {
    state: Mutex<State>,
    secrets: Secrets,
    console: Options,
    /// How standard error should look.
    screen: Options,
    /// Whether a report has standard output to itself.
    is_taken: bool,
    live: bool,
    is_terminal: bool,
}

struct State {
    outputs: Vec<Output<Render>>,
    pace: Pace,
    /// The lines of the display that stand on the terminal.
    drawn: usize,
    met: bool,
    /// Whether findings were shown as they came.
    found: bool,
}

/// Not more often than that.
struct Pace {
    every: Duration,
    last: Instant,
}

impl Pace {
    fn is_due(&mut self, now: Instant) -> bool {
        let due = now.saturating_duration_since(self.last) >= self.every;
        if due {
            self.last = now;
        }
        due
    }
}

impl CampaignSinks {
    /// Open every file, so that a bad path fails before the server is started.
    pub(super) fn open(wishes: Wishes<Render>, environment: &Environment) -> Result<Self, Problem> {
        let is_terminal = environment.stderr_is_terminal;
        let color = environment.color(wishes.color, is_terminal);
        let Opened { outputs, console, secrets, live, is_taken } = wishes.open(environment)?;
        let every = if is_terminal { FRAME } else { LINE };
        let pace = Pace { every, last: Instant::now() };
        let state = Mutex::new(State { outputs, pace, drawn: 0, met: false, found: false });
        Ok(Self { state, secrets, console, screen: Options { color, ..console }, is_taken, live, is_terminal })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Show what an event has to say at once.
    pub(super) fn event(&self, event: &CampaignEvent) {
        if !self.live {
            return;
        }
        let mut state = self.state();
        match event {
            CampaignEvent::Met(campaign) => self.meet(&mut state, &self.redacted(campaign)),
            CampaignEvent::Found(found) => self.found(&mut state, Discovery::clone(found)),
            CampaignEvent::Pulse(pulse) if state.pace.is_due(Instant::now()) => self.pulse(&mut state, pulse.clone()),
            CampaignEvent::Pulse(_) => {}
        }
    }

    /// Write what is made of the whole.
    pub(super) fn finish(&self, campaign: &Campaign) -> Result<(), Problem> {
        let campaign = &self.redacted(campaign);
        let mut state = self.state();
        state.erase();
        if self.live && !self.is_taken {
            self.meet(&mut state, campaign);
            if state.found {
                print("\n");
            }
            print(&console::summary(campaign, &self.console));
        }
        for output in &mut state.outputs {
            let options = output.options(self.console);
            output.write(&(output.request.format.render)(campaign, &options));
        }
        state.outputs.iter_mut().try_for_each(Output::finish)
    }

    fn redacted(&self, campaign: &Campaign) -> Campaign {
        let mut campaign = campaign.clone();
        redact::campaign(&mut campaign, &self.secrets);
        campaign
    }

    /// Say once who tests what.
    fn meet(&self, state: &mut State, campaign: &Campaign) {
        if !std::mem::replace(&mut state.met, true) {
            self.say(state, |options| console::header(campaign, options));
        }
    }

    fn found(&self, state: &mut State, mut found: Discovery) {
        redact::discovery(&mut found, &self.secrets);
        state.found = true;
        self.say(state, |options| live::found(&found, options));
    }

    fn pulse(&self, state: &mut State, mut pulse: Pulse) {
        self.secrets.mask(&mut pulse.doing);
        if self.is_terminal {
            state.draw(&live::display(&pulse, &self.screen));
        } else {
            tell(&live::line(&pulse));
        }
    }

    /// Say something that stays, above the display.
    fn say(&self, state: &mut State, text: impl Fn(&Options) -> String) {
        state.erase();
        if self.is_taken {
            tell(&text(&self.screen));
        } else {
            print(&text(&self.console));
        }
    }
}

impl State {
    fn draw(&mut self, lines: &[String]) {
        tell(&format!("{}{}", live::erase(self.drawn), lines.join("\n")));
        self.drawn = lines.len();
    }

    fn erase(&mut self) {
        if self.drawn > 0 {
            tell(&live::erase(std::mem::take(&mut self.drawn)));
        }
    }
}

/// Write to standard error; whoever closes it does not want to know.
fn tell(text: &str) {
    let mut stderr = io::stderr().lock();
    let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{cli::environment::Color, report::campaign};

    #[test]
    fn reports_are_opened_early_and_keep_no_secret() {
        let path = std::env::temp_dir().join(format!("mcp-litmus-campaign-{}.json", std::process::id()));
        let requests = vec![campaign::parse(&format!("json={}", path.display())).unwrap()];
        let secrets = Secrets::of([("KEY", "s3cr3t-value")]);
        let wishes = Wishes { requests, secrets, color: Color::Never, verbose: false, live: false };
        let sinks = CampaignSinks::open(wishes, &Environment::read()).unwrap();
        assert!(path.exists());
        let whole = serde_json::json!({ "target": "node s3cr3t-value", "server": { "name": "", "version": "" },
            "revision": null, "transport": "stdio", "findings": [], "messages": 1, "seconds": 1.0, "seed": 1,
            "pulse": Pulse::default(), "strategies": [], "notes": [], "interrupted": false });
        sinks.finish(&serde_json::from_value(whole).unwrap()).unwrap();
        let written = std::fs::read_to_string(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        assert!(written.contains("\"node [redacted KEY]\"") && !written.contains("s3cr3t"), "{written}");
    }

    #[test]
    fn a_pace_is_kept() {
        let begin = Instant::now();
        let mut pace = Pace { every: FRAME, last: begin };
        let due: Vec<bool> = [0, 99, 100, 150, 199, 200, 900, 950]
            .into_iter()
            .map(Duration::from_millis)
            .map(|after| pace.is_due(begin + after))
            .collect();
        assert_eq!(due, [false, false, true, false, false, true, true, false]);
    }
}
