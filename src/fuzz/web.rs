//! The server over HTTP: each frame is a request of its own, a few of them at once.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use serde_json::{Value, json};

use super::{
    case::Case,
    frame::{Asks, Frame, Then},
    ground::Ground,
    judge::{About, Judge, offence, print},
    lane::{Outcome, Patience, Trouble},
    mask,
    offence::Offence,
    silence,
};
use crate::{
    checks::Registry,
    model::{Excerpt, Severity, campaign::Kind},
    run::{Doors, Panel},
    session::{Answer, Limits, Meta, Observation, Observer, Say, Session, Settings, Ticket},
    transport::{Connection, Ladder},
};

/// How many requests are open at once.
const OPEN: usize = 8;
/// The first id that is given away.
const FIRST_ID: u64 = 1_000_000;
/// How long a server that hangs has to end.
const LADDER: Ladder =
    Ladder { eof: Duration::from_millis(200), sigterm: Duration::from_millis(500), sigkill: Duration::from_secs(2) };

/// Hears what the watches find wrong.
struct Ear {
    panel: Panel,
    heard: Mutex<Vec<Offence>>,
}

impl Observer for Ear {
    fn observe(&self, observation: &Observation<'_>) {
        let told = self.panel.judge(observation);
        let failures = told.iter().flat_map(|(check, judgement)| {
            let failed = judgement.findings.iter().filter(|finding| finding.severity == Severity::Fail);
            failed.map(|finding| offence(check, finding))
        });
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        heard.extend(failures.take(20));
    }
}

