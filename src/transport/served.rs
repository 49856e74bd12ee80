//! A command that serves over HTTP: started like any other, waited for until it answers, its output kept for people.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::connection::{Chunk, Connection, Event, Exited, Way};
use super::failure::LaunchFailure;
use super::http::{Dialer, Remote, Url, knock};
use super::last_lines::{LastLines, Pending};
use super::listening::Listening;
use super::os::Group;
use super::peer::Peer;
use super::shutdown::{Ladder, Shutdown};
use super::stdio::{Launch, launch as start};

/// A server that we have started, and that answers. Dropping it kills it.
pub struct Served {
    peer: Peer,
    /// Held open: some servers end with their stdin.
    _stdin: Way,
    lines: Arc<Mutex<LastLines>>,
    /// Ends when the process has ended and all that it wrote is read.
    over: JoinHandle<()>,
}

/// Start a command and wait until it answers at its address. Nobody else may listen there before.
pub async fn serve(launch: &Launch, remote: &Remote, patience: Duration) -> Result<Served, LaunchFailure> {
    let dialer = Dialer::network(remote)?;
    if knock::is_taken(&remote.url).await {
        return Err(taken(remote));
    }
    let mut served = Served::start(launch)?;
    let mut refusal = "it takes no connections".to_owned();
    let answers = timeout(patience, knock::until_answered(remote, &dialer, &mut refusal));
    let answered = tokio::select! {
        biased;
        answered = answers => answered.is_ok(),
        _ = &mut served.over => return Err(ended(&served, remote)),
    };
    if answered { Ok(served) } else { Err(mute(&served, remote, &refusal)) }
}

impl Served {
    fn start(launch: &Launch) -> Result<Self, LaunchFailure> {
        let Connection { way, chunks, peer, .. } = start(launch)?;
        let lines = Arc::new(Mutex::new(LastLines::default()));
        let over = tokio::spawn(keep(chunks, lines.clone()));
        Ok(Self { peer, _stdin: way, lines, over })
    }

    /// Its process id.
    pub fn pid(&self) -> Option<u32> {
        self.peer.pid()
    }

    /// Whether it runs.
    pub fn is_alive(&self) -> bool {
        self.exited().is_none()
    }

    /// Whether it takes connections there. One that is dying does not, and cannot be seen to have died yet.
    pub async fn is_there(&self, url: &Url) -> bool {
        self.is_alive() && knock::is_taken(url).await
    }

    /// Tells how it ended, as soon as it has.
    pub fn end(&self) -> impl Future<Output = Option<Exited>> + use<> {
        let exit = self.peer.exit();
        async move { exit?.wait_for(Option::is_some).await.ok()?.clone() }
    }

    /// How it ended, if it has.
    pub fn exited(&self) -> Option<Exited> {
        self.peer.exited()
    }

    /// How many bytes of memory it holds, with all that it has started.
    pub fn memory(&self) -> Option<u64> {
        self.peer.memory()
    }

    /// The last lines of its stdout and its stderr.
    pub fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).all()
    }

    /// Tells where it listens and how it ended, for whoever knows its address only.
    pub fn listening(&self) -> Listening {
        let group = self.peer.group();
        let listening = Listening::told_by(move || group.as_ref().and_then(Group::sockets));
        match self.peer.exit() {
            Some(exit) => listening.until(move || exit.borrow().clone()),
            None => listening,
        }
    }

    /// The addresses on which it, or what it has started, waits for TCP connections. Nothing where the system does not
    /// tell.
    pub fn sockets(&self) -> Option<Vec<SocketAddr>> {
        self.peer.sockets()
    }

    /// End it politely, and what it has started with it. Its stdin is closed, but a server on HTTP need not care:
    /// SIGTERM follows at once.
    pub async fn shutdown(&mut self, ladder: &Ladder) -> Shutdown {
        self.peer.shutdown(&Ladder { eof: Duration::ZERO, ..ladder.clone() }).await
    }
}

/// Keep what a process writes until no more comes.
async fn keep(mut chunks: mpsc::Receiver<Event>, lines: Arc<Mutex<LastLines>>) {
    let (mut out, mut err) = (Pending::default(), Pending::default());
    while let Some(event) = chunks.recv().await {
        let mut lines = lines.lock().unwrap_or_else(PoisonError::into_inner);
        match event.chunk {
            Chunk::Stdout(bytes) => lines.push(&mut out, &bytes),
            Chunk::Stderr(bytes) => lines.push(&mut err, &bytes),
            Chunk::StdoutClosed => lines.end(&mut out),
            Chunk::StderrClosed => lines.end(&mut err),
            Chunk::Exited(_) | Chunk::Http { .. } => {}
        }
    }
}

fn taken(remote: &Remote) -> LaunchFailure {
    LaunchFailure::new(
        format!("something listens on {}:{} already", remote.url.host, remote.url.port),
        "end it, or write `{port}` for the port in the address and in the command to have a free one",
    )
}

fn ended(served: &Served, remote: &Remote) -> LaunchFailure {
    let how = served.exited().map_or_else(|| "ended".to_owned(), |exited| exited.to_string());
    let what = format!("the server {how} before it answered at {}", remote.url);
    LaunchFailure { said: served.lines(), ..LaunchFailure::new(what, ENDED) }
}

fn mute(served: &Served, remote: &Remote, refusal: &str) -> LaunchFailure {
    let sockets = served.sockets().unwrap_or_default();
    let is_elsewhere = !sockets.is_empty() && sockets.iter().all(|socket| socket.port() != remote.url.port);
    let shown: Vec<String> = sockets.iter().map(ToString::to_string).collect();
    let hint = if is_elsewhere { format!("it listens on {}", shown.join(", ")) } else { MUTE.to_owned() };
    let what = format!("the server did not answer at {} in time: {refusal}", remote.url);
    LaunchFailure { said: served.lines(), ..LaunchFailure::new(what, hint) }
}

const ENDED: &str = "run the command by hand: it may need arguments or environment variables";
const MUTE: &str = "does the command serve at this port? it may need longer: see `--startup-timeout`";
