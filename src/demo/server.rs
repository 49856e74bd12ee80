//! The server between its way in and its way out: what it remembers, and how a message finds its answer.

use std::{
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use serde_json::Value;
use tokio::sync::watch;

use super::{
    Options, Reply, Script,
    bugs::Bugs,
    calls::{Calls, locked},
    client::Client,
    failure::{Answer, Cause},
    faults::Faults,
    legacy::Session,
    level::Level,
    listen::{Change, Listens},
    offers::{prompts, resources},
    outbox::{Outbox, Outgoing},
    rpc, tools,
};
use crate::model::{Era, Revision};

/// So much can be added to each list.
const ADDITIONS: usize = 50;

/// A call that can be started.
pub type Start = Box<dyn FnOnce(Outbox) -> Pin<Box<dyn Future<Output = Answer> + Send>> + Send>;

/// What comes of a request.
pub enum Work {
    /// The answer is there.
    Said(Answer),
    /// The answer will be there, once it is known where the messages on the way to it go.
    Running(Start),
}

/// What was added while the server ran, and how often.
#[derive(Default)]
pub struct Additions {
    /// Tools.
    pub tools: AtomicUsize,
    /// Prompts.
    pub prompts: AtomicUsize,
    /// Resources.
    pub resources: AtomicUsize,
    /// What the counter says.
    pub counter: AtomicUsize,
}

/// One server: for one client, or for all that speak without a session.
pub struct Server {
    /// The way out for what belongs to no request.
    pub outbox: Outbox,
    /// Whether many clients share it: then the id of a request does not say whose it is.
    pub is_shared: bool,
    /// The revisions that it speaks.
    pub spoken: Vec<Revision>,
    /// The deviations.
    pub faults: Arc<Faults>,
    /// What waits for something odd.
    pub bugs: Bugs,
    /// The client, as somebody to ask.
    pub client: Client,
    /// Calls under way.
    pub calls: Calls,
    /// Streams of changes.
    pub listens: Listens,
    /// What was added.
    pub additions: Additions,
    session: Mutex<Option<Session>>,
    spoke_modern: AtomicBool,
    script: Option<Arc<dyn Script>>,
    exit: watch::Sender<Option<i32>>,
}

impl Server {
    /// A server that has heard nothing yet. It asks to end the process through `exit`.
    pub fn new(options: Options, faults: Arc<Faults>, outbox: Outbox, exit: watch::Sender<Option<i32>>) -> Self {
        Self {
            outbox,
            is_shared: false,
            spoken: options.revisions,
            faults,
            bugs: Bugs::new(&options.bugs),
            client: Client::default(),
            calls: Calls::default(),
            listens: Listens::default(),
            additions: Additions::default(),
            session: Mutex::new(None),
            spoke_modern: AtomicBool::new(false),
            script: options.script,
            exit,
        }
    }

    /// Looks at the session of the handshake, or changes it.
    pub fn session<T>(&self, look: impl FnOnce(&mut Option<Session>) -> T) -> T {
        look(&mut locked(&self.session))
    }

    /// The level from which on a client of the older kind is logged to.
    pub fn session_level(&self) -> Option<Level> {
        self.session(|session| session.as_ref().map(|session| session.level))
    }

    /// Whether the handshake is over, so that requests may go the other way.
    pub fn may_ask(&self) -> bool {
        self.session(|session| session.as_ref().is_some_and(|session| session.initialized))
    }

    /// Remembers that the client speaks the modern way.
    pub fn hears_modern(&self) {
        self.spoke_modern.store(true, Ordering::Relaxed);
    }

    /// Whether the client has spoken the modern way, and no other.
    pub fn is_modern_only(&self) -> bool {
        let handshake = self.spoken.iter().any(|revision| revision.era() == Era::Legacy);
        !handshake || (self.spoke_modern.load(Ordering::Relaxed) && self.session(|session| session.is_none()))
    }

    /// The revision of what does not say it itself: that of the handshake or, before one, the newest that begins
    /// with one, unless the client has shown that it needs none.
    pub fn revision(&self) -> Revision {
        let agreed = self.session(|session| session.as_ref().map(|session| session.revision));
        let newest =
            |wanted: &dyn Fn(Era) -> bool| self.spoken.iter().copied().filter(|revision| wanted(revision.era())).max();
        let modern = self.spoke_modern.load(Ordering::Relaxed);
        agreed
            .or_else(|| newest(&|era| era == Era::Legacy).filter(|_| !modern))
            .or_else(|| newest(&|_| true))
            .unwrap_or(Revision::NEWEST)
    }

    /// Ends the process.
    pub fn die(&self, code: i32) {
        self.exit.send_replace(Some(code));
    }

    /// Whether the process is about to end.
    pub fn is_dying(&self) -> bool {
        self.exit.borrow().is_some()
    }

    /// Answers `incoming`, or says what the script wants said instead.
    pub async fn answer(
        &self,
        outbox: &Outbox,
        incoming: &Arc<Value>,
        id: Option<&Value>,
        answer: &Answer,
        revision: Revision,
    ) {
        let message = rpc::answer(id, answer, revision);
        let cause = answer.as_ref().err().map(|failure| failure.cause);
        if !self.scripted(outbox, incoming, Some((&message, cause)), revision.era()).await {
            outbox.send(Outgoing { message, request: Some(incoming.clone()), cause, revision }).await;
        }
    }

    /// Lets the script speak instead of the server's own message. Whether it had anything to say, silence included.
    pub async fn scripted(
        &self,
        outbox: &Outbox,
        incoming: &Value,
        own: Option<(&Value, Option<Cause>)>,
        era: Era,
    ) -> bool {
        let Some(script) = &self.script else { return false };
        match script.reply(incoming, own.map(|(message, _)| message), era) {
            Reply::Own => return false,
            Reply::Lines(lines) => outbox.lines(&lines, own.and_then(|(_, cause)| cause)).await,
            Reply::Exit(code) => self.die(code),
        }
        true
    }

    /// Adds to a list, tells those who want to hear of it, and gives the name of what is new.
    pub async fn mutate(&self, what: &str, revision: Revision) -> Option<String> {
        let additions = &self.additions;
        let (list, change, name): (_, _, fn(usize) -> String) = match what {
            "prompt" => (&additions.prompts, Change::Prompts, prompts::extra),
            "resource" => (&additions.resources, Change::Resources, resources::extra),
            _ => (&additions.tools, Change::Tools, tools::extra),
        };
        let more = |count| (count < ADDITIONS).then_some(count + 1);
        let before = list.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).ok()?;
        additions.counter.fetch_add(1, Ordering::Relaxed);
        self.announce(&change, revision).await;
        self.announce(&Change::Updated(resources::COUNTER.to_owned()), revision).await;
        Some(name(before + 1))
    }

    async fn announce(&self, change: &Change, revision: Revision) {
        for (outbox, notification) in self.listens.tell(change) {
            outbox.tell(notification, revision.max(Revision::V2026_07_28)).await;
        }
        let wanting = self.session(|session| {
            let session = session.as_ref().filter(|session| session.initialized)?;
            let wanted = match change {
                Change::Updated(uri) => session.watches(uri),
                _ => true,
            };
            wanted.then_some(session.revision)
        });
        if let Some(revision) = wanting {
            self.outbox.notify(change.method(), &change.params(), revision).await;
        }
    }
}
