//! The process itself: opened, written to, closed.

use std::{
    collections::VecDeque,
    sync::Arc,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tokio::{
    sync::mpsc::Receiver,
    time::{sleep, timeout_at},
};

use super::{
    death::{self, LastWords},
    flight::{Debts, Flight, Owed},
};
use crate::{
    fuzz::{
        case::Case,
        frame::Asks,
        ground::Ground,
        judge::Judge,
        lane::{Patience, Trouble},
        offence::Offence,
    },
    model::{Direction, Era, Excerpt, campaign::Kind},
    transport::{Chunk, Connection, Event, Exited, Input, Peer},
    wire::{Transcript, encode},
};

/// The first id that is given away; those of the handshake are below it.
const FIRST_ID: u64 = 1_000_000;
/// How long the output may lag behind the end of the process.
const LAG: Duration = Duration::from_millis(300);
/// How many flights with open answers are remembered.
const LANDED: usize = 64;
/// How much of a conversation is kept where it is wanted as evidence.
const EVIDENCE: usize = 256 * 1024;

/// A process of the server.
pub struct Pipe {
    pub(super) input: Input,
    chunks: Receiver<Event>,
    peer: Peer,
    started: Instant,
    pub(super) ground: Arc<Ground>,
    pub(super) patience: Patience,
    next_id: u64,
    next_flight: u64,
    pub(super) debts: Debts,
    pub(super) flights: VecDeque<Flight>,
    pub(super) partial: Vec<u8>,
    pub(super) words: LastWords,
    /// The conversation, where somebody wants to see it.
    pub(super) transcript: Option<Transcript>,
    /// The cases of the flights that landed last, whose answers may be late.
    pub(super) landed: VecDeque<(u64, Vec<Arc<Case>>)>,
    /// What nobody answers for.
    pub(super) stray: Vec<Offence>,
    exited: Option<Exited>,
    closed: bool,
    /// How many frames were sent.
    pub sent: u64,
    /// The frames of the flight before the one that landed last may still be answered without a name.
    pub(super) was_broken: bool,
    pub(super) greeted: bool,
}

impl Pipe {
    /// Begin with a process to which nothing has been said.
    pub fn new(connection: Connection, ground: &Arc<Ground>, patience: Patience, evidence: bool) -> Option<Self> {
        let input = connection.way.pipe()?.clone();
        Some(Self {
            input,
            chunks: connection.chunks,
            peer: connection.peer,
            started: connection.started,
            ground: Arc::clone(ground),
            patience,
            next_id: FIRST_ID,
            next_flight: 0,
            debts: Debts::default(),
            flights: VecDeque::new(),
            partial: Vec::new(),
            words: LastWords::default(),
            transcript: evidence.then(|| Transcript::new(EVIDENCE)),
            landed: VecDeque::new(),
            stray: Vec::new(),
            exited: None,
            closed: false,
            sent: 0,
            was_broken: false,
            greeted: false,
        })
    }

    /// Hold the handshake.
    pub async fn greet(&mut self, judge: &mut Judge) -> Result<(), Trouble> {
        let ground = Arc::clone(&self.ground);
        let (method, params) = match ground.revision.era() {
            Era::Legacy => (
                "initialize",
                json!({
                    "protocolVersion": ground.revision, "capabilities": ground.client,
                    "clientInfo": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
                }),
            ),
            Era::Modern => ("server/discover", ground.params(json!({}))),
        };
        self.write(encode(&json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params })));
        let deadline = Instant::now() + self.patience.startup;
        while !self.greeted {
            self.hear_until(deadline, judge).await?;
        }
        if ground.revision.era() == Era::Legacy {
            self.write(encode(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" })));
        }
        Ok(())
    }

    /// Send cases, and a fence behind them, without waiting.
    pub fn launch(&mut self, cases: Vec<Arc<Case>>) {
        let mut bytes = Vec::new();
        let (number, now) = (self.next_flight, Instant::now());
        for (at, case) in cases.iter().enumerate() {
            self.compose(case, (number, at), now, &mut bytes);
        }
        let fence = self.fence(&mut bytes, number, now);
        self.next_flight += 1;
        self.flights.push_back(Flight::new(number, cases, fence));
        self.write(bytes);
    }

    /// Write the frames of a case behind what is to be sent.
    fn compose(&mut self, case: &Case, (flight, at): (u64, usize), now: Instant, bytes: &mut Vec<u8>) {
        let base = self.next_id;
        for (place, frame) in case.frames.iter().enumerate() {
            self.owe(case, place, base, (flight, at), now);
            frame.write(base, bytes);
        }
        self.next_id += case.frames.len() as u64;
        // What breaks off would swallow the next case.
        if !bytes.ends_with(b"\n") {
            bytes.push(b'\n');
        }
        self.sent += case.frames.len() as u64;
    }

    pub(super) fn owe(&mut self, case: &Case, place: usize, base: u64, (flight, at): (u64, usize), now: Instant) {
        let Some(frame) = case.frames.get(place) else { return };
        self.debts.expect(frame, base, (flight, at, place), now);
        if let Asks::Silence { method: Some(method) } = &frame.asks
            && method == "notifications/cancelled"
        {
            // Whatever it names, it is one of this case.
            (0..case.frames.len() as u64).for_each(|place| self.debts.excuse(base + place));
        }
    }

    pub(super) fn fence(&mut self, bytes: &mut Vec<u8>, flight: u64, now: Instant) -> u64 {
        let id = self.next_id;
        self.next_id += 1;
        self.sent += 1;
        let (method, params) = self.ground.sentinel();
        let mut fence = json!({ "jsonrpc": "2.0", "id": id, "method": method });
        if let Some(params) = params {
            fence["params"] = params;
        }
        bytes.extend(encode(&fence));
        self.debts.expect_fence(id, flight, now);
        id
    }

    pub(super) fn ids(&mut self, count: usize) -> u64 {
        let base = self.next_id;
        self.next_id += count as u64;
        self.sent += count as u64;
        base
    }

    pub(super) fn next_flight(&mut self) -> u64 {
        self.next_flight += 1;
        self.next_flight - 1
    }

    /// Write without waiting: the server may read only as far as it is read.
    pub(super) fn write(&mut self, bytes: Vec<u8>) {
        if let Some(transcript) = &mut self.transcript {
            let at = self.started.elapsed();
            bytes.split_inclusive(|byte| *byte == b'\n').for_each(|line| {
                transcript.push(Direction::Sent, at, line.trim_ascii_end());
            });
        }
        let (input, limit) = (self.input.clone(), self.patience.answer * 4);
        tokio::spawn(async move { input.write(bytes, limit).await });
    }

    /// How many flights are in the air.
    pub fn airborne(&self) -> usize {
        self.flights.len()
    }

    /// Wait until the oldest flight has landed: everything in it was read, and most of it answered.
    pub async fn land(&mut self, judge: &mut Judge) -> Result<Option<Flight>, Trouble> {
        let Some(oldest) = self.flights.front() else { return Ok(None) };
        let (fence, number, deadline) =
            (oldest.fence, oldest.number, oldest.sent.max(Instant::now()) + self.patience.answer);
        while self.debts.numbered(fence).is_some_and(|owed| owed.answered == 0) {
            self.hear_until(deadline, judge).await?;
        }
        let landed = self.flights.pop_front();
        self.was_broken = landed.as_ref().is_some_and(|flight| flight.is_broken);
        if self.debts.open().any(|owed| owed.place.0 == number)
            && let Some(flight) = &landed
        {
            let cases = flight.outcomes.iter().map(|outcome| Arc::clone(&outcome.case)).collect();
            self.landed.push_back((number, cases));
            if self.landed.len() > LANDED {
                self.landed.pop_front();
            }
        }
        self.debts.forget_before(number.saturating_sub(2));
        Ok(landed)
    }

    /// Wait until everything that is open has its answer, or patience is over.
    pub async fn settle(&mut self, judge: &mut Judge) -> Result<(), Trouble> {
        self.settle_from(0, judge).await
    }

    /// Wait until everything that is open since this flight has its answer, or patience is over.
    pub(super) async fn settle_from(&mut self, flight: u64, judge: &mut Judge) -> Result<(), Trouble> {
        let deadline = Instant::now() + self.patience.answer;
        while self.debts.open().any(|owed| owed.place.0 >= flight) && Instant::now() < deadline {
            match self.hear_until(deadline, judge).await {
                Err(Trouble::Hang(_)) => break,
                other => other?,
            }
        }
        Ok(())
    }

    /// What has been open for longer than patience; it is not waited for any more.
    pub fn overdue(&mut self) -> Vec<(Arc<Case>, usize)> {
        let patience = self.patience.limit;
        let late: Vec<Owed> = self.debts.open().filter(|owed| owed.sent.elapsed() > patience).cloned().collect();
        if !late.is_empty() {
            self.debts.excuse_all(&late);
        }
        late.iter().filter_map(|owed| Some((self.late_case(owed)?, owed.place.2))).collect()
    }

    /// Hear one chunk. Silence until the deadline is a hang.
    pub(super) async fn hear_until(&mut self, deadline: Instant, judge: &mut Judge) -> Result<(), Trouble> {
        if self.closed {
            return Err(Trouble::Death(death::of(self.exited.as_ref(), &mut self.words)));
        }
        let Ok(event) = timeout_at(deadline.into(), self.chunks.recv()).await else {
            return Err(Trouble::Hang(
                Offence::new(Kind::Hang, "server", "the server answers nothing any more")
                    .because(format!("not even a ping, for {:.1} s", self.patience.answer.as_secs_f64())),
            ));
        };
        match event.map(|event| event.chunk) {
            Some(Chunk::Stdout(bytes)) => self.hear(&bytes, judge),
            Some(Chunk::Stderr(bytes)) => self.hear_stderr(&bytes),
            Some(Chunk::Exited(exited)) => self.exited = Some(exited),
            Some(Chunk::StdoutClosed) | None => return Err(self.die().await),
            Some(_) => {}
        }
        Ok(())
    }

    fn hear_stderr(&mut self, bytes: &[u8]) {
        self.words.push(bytes);
        if let Some(transcript) = &mut self.transcript {
            let at = self.started.elapsed();
            bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).for_each(|line| {
                transcript.push(Direction::Stderr, at, line);
            });
        }
    }

    /// Its output is closed: hear the rest of what it has to say, and how it ended.
    async fn die(&mut self) -> Trouble {
        self.closed = true;
        let deadline = Instant::now() + LAG;
        while let Ok(Some(event)) = timeout_at(deadline.into(), self.chunks.recv()).await {
            match event.chunk {
                Chunk::Stderr(bytes) => self.hear_stderr(&bytes),
                Chunk::Exited(exited) => self.exited = Some(exited),
                _ => {}
            }
        }
        if let Some(transcript) = &mut self.transcript {
            let how = self.exited.as_ref().map_or_else(|| "closed its output".to_owned(), ToString::to_string);
            transcript.push(Direction::Event, self.started.elapsed(), how.as_bytes());
        }
        Trouble::Death(death::of(self.exited.as_ref(), &mut self.words))
    }

    /// Close its input, and see how it ends; `None` when it ends as it should.
    pub async fn close(&mut self, judge: &mut Judge) -> Option<Offence> {
        self.input.close();
        let deadline = Instant::now() + self.patience.answer;
        loop {
            match self.hear_until(deadline, judge).await {
                Ok(()) => {}
                Err(Trouble::Hang(_)) => return None,
                Err(Trouble::Death(offence)) => {
                    let is_clean = self.exited.as_ref().is_none_or(|exited| exited.code == Some(0));
                    return (!is_clean).then_some(offence);
                }
            }
        }
    }

    /// How many bytes of memory it holds, with all that it has started.
    pub fn memory(&self) -> Option<u64> {
        self.peer.memory()
    }

    /// Its last words.
    pub fn stderr(&mut self) -> Vec<String> {
        self.words.lines()
    }

    /// The conversation.
    pub fn evidence(&self) -> Vec<Excerpt> {
        self.transcript.as_ref().map(|transcript| transcript.last(60)).unwrap_or_default()
    }

    /// The case in a flight that has landed, to which an answer is overdue.
    fn late_case(&self, owed: &Owed) -> Option<Arc<Case>> {
        let landed = self.landed.iter().find(|(number, _)| *number == owed.place.0)?;
        landed.1.get(owed.place.1).cloned()
    }

    /// End it at once.
    pub fn kill(mut self) {
        self.peer.kill();
    }

    pub(super) async fn pause(&mut self, time: Duration, judge: &mut Judge) -> Result<(), Trouble> {
        let deadline = Instant::now() + time;
        while Instant::now() < deadline {
            match self.hear_until(deadline, judge).await {
                Err(Trouble::Hang(_)) => break,
                other => other?,
            }
        }
        sleep(Duration::ZERO).await;
        Ok(())
    }

    pub(super) fn note_received(&mut self, line: &[u8]) {
        if let Some(transcript) = &mut self.transcript {
            transcript.push(Direction::Received, self.started.elapsed(), line);
        }
    }

    pub(super) fn reply(&mut self, reply: &Value) {
        self.write(encode(reply));
    }
}