impl Ear {
    fn take(&self) -> Vec<Offence> {
        std::mem::take(&mut *self.heard.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A session over HTTP.
pub struct Web {
    session: Session,
    ear: Arc<Ear>,
    doors: Doors,
    patience: Patience,
    queue: VecDeque<Vec<Arc<Case>>>,
    next_id: u64,
    /// How many messages were sent.
    pub sent: u64,
}

/// A request that is open: where it belongs, and what will come for it.
struct Open {
    case: usize,
    frame: usize,
    ticket: Ticket,
}

impl Web {
    /// Begin a session.
    pub fn new(
        connection: Connection,
        doors: &Doors,
        registry: &Arc<Registry>,
        ground: &Arc<Ground>,
        patience: Patience,
    ) -> Self {
        let panel = Panel::new(registry, ground.revision);
        let ear = Arc::new(Ear { panel, heard: Mutex::default() });
        let limits = Limits { startup: patience.startup, answer: patience.answer, ladder: LADDER, ..Limits::default() };
        let settings = Settings::new("fuzz", ground.revision, limits);
        let session = Session::begin(connection, settings, Arc::clone(&ear) as Arc<dyn Observer>);
        Self { session, ear, doors: doors.clone(), patience, queue: VecDeque::new(), next_id: FIRST_ID, sent: 0 }
    }

    /// Hold the handshake.
    pub async fn greet(&mut self) -> Result<(), Trouble> {
        match self.session.greet().await {
            Ok(()) => Ok(()),
            Err(failure) => {
                Err(Trouble::Death(Offence::new(Kind::Crash, "no handshake", format!("no handshake: {failure:?}"))))
            }
        }
    }

    /// Have cases played, when it is their turn.
    pub fn launch(&mut self, cases: Vec<Arc<Case>>) {
        self.queue.push_back(cases);
    }

    /// How many flights wait.
    pub fn airborne(&self) -> usize {
        self.queue.len()
    }

    /// Play the cases that have waited longest.
    pub async fn land(&mut self, judge: &mut Judge) -> Result<Option<Vec<Outcome>>, Trouble> {
        let Some(cases) = self.queue.pop_front() else { return Ok(None) };
        let (outcomes, trouble) = self.play_all(&cases, judge).await;
        trouble.map_or(Ok(Some(outcomes)), Err)
    }

    /// Play one case by itself.
    pub async fn play(&mut self, case: &Arc<Case>, judge: &mut Judge) -> (Outcome, Option<Trouble>) {
        let (mut outcomes, trouble) = self.play_all(std::slice::from_ref(case), judge).await;
        (outcomes.pop().unwrap_or_else(|| Outcome::of(Arc::clone(case))), trouble)
    }

    async fn play_all(&mut self, cases: &[Arc<Case>], judge: &mut Judge) -> (Vec<Outcome>, Option<Trouble>) {
        let mut outcomes: Vec<Outcome> = cases.iter().map(|case| Outcome::of(Arc::clone(case))).collect();
        let mut open = VecDeque::new();
        for (at, case) in cases.iter().enumerate() {
            let base = self.next_id;
            self.next_id += case.frames.len() as u64;
            for (place, frame) in case.frames.iter().enumerate() {
                let ticket = self.send(frame, base).await;
                open.extend(ticket.map(|ticket| Open { case: at, frame: place, ticket }));
                let most = if frame.then == Then::Go { OPEN } else { 1 };
                while open.len() >= most {
                    let Some(oldest) = open.pop_front() else { break };
                    self.hear(oldest, &mut outcomes, judge).await;
                }
            }
        }
        while let Some(oldest) = open.pop_front() {
            self.hear(oldest, &mut outcomes, judge).await;
        }
        let trouble = self.fence().await;
        let mut offences = self.ear.take();
        judge.forgive(&mut offences);
        if let Some(last) = outcomes.last_mut() {
            let whose = if cases.len() == 1 { Some(0) } else { None };
            last.offences.extend(offences.into_iter().map(|offence| (whose, offence)));
        }
        self.session.release();
        (outcomes, trouble)
    }

    /// Send a frame; gives a ticket where an answer is owed.
    async fn send(&mut self, frame: &Frame, base: u64) -> Option<Ticket> {
        self.sent += 1;
        if let Asks::Answer { method, id: None, place, .. } = &frame.asks {
            let mut bytes = Vec::new();
            frame.write(base, &mut bytes);
            let message: Value = serde_json::from_slice(&bytes).unwrap_or_default();
            let params = message.get("params").cloned();
            let say = Say { method, params, meta: &Meta::None, malformed: true };
            Some(self.session.say(say, Some(json!(base + place))).await)
        } else {
            let mut bytes = Vec::new();
            frame.write(base, &mut bytes);
            Some(self.session.raw(bytes, None).await)
        }
    }

    async fn hear(&mut self, open: Open, outcomes: &mut [Outcome], judge: &mut Judge) {
        let answer = self.session.answer(&open.ticket, self.patience.answer).await;
        let Some(outcome) = outcomes.get_mut(open.case) else { return };
        let Some(frame) = outcome.case.frames.get(open.frame) else { return };
        let Asks::Answer { method, params, .. } = &frame.asks else { return };
        let message = match &answer {
            Answer::Result(result) => json!({ "jsonrpc": "2.0", "id": 0, "result": result }),
            Answer::Error(error) => json!({ "jsonrpc": "2.0", "id": 0, "error": error }),
            Answer::Silence if !silence::is_excused(frame, self.session.revision()) && !outcome.case.is_lawless() => {
                let offence = silence::of(Some(frame));
                outcome.offences.push((Some(open.frame), offence));
                return;
            }
            Answer::Silence | Answer::Closed => return,
        };
        let about = About { method: Some(method), params, raw: false, repeated: false, context: print(method) };
        let said = judge.heard(message, about);
        outcome.offences.extend(said.offences.iter().map(|offence| (Some(open.frame), offence.clone())));
        outcome.said.push((open.frame, Arc::new(said)));
    }

    /// Whether the server is there, and answers.
    async fn fence(&mut self) -> Option<Trouble> {
        if self.session.greeting.is_none() {
            return self.gone().await;
        }
        self.sent += 1;
        match self.session.alive().await {
            Answer::Result(_) | Answer::Error(_) => None,
            Answer::Closed | Answer::Silence => {
                if let Some(trouble) = self.gone().await {
                    Some(trouble)
                } else {
                    // What hangs is not waited for: the next one gets a server that does not.
                    self.doors.end(&LADDER).await;
                    let offence = Offence::new(Kind::Hang, "server", "the server answers nothing any more")
                        .because(format!("not even a ping, for {:.1} s", self.patience.answer.as_secs_f64()));
                    Some(Trouble::Hang(offence))
                }
            }
        }
    }

    /// How the process that serves has ended, if it has.
    async fn gone(&mut self) -> Option<Trouble> {
        let exited = self.doors.exited().await?;
        let words = self.doors.last_words();
        let reason = mask::text(
            words
                .iter()
                .rev()
                .find(|line| line.contains("rror") || line.contains("panic"))
                .or(words.last())
                .map_or("", String::as_str),
        );
        Some(Trouble::Death(
            Offence::new(Kind::Crash, format!("{exited}:{reason}"), format!("the server {exited}"))
                .because(if reason.is_empty() { String::new() } else { format!("its last words: {reason}") }),
        ))
    }

    /// How many bytes of memory the server holds, where that can be told.
    pub fn memory(&self) -> Option<u64> {
        self.doors.memory()
    }

    /// The conversation.
    pub fn evidence(&self) -> Vec<Excerpt> {
        self.session.last(60)
    }

    /// The last lines of the server.
    pub fn stderr(&self) -> Vec<String> {
        self.doors.last_words()
    }
}
