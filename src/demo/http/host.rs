//! One process that serves many clients over HTTP.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::watch,
};

use super::{
    endpoint, id,
    inlet::Inlet,
    listeners::Listeners,
    outlet::Outlet,
    refusal::Refusal,
    reply::Reply,
    request::Request,
    session::{Session, Sessions},
    stream::{Stream, Writer},
};
use crate::{
    demo::{
        Options,
        faults::{Deviations, Faults},
        lines::Line,
        outbox::Outbox,
        server::Server,
    },
    model::{Era, Revision},
};

/// The server behind HTTP.
pub struct Host {
    /// How it is to behave.
    pub(super) options: Options,
    /// The deviations that only HTTP can show.
    pub(super) deviations: Deviations,
    /// Who shook hands.
    pub(super) sessions: Sessions,
    /// What serves all those who need no handshake; `None` when no such revision is spoken.
    pub(super) modern: Option<Arc<Server>>,
    reads: AtomicU64,
    exit: watch::Sender<Option<i32>>,
}

impl Host {
    /// A process that has heard nothing yet.
    pub fn new(options: Options) -> Arc<Self> {
        let exit = watch::Sender::new(None);
        let faults = Arc::new(Faults::new(&options.faults));
        let spoken: Vec<_> = of_era(&options, Era::Modern).filter(|_| !options.sse).collect();
        let modern = (!spoken.is_empty()).then(|| {
            let outbox = Outbox::to_listeners(Arc::default(), faults.clone());
            let options = Options { revisions: spoken, ..options.clone() };
            let mut server = Server::new(options, faults.clone(), outbox, exit.clone());
            server.is_shared = true;
            server.hears_modern();
            Arc::new(server)
        });
        let (sessions, reads) = (Sessions::default(), AtomicU64::new(0));
        let deviations = Deviations::new(&options);
        Arc::new(Self { options, deviations, sessions, modern, reads, exit })
    }

    /// Serves one connection until it ends.
    pub async fn serve(self: &Arc<Self>, stream: impl AsyncRead + AsyncWrite + Send + 'static) {
        let mut death = self.exit.subscribe();
        let (reader, writer) = tokio::io::split(stream);
        let (mut inlet, mut outlet) = (Inlet::new(reader), Outlet::new(writer));
        tokio::select! {
            biased;
            () = async { drop(death.wait_for(Option::is_some).await) } => {}
            () = self.converse(&mut inlet, &mut outlet) => outlet.close().await,
        }
    }

    /// Waits until the process is to end, and gives its exit code.
    pub async fn death(&self) -> i32 {
        let mut death = self.exit.subscribe();
        let code = death.wait_for(Option::is_some).await.map_or(None, |code| *code);
        code.unwrap_or(0)
    }

    async fn converse(
        self: &Arc<Self>,
        inlet: &mut Inlet<impl AsyncRead + Unpin>,
        outlet: &mut Outlet<impl AsyncWrite + Unpin>,
    ) {
        loop {
            let request = match hear(inlet, outlet).await {
                Ok(Some(request)) => request,
                Ok(None) => return,
                Err(refusal) => {
                    let last = Request { is_old: true, ..Request::default() };
                    let _ = outlet.reply(Reply::from(refusal), &last, inlet).await;
                    outlet.close().await;
                    return inlet.linger().await;
                }
            };
            let reply = tokio::select! {
                biased;
                reply = endpoint::answer(self, &request) => reply,
                () = inlet.closed() => return,
            };
            if !matches!(outlet.reply(reply, &request, inlet).await, Ok(true)) {
                return;
            }
        }
    }

    /// The body of a request as something that was read in one piece.
    pub(super) fn line(&self, request: &Request) -> Line {
        let read = self.reads.fetch_add(1, Ordering::Relaxed) + 1;
        Line { bytes: request.body.clone(), read, cut: false }
    }

    /// Whether a handshake can be made.
    pub(super) fn speaks_legacy(&self) -> bool {
        of_era(&self.options, Era::Legacy).next().is_some()
    }

    /// A session for a client that wants to shake hands; nobody finds it before it is added.
    pub(super) fn greet(&self) -> Arc<Session> {
        let faults = Arc::new(Faults::new(&self.options.faults));
        let listeners = Arc::new(Listeners::new(self.deviations.broadcasts()));
        let outbox = Outbox::to_listeners(listeners.clone(), faults.clone());
        Session::new(self.id(), self.legacy(outbox, faults), listeners)
    }

    /// The same for a client that hears everything on one stream.
    pub(super) fn greet_on(&self, stream: &Arc<Stream>) -> Arc<Session> {
        let faults = Arc::new(Faults::new(&self.options.faults));
        let outbox = Outbox::to_stream(Writer::new(stream.clone()), faults.clone());
        let session = Session::new(self.id(), self.legacy(outbox, faults), Arc::default());
        session.keep(stream);
        session
    }

    fn id(&self) -> String {
        self.deviations.id().unwrap_or_else(id::unguessable)
    }

    fn legacy(&self, outbox: Outbox, faults: Arc<Faults>) -> Arc<Server> {
        let revisions = of_era(&self.options, Era::Legacy).collect();
        let options = Options { revisions, ..self.options.clone() };
        Arc::new(Server::new(options, faults, outbox, self.exit.clone()))
    }
}

fn of_era(options: &Options, era: Era) -> impl Iterator<Item = Revision> {
    options.revisions.iter().copied().filter(move |revision| revision.era() == era)
}

/// The next request with its body.
async fn hear(
    inlet: &mut Inlet<impl AsyncRead + Unpin>,
    outlet: &mut Outlet<impl AsyncWrite + Unpin>,
) -> Result<Option<Request>, Refusal> {
    let Some(mut request) = inlet.head().await? else { return Ok(None) };
    let expects = request.headers.get("expect").is_some_and(|value| value.eq_ignore_ascii_case("100-continue"));
    if expects && outlet.bytes(b"HTTP/1.1 100 Continue\r\n\r\n").await.is_err() {
        return Ok(None);
    }
    let Some(body) = inlet.body(&request.headers).await? else { return Ok(None) };
    request.body = body;
    Ok(Some(request))
}
