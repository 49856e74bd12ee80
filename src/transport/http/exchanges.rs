//! The exchanges that go on at the same time: each is a task, and ends with exactly one word about how.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{Notify, mpsc, oneshot};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::timeout;

use super::carrier::Carrier;
use super::client::Job;
use super::teller::Teller;
use super::{How, Over, Request};
use crate::transport::connection::Event;

/// How long the exchanges may take to say that they were broken off.
const FAREWELL: Duration = Duration::from_secs(1);

/// A handle on all exchanges of a connection. Dropping it breaks them off.
pub(in crate::transport) struct Exchanges {
    stop: Arc<Notify>,
    task: JoinHandle<()>,
}

impl Exchanges {
    /// Carry out what is asked for, until it is stopped or nobody is left to ask.
    pub(super) fn begin(carrier: Carrier, jobs: mpsc::UnboundedReceiver<Job>, events: mpsc::Sender<Event>) -> Self {
        let stop = Arc::new(Notify::new());
        let work = Work { carrier: Arc::new(carrier), events, running: HashMap::new(), tasks: JoinSet::new() };
        Self { stop: stop.clone(), task: tokio::spawn(work.go_on(jobs, stop)) }
    }

    /// Hang up all of them, wait briefly until they have said so, and tell how long that took.
    pub async fn end(&mut self) -> Duration {
        let start = Instant::now();
        self.stop.notify_one();
        if !self.task.is_finished() && timeout(FAREWELL, &mut self.task).await.is_err() {
            self.abort();
        }
        start.elapsed()
    }

    /// End all of them at once, without a word.
    pub fn abort(&self) {
        self.task.abort();
    }
}

impl Drop for Exchanges {
    fn drop(&mut self) {
        self.abort();
    }
}

struct Work {
    carrier: Arc<Carrier>,
    events: mpsc::Sender<Event>,
    /// Dropping a sender breaks its exchange off.
    running: HashMap<u64, oneshot::Sender<()>>,
    tasks: JoinSet<u64>,
}

impl Work {
    async fn go_on(mut self, mut jobs: mpsc::UnboundedReceiver<Job>, stop: Arc<Notify>) {
        loop {
            tokio::select! {
                job = jobs.recv() => match job {
                    Some(Job::Start(exchange, request)) => self.start(exchange, request),
                    Some(Job::HangUp(exchange)) => drop(self.running.remove(&exchange)),
                    None => break,
                },
                Some(ended) = self.tasks.join_next() => drop(ended.map(|exchange| self.running.remove(&exchange))),
                () = stop.notified() => break,
            }
        }
        self.running.clear();
        self.carrier.forget();
        while self.tasks.join_next().await.is_some() {}
    }

    fn start(&mut self, exchange: u64, request: Request) {
        let (hold, released) = oneshot::channel();
        let teller = Teller::new(exchange, self.events.clone());
        self.running.insert(exchange, hold);
        self.tasks.spawn(run(self.carrier.clone(), request, teller, released));
    }
}

/// From the request to the last word about it. Breaking off drops the connection first.
async fn run(carrier: Arc<Carrier>, request: Request, teller: Teller, released: oneshot::Receiver<()>) -> u64 {
    let over = tokio::select! {
        biased;
        _ = released => Over::new(How::HungUp, "we closed the connection"),
        over = carrier.carry(&request, &teller) => over,
    };
    teller.over(over).await
}
