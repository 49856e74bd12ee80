//! What all workers share: the findings, the counters, and whoever is told.

use std::{
    fs,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use super::{corpus::Corpus, detective::Solved, ground::Ground, ledger::Ledger, offence::Offence, reproducer::Exhibit};
use crate::{
    checks::Registry,
    model::{
        Campaign, CampaignEvent, Discovery, Exit,
        campaign::{Effort, Pulse},
    },
    run::{self, Plan},
    session::Limits,
};

/// How long a suite may wait for an answer to show a finding.
const PATIENCE: Duration = Duration::from_secs(3);

/// Whoever is told.
pub type Emit = Arc<dyn Fn(CampaignEvent) + Send + Sync>;

/// What all workers share.
pub struct Watchman {
    state: Mutex<State>,
    emit: Emit,
    began: Instant,
    folder: PathBuf,
    plan: Plan,
}

#[derive(Default)]
struct State {
    ledger: Ledger,
    pulse: Pulse,
    efforts: Vec<Effort>,
    notes: Vec<String>,
    lately: Option<(Instant, u64)>,
}

impl Watchman {
    /// Keep watch.
    pub fn new(plan: Plan, folder: PathBuf, limit: Option<f64>, emit: Emit) -> Self {
        let pulse = Pulse { limit, ..Pulse::default() };
        let state = Mutex::new(State { pulse, ..State::default() });
        Self { state, emit, began: Instant::now(), folder, plan }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tell whoever listens.
    pub fn tell(&self, event: CampaignEvent) {
        (self.emit)(event);
    }

    /// Something that the user should know.
    pub fn note(&self, note: String) {
        self.state().notes.push(note);
    }

    /// Messages were sent.
    pub fn sent(&self, messages: u64) {
        self.state().pulse.messages += messages;
    }

    /// How many were sent.
    pub fn messages(&self) -> u64 {
        self.state().pulse.messages
    }

    /// A case was played.
    pub fn case(&self, strategy: &str, is_new: bool) {
        let mut state = self.state();
        let known = state.efforts.iter().position(|effort| effort.strategy == strategy);
        let place = known.unwrap_or_else(|| {
            state.efforts.push(Effort { strategy: strategy.to_owned(), ..Effort::default() });
            state.efforts.len() - 1
        });
        if let Some(effort) = state.efforts.get_mut(place) {
            effort.cases += 1;
            effort.new += u64::from(is_new);
        }
    }

    /// Something else is done now.
    pub fn doing(&self, what: &str) {
        let mut state = self.state();
        what.clone_into(&mut state.pulse.doing);
        let pulse = self.now(&mut state);
        drop(state);
        (self.emit)(CampaignEvent::Pulse(pulse));
    }

    /// Tell how it goes.
    pub fn pulse(&self, corpus: &Corpus, processes: u64) {
        let mut state = self.state();
        state.pulse.corpus = corpus.cases().len();
        state.pulse.behaviours = corpus.behaviours();
        state.pulse.processes = processes;
        "fuzzing".clone_into(&mut state.pulse.doing);
        let pulse = self.now(&mut state);
        drop(state);
        (self.emit)(CampaignEvent::Pulse(pulse));
    }

    fn now(&self, state: &mut State) -> Pulse {
        state.pulse.seconds = self.began.elapsed().as_secs_f64();
        state.pulse.findings = state.ledger.tally();
        let (at, messages) = *state.lately.get_or_insert((self.began, 0));
        let passed = at.elapsed().as_secs_f64();
        if passed > 1.0 {
            let sent = u32::try_from(state.pulse.messages - messages).unwrap_or(u32::MAX);
            state.pulse.rate = f64::from(sent) / passed;
            state.lately = Some((Instant::now(), state.pulse.messages));
        }
        state.pulse.clone()
    }

    /// Whether an offence has to be looked into.
    pub fn wants(&self, offence: &Offence) -> bool {
        self.state().ledger.wants(offence)
    }

    /// Something was found.
    pub fn found(&self, seen: &Offence, finding: Discovery, processes: u64) {
        let mut state = self.state();
        state.pulse.processes = processes;
        let new = state.ledger.note(seen, finding).cloned();
        drop(state);
        if let Some(finding) = new {
            (self.emit)(CampaignEvent::Found(Box::new(finding)));
        }
    }

    /// Whether what was found is enough.
    pub fn is_over(&self, stop_on_finding: bool) -> bool {
        stop_on_finding && self.state().ledger.findings.iter().any(|finding| finding.confirmed)
    }

    /// Fill in how it stood at the end, what was found, what each strategy did.
    pub fn close(&self, campaign: Campaign) -> Campaign {
        let mut state = self.state();
        let pulse = self.now(&mut state);
        let mut findings = state.ledger.findings.clone();
        findings.sort_by_key(|finding| (!finding.confirmed, finding.kind, finding.key.clone()));
        let notes = campaign.notes.iter().chain(&state.notes).cloned().collect();
        let (messages, seconds, strategies) = (pulse.messages, pulse.seconds, state.efforts.clone());
        Campaign { findings, messages, seconds, pulse, strategies, notes, ..campaign }
    }

    /// Write a finding as a suite, if that shows it, too; gives its path.
    pub async fn shelve(&self, solved: &Solved, place: &str, ground: &Ground, seed: u64) -> Option<String> {
        let exhibit = Exhibit {
            offence: &solved.offence,
            case: &solved.case,
            pace: solved.pace,
            place,
            revision: ground.revision,
            over_http: ground.over_http,
            transcript: &solved.shown.transcript,
            stderr: &solved.shown.stderr,
            seed,
        };
        let path = self.folder.join(format!("{}.md", exhibit.name()));
        let text = exhibit.text();
        if !self.shows(&path.to_string_lossy(), &text, ground).await {
            return None;
        }
        fs::create_dir_all(&self.folder).ok()?;
        fs::write(&path, text).ok()?;
        Some(path.to_string_lossy().into_owned())
    }

    /// Whether a suite fails on the server.
    async fn shows(&self, file: &str, text: &str, ground: &Ground) -> bool {
        let registry = match Registry::load([(file, text)]) {
            Ok(registry) => Arc::new(registry),
            Err(error) => {
                debug_assert!(false, "{}", error.rendered.join("\n"));
                return false;
            }
        };
        let plan = Plan {
            registry,
            wanted: run::Wanted::One(ground.revision),
            deny_warnings: true,
            wire: false,
            limits: Limits { answer: self.plan.limits.answer.min(PATIENCE), ..self.plan.limits.clone() },
            ..self.plan.clone()
        };
        run::run(&plan, |_| {}).await == Exit::Findings
    }
}
